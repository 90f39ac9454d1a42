// What this step adds to the gradient of the unit's own rows of weights, cell by cell: dL/da times what the weight multiplied.
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import type { LSTMGradients, LSTMTrace } from "../../../core/lstm.ts";
import { useWidget } from "../../../host/widget.tsx";
import { HeatMap } from "../../../ui/HeatMap.tsx";
import { Rich } from "../../../ui/Rich.tsx";
import { useSize } from "../../../ui/hooks.ts";
import { roundUp } from "../../../ui/scale.ts";
import { Glyph } from "../Term.tsx";
import { rowOf } from "../numbers.ts";
import type { Store } from "../store.ts";
import { BLOCKS } from "../symbols.ts";
import { Derivative } from "./Equations.tsx";
import { Power, Small } from "./Small.tsx";
import { contributions, scaleOf, scaled } from "./numbers.ts";

const STATES = ["var(--div-neg)", "var(--div-mid)", "var(--div-pos)"], ORDER = [0], ROW = 24;
const PARTS = [["input", "W", "x"], ["hidden", "U", "h_before"]] as const;

export function Contributions({ store, trace, gradients, da }: { store: Store; trace: LSTMTrace; gradients: LSTMGradients; da: Float64Array }): JSX.Element {
  const { t, num, theme } = useWidget(), { ref, width } = useSize<HTMLDivElement>(500), { I, H } = trace, step = store.step.value, unit = store.unit.value, lit = store.quantity.value;
  const rows = useMemo(() => contributions(trace, da, step, unit), [trace, da, step, unit]);
  const most = Math.max(...BLOCKS.flatMap((b) => [...rows[b].input, ...rows[b].hidden].map(Math.abs)));
  const limit = most > 0 ? roundUp(most) : 1, scale = scaleOf([limit]);
  const bias = BLOCKS.map((b) => da[rowOf(b, unit, H)]), totals = BLOCKS.map((b) => gradients.weights.bias_ih[rowOf(b, unit, H)]);
  const narrow = width < 520, side = 30, numbers = narrow ? 84 : 116, gap = 8, plot = Math.max(80, width - side - (narrow ? 1 : 2) * numbers - 4 * gap);
  const widths = { input: plot * I / (I + H), hidden: plot * H / (I + H) }, template = `${side}px ${widths.input}px ${widths.hidden}px ${numbers}px${narrow ? "" : ` ${numbers}px`}`;
  return (
    <div ref={ref} class="contributions">
      <p class="part-head"><Rich text={t("step-through.back.weights", { unit })} /></p>
      <div class="weights" role="group" aria-label={t("step-through.back.weights_label", { unit })}>
        <div class="w-row vector" style={{ gridTemplateColumns: template }}>
          <span />{PARTS.map(([part, matrix, from]) => <span key={part} class="w-label"><i class="sym">d{matrix}</i> = <i class="sym">da</i> <Glyph name={from} /></span>)}
          <span class="w-label end"><i class="sym">db</i> = <i class="sym">da</i></span>{!narrow && <span class="w-label end sum-head">{t("step-through.back.all_steps", { count: trace.T })}</span>}
        </div>
        {BLOCKS.map((b, k) => (
          <div key={b} class={`w-row${lit === `a_${b}` ? " lit" : ""}`} style={{ gridTemplateColumns: template }} data-name={`a_${b}`}>
            <span class="w-name"><i class={`sym q-${b}`}>{b}</i></span>
            {PARTS.map(([part, matrix]) => (
              <span key={part} class={`block${lit === `${matrix}_${b}` ? " lit" : ""}`} data-name={`${matrix}_${b}`}>
                <HeatMap values={rows[b][part]} T={rows[b][part].length} H={1} order={ORDER} gate={false} limit={limit} stops={STATES} width={widths[part]} height={ROW} palette={theme.value} label="" />
              </span>
            ))}
            <span class={`w-sum${lit === `b_${b}` ? " lit" : ""}`} data-name={`b_${b}`}><span class="vh"><Derivative name={`a_${b}`} /> = </span><Small value={bias[k]} /></span>
            {!narrow && <span class="w-sum of-all"><Small value={totals[k]} /></span>}
          </div>
        ))}
      </div>
      <p class="readout"><Rich text={t("step-through.back.scale")} /> ±{num(scaled(limit, scale), { digits: scale.power ? 1 : 2 })} <Power scale={scale} />.</p>
    </div>
  );
}
