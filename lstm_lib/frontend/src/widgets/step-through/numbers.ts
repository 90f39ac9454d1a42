// The numbers of one step and one unit, under the names of the symbols.
import type { LSTMTrace, LSTMWeights } from "../../core/lstm.ts";
import { updateAt } from "../../network/verdicts.ts";
import { roundedParts } from "../../network/terms.ts";
import { BLOCKS, blockOf, type Block, type Name } from "./symbols.ts";

/** The three parts of a sum a = W x + U h + b, and the sum. */
export interface Parts { input: number; hidden: number; bias: number; total: number }
export interface Numbers { parts: Record<Block, Parts>; value: (name: Name) => number | null }

const dot = (matrix: Float64Array, at: number, vector: Float64Array, from: number, n: number) => {
  let sum = 0;
  for (let k = 0; k < n; k++) sum += matrix[at + k] * vector[from + k];
  return sum;
};

/** Decimals of the equations: a gate that is nearly open is not called open. */
export const DIGITS = 3;

/** First row of a block among the 4H rows of torch's weights. */
export const rowOf = (block: Block, unit: number, H: number) => BLOCKS.indexOf(block) * H + unit;

export function numbersAt(trace: LSTMTrace, w: LSTMWeights, step: number, unit: number): Numbers {
  const { I, H } = trace, h = step ? trace.hidden : trace.h0, from = step ? (step - 1) * H : 0, u = updateAt(trace, step, unit);
  const parts = Object.fromEntries(BLOCKS.map((block): [Block, Parts] => {
    const row = rowOf(block, unit, H), input = dot(w.weight_ih, row * I, trace.inputs, step * I, I), hidden = dot(w.weight_hh, row * H, h, from, H);
    const bias = w.bias_ih[row] + w.bias_hh[row];
    return [block, { input, hidden, bias, total: input + hidden + bias }];
  })) as Record<Block, Parts>;
  const states: Partial<Record<Name, number>> = {
    c_before: u.before, input_gate: u.input, forget_gate: u.forget, candidate: u.candidate, output_gate: u.output, kept: u.kept,
    written: u.written, cell: u.after, squashed: u.squashed, hidden: u.hidden, h_before: h[from + unit],
  };
  return {
    parts,
    value: (name) => {
      const block = blockOf(name);
      if (name.startsWith("a_")) return parts[block!].total;
      if (name.startsWith("b_")) return parts[block!].bias;
      return states[name] ?? null;
    },
  };
}

/** The parts of a sum with digits that add up on the page. */
export function printedParts({ input, hidden, bias, total }: Parts, digits = DIGITS): Parts {
  const [a, b, c] = roundedParts([input, bias, hidden], total, digits);
  return { input: a, bias: b, hidden: c, total };
}
