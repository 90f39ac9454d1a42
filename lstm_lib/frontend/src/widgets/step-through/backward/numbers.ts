// The numbers of one step back for one unit, under the names of lstm_lib/equations.py, and how derivatives are printed: they
// may be very small, and sums must add up on the page.
import type { LSTMGradients, LSTMTrace, LSTMWeights } from "../../../core/lstm.ts";
import { rowOf } from "../numbers.ts";
import { BLOCKS, blockOf, type Block, type Name } from "../symbols.ts";

/** The paths on which a derivative arrives, in the order in which they are shown. */
export const PATHS = {
  cell: ["cell", "direct", "input", "forget", "candidate", "output"], hidden: ["direct", "input", "forget", "candidate", "output"],
} as const;
export type Path = (typeof PATHS)["cell"][number];
const OF_BLOCK = { i: "input", f: "forget", g: "candidate", o: "output" } as const;

export interface BackNumbers {
  i: number; f: number; g: number; o: number; before: number; squashed: number;
  /** dL/dh_t: what the loss says itself, and what each block of step t + 1 sends back. */
  dh: number; direct: number; fromNext: Record<Block, number>;
  /** dL/dc_t: along the cell, and through h_t. */
  dc: number; highway: number; throughHidden: number;
  /** f and dL/dc of step t + 1; null at the last step. */
  later: { f: number; dc: number } | null;
  /** σ′ and tanh′ of the sums, by the value that came out. */
  slope: Record<Block, number>;
  da: Record<Block, number>;
  /** What goes on to c_(t−1) along the cell. */
  dcBefore: number;
  /** What goes on to h_(t−1) of the unit, through each block's weights. */
  dhBefore: Record<Block, number>; dhBeforeTotal: number;
}

const each = (value: (block: Block, k: number) => number) => Object.fromEntries(BLOCKS.map((block, k) => [block, value(block, k)])) as Record<Block, number>;

/** dL/da of every unit at one step, (4H) in the order of the weights. */
export function preactivationGradients(trace: LSTMTrace, gradients: LSTMGradients, step: number): Float64Array {
  const { H } = trace, da = new Float64Array(4 * H);
  for (let u = 0; u < H; u++) {
    const at = step * H + u, i = trace.input_gate[at], f = trace.forget_gate[at], g = trace.candidate[at], o = trace.output_gate[at];
    const before = step ? trace.cell[at - H] : trace.c0[u], dh = gradients.hidden[at], dc = gradients.cell[at];
    da[u] = dc * g * i * (1 - i);
    da[H + u] = dc * before * f * (1 - f);
    da[2 * H + u] = dc * i * (1 - g * g);
    da[3 * H + u] = dh * Math.tanh(trace.cell[at]) * o * (1 - o);
  }
  return da;
}

export function backNumbers(trace: LSTMTrace, w: LSTMWeights, gradients: LSTMGradients, da: Float64Array, step: number, unit: number): BackNumbers {
  const { H, T } = trace, at = step * H + unit, i = trace.input_gate[at], f = trace.forget_gate[at], g = trace.candidate[at], o = trace.output_gate[at];
  const squashed = Math.tanh(trace.cell[at]), dh = gradients.hidden[at], dc = gradients.cell[at];
  const dhBefore = each((_, k) => {
    let sum = 0;
    for (let r = 0; r < H; r++) sum += w.weight_hh[(k * H + r) * H + unit] * da[k * H + r];
    return sum;
  });
  return {
    i, f, g, o, before: step ? trace.cell[at - H] : trace.c0[unit], squashed, dh, direct: gradients.paths.hidden.direct[at],
    fromNext: each((block) => gradients.paths.hidden[OF_BLOCK[block]][at]),
    dc, highway: gradients.paths.cell.cell[at], throughHidden: dh * o * (1 - squashed * squashed),
    later: step < T - 1 ? { f: trace.forget_gate[at + H], dc: gradients.cell[at + H] } : null,
    slope: { i: i * (1 - i), f: f * (1 - f), g: 1 - g * g, o: o * (1 - o) },
    da: each((block) => da[rowOf(block, unit, H)]), dcBefore: dc * f, dhBefore, dhBeforeTotal: BLOCKS.reduce((sum, block) => sum + dhBefore[block], 0),
  };
}

/** The total derivative of the loss by a symbol for this unit, or what goes on to the step before; null where there are many numbers. */
export function derivativeOf(name: Name, n: BackNumbers): number | null {
  const block = blockOf(name);
  if (/^[ab]_/.test(name)) return n.da[block!];
  switch (name) {
    case "hidden": return n.dh;
    case "cell": case "kept": case "written": return n.dc;
    case "squashed": return n.dh * n.o;
    case "output_gate": return n.dh * n.squashed;
    case "forget_gate": return n.dc * n.before;
    case "input_gate": return n.dc * n.g;
    case "candidate": return n.dc * n.i;
    case "c_before": return n.dcBefore;
    case "h_before": return n.dhBeforeTotal;
    default: return null;
  }
}

/** A row of the gradient of W_k and U_k, and the number of b_k. */
export interface Row { input: Float64Array; hidden: Float64Array; bias: number }

/** What the rows of a unit get from one step: dL/da times what the weights multiplied. */
export function contributions(trace: LSTMTrace, da: Float64Array, step: number, unit: number): Record<Block, Row> {
  const { I, H } = trace, x = trace.inputs.subarray(step * I, (step + 1) * I), h = step ? trace.hidden.subarray((step - 1) * H, step * H) : trace.h0;
  return Object.fromEntries(BLOCKS.map((block) => {
    const a = da[rowOf(block, unit, H)];
    return [block, { input: x.map((value) => a * value), hidden: h.map((value) => a * value), bias: a }];
  })) as Record<Block, Row>;
}

/** The greatest size of a number in the rows. */
export const largestOf = (rows: readonly Row[]) => rows.reduce((top, { input, hidden }) => {
  for (const values of [input, hidden]) for (const value of values) top = Math.max(top, Math.abs(value));
  return top;
}, 0);

/** For every step t what steps t … T have added to the rows of a unit; at 0 it is the whole gradient. */
export function runningSums(trace: LSTMTrace, gradients: LSTMGradients, unit: number): Record<Block, Row>[] {
  const { T } = trace, after: Record<Block, Row>[] = Array.from({ length: T }), add = (a: Float64Array, b: Float64Array) => a.map((value, k) => value + b[k]);
  for (let t = T - 1; t >= 0; t--) {
    const now = contributions(trace, preactivationGradients(trace, gradients, t), t, unit), later = after[t + 1];
    after[t] = !later ? now : Object.fromEntries(BLOCKS.map((block) => {
      const a = now[block], b = later[block];
      return [block, { input: add(a.input, b.input), hidden: add(a.hidden, b.hidden), bias: a.bias + b.bias }];
    })) as Record<Block, Row>;
  }
  return after;
}

/** dL/dc_T of a unit times the forget gates that lie between: what would arrive at each step along the cell alone. */
export function alongTheCell(trace: LSTMTrace, gradients: LSTMGradients, unit: number): Float64Array {
  const { T, H } = trace, out = new Float64Array(T);
  for (let t = T - 1; t >= 0; t--) out[t] = t === T - 1 ? gradients.cell[t * H + unit] : out[t + 1] * trace.forget_gate[(t + 1) * H + unit];
  return out;
}

/** How the numbers of one sum are printed: all times 10^−power, with so many decimals. */
export interface Scale { power: number; digits: number }

/** Plain decimals down to a hundredth; below, a power of ten that the whole sum shares. */
export function scaleOf(values: readonly number[]): Scale {
  const size = Math.max(0, ...values.map(Math.abs));
  return size >= 0.01 || size === 0 ? { power: 0, digits: 4 } : { power: Math.floor(Math.log10(size)), digits: 3 };
}

export const scaled = (value: number, { power }: Scale) => value / 10 ** power;

/** The parts of a sum, scaled and rounded so that they add up to the printed total: what rounding leaves over goes, one last digit
 * each, to the parts that it leaves nearest to what they are. Exact zeros stay zero. */
export function printedShares(parts: readonly number[], total: number, scale: Scale): number[] {
  const unit = 10 ** scale.digits, exact = parts.map((part) => scaled(part, scale) * unit), whole = exact.map(Math.round);
  let left = Math.round(scaled(total, scale) * unit) - whole.reduce((a, b) => a + b, 0);
  for (const by = Math.sign(left); left; left -= by) {
    const gap = (k: number) => (parts[k] === 0 ? Infinity : Math.abs(whole[k] + by - exact[k]));
    whole[[...parts.keys()].reduce((best, k) => (gap(k) < gap(best) ? k : best))] += by;
  }
  return whole.map((part) => part / unit);
}

const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** A derivative as plain text, for sentences: with the power of ten that it needs. */
export function smallText(value: number, num: (value: number, options: { digits: number; sign: boolean }) => string): string {
  if (value === 0) return "0";
  const scale = scaleOf([value]), text = num(scaled(value, scale), { digits: scale.digits, sign: true });
  return scale.power ? `${text}\u00a0×\u00a010${String(scale.power).replace("-", "⁻").replace(/\d/g, (digit) => RAISED[Number(digit)])}` : text;
}
