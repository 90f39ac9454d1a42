// What this step adds to the gradient of the unit's own rows of weights, cell by cell: dL/da times what the weight multiplied; and, for
// one row, what the steps so far have added and what it comes to over the whole sequence. This step's rows share one scale; the sums
// have theirs, which stays as it is while the error moves.
import type { JSX } from "preact";
import { useMemo, useRef } from "preact/hooks";
import type { LSTMGradients, LSTMTrace } from "../../../core/lstm.ts";
import { useWidget } from "../../../host/widget.tsx";
import { HeatMap } from "../../../ui/HeatMap.tsx";
import { Rich } from "../../../ui/Rich.tsx";
import { useSize } from "../../../ui/hooks.ts";
import { useRoving } from "../../../ui/roving.ts";
import { roundUp } from "../../../ui/scale.ts";
import { Glyph } from "../Term.tsx";
import { rowOf } from "../numbers.ts";
import type { Store } from "../store.ts";
import { BLOCKS, OF_LETTER, nearestBlock, spelt, type Name } from "../symbols.ts";
import { Derivative } from "./Derivative.tsx";
import { Small } from "./Small.tsx";
import { contributions, largestOf, runningSums, smallText, type Row } from "./numbers.ts";

const STATES = ["var(--div-neg)", "var(--div-mid)", "var(--div-pos)"], ORDER = [0], ROW = 24;
const PARTS = [["input", "W", "x"], ["hidden", "U", "h_before"]] as const;

export function Contributions({ store, trace, gradients, da }: { store: Store; trace: LSTMTrace; gradients: LSTMGradients; da: Float64Array }): JSX.Element {
  const { t, num, theme } = useWidget(), { ref, width } = useSize<HTMLDivElement>(500), group = useRef<HTMLDivElement>(null), { I, H, T } = trace;
  const step = store.step.value, unit = store.unit.value, lit = store.quantity.value, chosen = store.state.quantity.value;
  const keys = useRoving(group, "button[data-name]", (one) => one.getAttribute("data-name") === chosen);
  const rows = useMemo(() => contributions(trace, da, step, unit), [trace, da, step, unit]);
  const sums = useMemo(() => runningSums(trace, gradients, unit), [trace, gradients, unit]);
  const block = nearestBlock(lit, chosen), limits = { here: roundUp(largestOf(Object.values(rows))), sums: useMemo(() => roundUp(largestOf(sums.map((one) => one[block]))), [sums, block]) };
  const side = 60, numbers = 96, gap = 8, plot = Math.max(80, width - side - numbers - 3 * gap);
  const widths = { input: plot * I / (I + H), hidden: plot * H / (I + H) }, template = `${side}px ${widths.input}px ${widths.hidden}px ${numbers}px`;
  const heat = (row: Row, part: "input" | "hidden", limit: number) => (
    <HeatMap values={row[part]} T={row[part].length} H={1} order={ORDER} gate={false} limit={limit} stops={STATES} width={widths[part]} height={ROW} palette={theme.value} label="" />
  );
  const limitText = (limit: number) => smallText(limit, (value) => num(value, { digits: value >= 1 ? (value % 1 ? 1 : 0) : value >= 0.1 ? 2 : 3 }));
  const said = (name: Name) => <span class="vh">{t("step-through-back.derivative", { name: `${t(`step-through.name.${name}`)} ${spelt(name)}` })} </span>;
  const whole = (key: string, label: string, row: Row) => (
    <div class="w-row whole" key={key} data-sum={key} style={{ gridTemplateColumns: template }}>
      <span class="w-steps num">{label}</span>
      {PARTS.map(([part]) => <span key={part} class="block still">{heat(row, part, limits.sums)}</span>)}
      <span class="w-sum num"><Small value={row.bias} /></span>
    </div>
  );
  return (
    <div ref={ref} class="contributions">
      <p class="part-head">{t("step-through-back.weights", { unit })}</p>
      <div ref={group} class="weights" role="group" aria-label={t("step-through-back.weights", { unit })} onKeyDown={keys}>
        <div class="w-row vector" style={{ gridTemplateColumns: template }}>
          <span />{PARTS.map(([part, , from]) => <span key={part} class="w-label"><Derivative name={`a_${block}`} /> <Glyph name={from} /><sup class="top">⊤</sup></span>)}
          <span class="w-label end"><Derivative name={`a_${block}`} /></span>
        </div>
        {BLOCKS.map((b) => (
          <div key={b} class={`w-row${lit === `a_${b}` || lit === OF_LETTER[b] ? " lit" : ""}${b === block ? " open" : ""}`} style={{ gridTemplateColumns: template }} data-name={`a_${b}`}>
            <span class="w-name"><i class={`sym q-${b}`}>{b}</i><span class="num">{rowOf(b, unit, H)}</span></span>
            {PARTS.map(([part, matrix]) => {
              const name = `${matrix}_${b}` as Name;
              return <button type="button" key={part} class={`block${lit === name ? " lit" : ""}`} data-name={name} aria-pressed={chosen === name}>{said(name)}{heat(rows[b], part, limits.here)}</button>;
            })}
            <button type="button" class={`block w-sum num${lit === `b_${b}` ? " lit" : ""}`} data-name={`b_${b}`} aria-pressed={chosen === `b_${b}`}>{said(`b_${b}`)}<Small value={rows[b].bias} /></button>
          </div>
        ))}
        <p class="w-note"><Rich text={t("step-through-back.running", { block: `{${block}}`, last: T })} /></p>
        {whole("so-far", step < T - 1 ? `${step + 1}…${T}` : String(T), sums[step][block])}
        {whole("all", `1…${T}`, sums[0][block])}
      </div>
      <p class="readout">{t("step-through-back.scale", { here: limitText(limits.here), sums: limitText(limits.sums) })}</p>
    </div>
  );
}
