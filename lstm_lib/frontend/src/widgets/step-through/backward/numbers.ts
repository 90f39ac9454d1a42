// The numbers of one step back for one unit, under the names of lstm_lib/equations.py, and how derivatives are printed: they
// may be very small, and sums must add up on the page.
import type { LSTMGradients, LSTMTrace, LSTMWeights } from "../../../core/lstm.ts";
import { roundedParts } from "../../../network/terms.ts";
import { rowOf } from "../numbers.ts";
import { BLOCKS, type Block } from "../symbols.ts";

export const PATHS = {
  cell: ["cell", "direct", "input", "forget", "candidate", "output"], hidden: ["direct", "input", "forget", "candidate", "output"],
} as const;

export interface BackNumbers {
  i: number; f: number; g: number; o: number; before: number; squashed: number;
  /** dL/dh_t: what the loss says itself, and what step t + 1 sends back. */
  dh: number; direct: number; fromNext: number;
  /** dL/dc_t: along the cell, and through h_t. */
  dc: number; highway: number; throughHidden: number;
  /** By how much a quantity answers to the sum or the cell inside it: o (1 − tanh² c), σ′, tanh′. */
  slope: { cell: number; i: number; f: number; g: number; o: number };
  da: Record<Block, number>;
  /** dL/dc_(t−1) along the cell. */
  dcBefore: number;
  /** What this step sends to h_(t−1) of the unit, through each block's weights. */
  dhBefore: Record<Block, number>; dhBeforeTotal: number;
}

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
  const { H } = trace, at = step * H + unit, i = trace.input_gate[at], f = trace.forget_gate[at], g = trace.candidate[at], o = trace.output_gate[at];
  const squashed = Math.tanh(trace.cell[at]), slopeOfCell = o * (1 - squashed * squashed), dh = gradients.hidden[at], dc = gradients.cell[at];
  const direct = gradients.paths.hidden.direct[at], of = (value: (block: Block, k: number) => number) =>
    Object.fromEntries(BLOCKS.map((block, k) => [block, value(block, k)])) as Record<Block, number>;
  const dhBefore = of((_, k) => {
    let sum = 0;
    for (let r = 0; r < H; r++) sum += w.weight_hh[(k * H + r) * H + unit] * da[k * H + r];
    return sum;
  });
  return {
    i, f, g, o, before: step ? trace.cell[at - H] : trace.c0[unit], squashed, dh, direct, fromNext: dh - direct,
    dc, highway: gradients.paths.cell.cell[at], throughHidden: dh * slopeOfCell,
    slope: { cell: slopeOfCell, i: i * (1 - i), f: f * (1 - f), g: 1 - g * g, o: o * (1 - o) },
    da: of((block) => da[rowOf(block, unit, H)]), dcBefore: dc * f, dhBefore, dhBeforeTotal: BLOCKS.reduce((sum, block) => sum + dhBefore[block], 0),
  };
}

/** What each weight's row of the unit gets from this step: da times what it multiplied. */
export function contributions(trace: LSTMTrace, da: Float64Array, step: number, unit: number): Record<Block, { input: Float64Array; hidden: Float64Array }> {
  const { I, H } = trace, x = trace.inputs.subarray(step * I, (step + 1) * I), h = step ? trace.hidden.subarray((step - 1) * H, step * H) : trace.h0;
  return Object.fromEntries(BLOCKS.map((block) => {
    const a = da[rowOf(block, unit, H)];
    return [block, { input: x.map((value) => a * value), hidden: h.map((value) => a * value) }];
  })) as Record<Block, { input: Float64Array; hidden: Float64Array }>;
}

/** How the numbers of one sum are printed: all times 10^−power, with so many decimals. */
export interface Scale { power: number; digits: number }

/** Plain decimals down to a hundredth; below, a power of ten that the whole sum shares. */
export function scaleOf(values: readonly number[]): Scale {
  const size = Math.max(0, ...values.map(Math.abs));
  return size >= 0.01 || size === 0 ? { power: 0, digits: 4 } : { power: Math.floor(Math.log10(size)), digits: 3 };
}

export const scaled = (value: number, { power }: Scale) => value / 10 ** power;

/** The parts of a sum, scaled and rounded so that they add up to the printed total. */
export const printedShares = (parts: readonly number[], total: number, scale: Scale): number[] => {
  const largest = parts.reduce((best, part, k) => (Math.abs(part) > Math.abs(parts[best]) ? k : best), 0);
  const order = [...parts.keys()].filter((k) => k !== largest).concat(largest); // rounding is taken up by the largest part
  const printed = roundedParts(order.map((k) => scaled(parts[k], scale)), scaled(total, scale), scale.digits), out = [...parts];
  order.forEach((k, n) => { out[k] = printed[n]; });
  return out;
};
