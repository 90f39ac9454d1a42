// The unit's own row of each of the four blocks of weights, cell by cell, under the numbers that they multiply.
import type { JSX } from "preact";
import { useMemo, useRef, useState } from "preact/hooks";
import type { LSTMTrace, LSTMWeights } from "../../core/lstm.ts";
import { useWidget } from "../../host/widget.tsx";
import { HeatMap } from "../../ui/HeatMap.tsx";
import { Rich } from "../../ui/Rich.tsx";
import { useSize } from "../../ui/hooks.ts";
import { useRoving } from "../../ui/roving.ts";
import { roundUp } from "../../ui/scale.ts";
import { Glyph } from "./Term.tsx";
import { DIGITS, printedParts, rowOf, type Numbers } from "./numbers.ts";
import type { Store } from "./store.ts";
import { BLOCKS, OF_LETTER, nearestBlock, spelt, type Block, type Name } from "./symbols.ts";

const STATES = ["var(--div-neg)", "var(--div-mid)", "var(--div-pos)"];
const ROW = 28, VECTOR = 20, ORDER = [0], SIGNED = { digits: DIGITS, sign: true };

const largest = (...lists: ArrayLike<number>[]) => {
  let top = 0;
  for (const list of lists) for (let k = 0; k < list.length; k++) top = Math.max(top, Math.abs(list[k]));
  return top;
};

interface Rows { input: Record<Block, Float64Array>; hidden: Record<Block, Float64Array>; bias: Record<Block, number>; limit: number }

function rowsOfUnit(w: LSTMWeights, unit: number): Rows {
  const { input_size: I, hidden_size: H } = w, cut = (matrix: Float64Array, n: number) => Object.fromEntries(BLOCKS.map((b) => {
    const row = rowOf(b, unit, H);
    return [b, matrix.slice(row * n, (row + 1) * n)];
  })) as Record<Block, Float64Array>;
  const input = cut(w.weight_ih, I), hidden = cut(w.weight_hh, H);
  const bias = Object.fromEntries(BLOCKS.map((b) => { const row = rowOf(b, unit, H); return [b, w.bias_ih[row] + w.bias_hh[row]]; })) as Record<Block, number>;
  return { input, hidden, bias, limit: roundUp(largest(...Object.values(input), ...Object.values(hidden))) };
}

type Part = "input" | "hidden";
interface Spot { block: Block | null; part: Part; index: number }

export function Weights({ store, trace, weights, numbers }: { store: Store; trace: LSTMTrace; weights: LSTMWeights; numbers: Numbers }): JSX.Element {
  const { t, num, theme } = useWidget(), { ref, width } = useSize<HTMLDivElement>(500), group = useRef<HTMLDivElement>(null);
  const [spot, setSpot] = useState<Spot | null>(null);
  const keys = useRoving(group, "button[data-name]", (one) => one.getAttribute("data-name") === store.state.quantity.peek());
  const { I, H } = trace, step = store.step.value, unit = store.unit.value, active = store.quantity.value;
  const rows = useMemo(() => rowsOfUnit(weights, unit), [weights, unit]);
  const x = useMemo(() => trace.inputs.slice(step * I, (step + 1) * I), [trace, step]);
  const h = useMemo(() => (step ? trace.hidden.slice((step - 1) * H, step * H) : trace.h0), [trace, step]);
  const vectors = { input: x, hidden: h }, inputLimit = useMemo(() => roundUp(largest(trace.inputs)), [trace]);
  // The block that is opened into its products: that of the lit symbol or the one next to it.
  const block = nearestBlock(active, store.state.quantity.value), printed = printedParts(numbers.parts[block]);
  const products = useMemo(() => {
    const times = (a: Float64Array, b: Float64Array) => a.map((value, k) => value * b[k]);
    return { input: times(rows.input[block], x), hidden: times(rows.hidden[block], h) };
  }, [rows, block, x, h]);
  const productLimit = roundUp(largest(products.input, products.hidden));

  const side = 48, sums = width < 320 ? 52 : 60, bias = 54, gap = 8, plot = Math.max(80, width - side - bias - sums - 4 * gap);
  const widths = { input: Math.max(24, plot * I / (I + H)), hidden: Math.min(plot - 24, plot * H / (I + H)) };
  const template = `${side}px ${widths.input}px ${widths.hidden}px ${bias}px ${sums}px`;
  const parts = ["input", "hidden"] as const;
  const heat = (values: Float64Array, part: Part, height: number, limit: number) => (
    <HeatMap values={values} T={values.length} H={1} order={ORDER} gate={false} limit={limit} stops={STATES} width={widths[part]} height={height} palette={theme.value} label="" />
  );
  const follow = (of: Block | null, part: Part) => (event: PointerEvent) => {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect(), n = vectors[part].length;
    const index = Math.min(n - 1, Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * n)));
    if (spot?.block !== of || spot.part !== part || spot.index !== index) setSpot({ block: of, part, index });
  };
  const label = (name: Name) => `${t(`step-through.name.${name}`)} ${spelt(name)}`;
  const press = (name: Name, content: JSX.Element, of: Block | null, part: Part, lit: boolean) => (
    <button type="button" key={name + part} class={`block${lit ? " lit" : ""}`} data-name={name} aria-pressed={store.state.quantity.value === name}
      onPointerMove={follow(of, part)} onPointerLeave={() => setSpot(null)}><span class="vh">{label(name)} </span>{content}</button>
  );
  const matrix = { input: "W", hidden: "U" } as const;
  return (
    <div class="weights-box" ref={ref}>
      <p class="part-head">{t("step-through.rows", { unit })}</p>
      <div ref={group} class="weights" role="group" aria-label={t("step-through.rows", { unit })} onKeyDown={keys}>
        <div class="w-row vector" style={{ gridTemplateColumns: template }}>
          <span class="w-name" />
          {press("x", <><span class="w-label"><Glyph name="x" /></span>{heat(x, "input", VECTOR, inputLimit)}</>, null, "input", active === "x")}
          {press("h_before", <><span class="w-label"><Glyph name="h_before" /></span>{heat(h, "hidden", VECTOR, 1)}</>, null, "hidden", active === "h_before")}
          <span class="w-label">1</span><span class="w-label end"><i class="sym">a</i></span>
        </div>
        {BLOCKS.map((b) => {
          const whole = active === `a_${b}` || active === OF_LETTER[b], open = b === block;
          return (
            <div key={b} class={`w-row${whole ? " lit" : ""}${open ? " open" : ""}`} style={{ gridTemplateColumns: template }} data-name={`a_${b}`}>
              <span class="w-name"><i class={`sym q-${b}`}>{b}</i><span class="num">{rowOf(b, unit, H)}</span></span>
              {parts.map((part) => press(`${matrix[part]}_${b}` as Name, heat(rows[part][b], part, ROW, rows.limit), b, part, active === `${matrix[part]}_${b}`))}
              <button type="button" class={`block w-bias num${active === `b_${b}` ? " lit" : ""}`} data-name={`b_${b}`} aria-pressed={store.state.quantity.value === `b_${b}`}>
                <span class="vh">{label(`b_${b}`)} = </span>{num(rows.bias[b], SIGNED)}</button>
              <span class="w-sum num">{num(numbers.parts[b].total, SIGNED)}</span>
            </div>
          );
        })}
        <p class="w-note"><Rich text={t("step-through.products", { block: `{${block}}` })} /></p>
        <div class="w-row products" style={{ gridTemplateColumns: template }}>
          <span class="w-name"><i class={`sym q-${block}`}>{block}</i></span>
          {parts.map((part) => <span key={part} class="block still">{heat(products[part], part, VECTOR, productLimit)}<span class="w-total num">{num(printed[part], SIGNED)}</span></span>)}
          <span class="w-bias num">{num(printed.bias, SIGNED)}</span>
          <span class="w-sum num">{num(printed.total, SIGNED)}</span>
        </div>
      </div>
      <p class="readout"><Rich text={spot ? readout(spot) : t("step-through.scale", {
        weights: num(rows.limit, { digits: digitsOf(rows.limit) }), inputs: num(inputLimit, { digits: digitsOf(inputLimit) }), products: num(productLimit, { digits: digitsOf(productLimit) }), block })} /></p>
    </div>
  );

  function readout({ block: of, part, index }: Spot): string {
    const value = vectors[part][index], from = part === "input" ? `$x_{${index}}$` : `$h_{${index}}$`, signed = (v: number) => num(v, SIGNED);
    if (!of) return `${from} = **${signed(value)}**`;
    const weight = rows[part][of][index];
    return t("step-through.product", { matrix: `$${matrix[part]}_${of}$`, unit, index, from, weight: signed(weight), value: signed(value), product: signed(weight * value) });
  }
}

const digitsOf = (limit: number) => (limit >= 1 ? (limit % 1 ? 1 : 0) : 2);
