// The words for what a unit did. Their thresholds are here, once (those of the forms in sentences/forms.ts); nothing else decides what a number is called.
import type { LSTMTrace } from "../core/lstm.ts";

export const THRESHOLDS = {
  /** A state this close to zero holds nothing worth a word. */
  quiet: 0.05,
  /** At least this share of the size is left: kept. Above its inverse: strengthened. */
  kept: 0.9,
  /** At most this share is left: erased. */
  erased: 0.1,
  /** The horizon of a unit: how far back the product of its forget gates stays at or above this. */
  horizon: 0.5,
} as const;

export type Verdict = "off" | "inverted" | "empty" | "written" | "sign" | "erased" | "overwritten" | "weakened" |
  "strengthened" | "kept";

/** What happened to one unit at one step. */
export interface Update {
  before: number; // c(t−1)
  forget: number;
  kept: number; // f·c(t−1)
  written: number; // i·g
  factor: number; // 1, or what the reader's intervention multiplies by
  after: number; // c(t)
}

export function verdictOf({ before, forget, kept, written, factor, after }: Update): Verdict {
  const T = THRESHOLDS;
  if (factor === 0) return "off";
  if (factor === -1) return "inverted";
  if (Math.abs(before) < T.quiet) return Math.abs(after) < T.quiet ? "empty" : "written";
  if (Math.abs(after) >= T.quiet && Math.sign(after) !== Math.sign(before)) return "sign";
  const left = Math.abs(after / before);
  if (left <= T.erased) return "erased";
  if (forget < 0.5 && Math.abs(written) > Math.abs(kept)) return "overwritten";
  if (left < T.kept) return "weakened";
  return left > 1 / T.kept ? "strengthened" : "kept";
}

/** The numbers of one unit at one step that the drawing, the sentence and the table all read. */
export function updateAt(trace: LSTMTrace, step: number, unit: number): Update & {
  input: number; candidate: number; output: number; squashed: number; hidden: number;
} {
  const at = step * trace.H + unit, before = step ? trace.cell[at - trace.H] : trace.c0[unit];
  const forget = trace.forget_gate[at], input = trace.input_gate[at], candidate = trace.candidate[at];
  return {
    before, forget, input, candidate, kept: forget * before, written: input * candidate,
    factor: trace.cell_factor ? trace.cell_factor[at] : 1, after: trace.cell[at],
    output: trace.output_gate[at], squashed: Math.tanh(trace.cell[at]), hidden: trace.hidden[at],
  };
}
