// Scales and orders computed from a trace: the limit of the c axis, how much each unit differs between two sentences.
import type { LSTMTrace } from "../../core/lstm.ts";
import { THRESHOLDS, type Update } from "./verdicts.ts";

/** The next number of 1, 1.5, 2, 3, 4, 5, 6, 8 times a power of ten: a scale's end that can be printed. */
export function roundUp(size: number): number {
  if (!(size > 0) || !Number.isFinite(size)) return 1;
  const power = 10 ** Math.floor(Math.log10(size));
  for (const m of [1, 1.5, 2, 3, 4, 5, 6, 8, 10]) if (size <= m * power * (1 + 1e-12)) return m * power;
  return 10 * power;
}

/** End of the symmetric scale of c, at least 1: the largest |c| of the traces, rounded up. */
export function cellLimit(...traces: (LSTMTrace | null)[]): number {
  let top = 0;
  for (const trace of traces) if (trace) for (const c of trace.cell) if (Math.abs(c) > top) top = Math.abs(c);
  return Math.max(1, roundUp(top));
}

/** Mean over the words that both traces have of |c − c′|, per unit. */
export function differences(a: LSTMTrace, b: LSTMTrace): Float64Array {
  const steps = Math.min(a.T, b.T), out = new Float64Array(a.H);
  if (a.H !== b.H || !steps) return out;
  for (let t = 0; t < steps; t++) for (let u = 0; u < a.H; u++) out[u] += Math.abs(a.cell[t * a.H + u] - b.cell[t * a.H + u]) / steps;
  return out;
}

export interface Ranking { difference: Float64Array; order: number[]; largest: number; second: number; count: number }

/** Units from most to least different, and how many differ at least half as much as the first. */
export function rank(difference: Float64Array): Ranking {
  const order = [...difference.keys()].sort((a, b) => difference[b] - difference[a] || a - b);
  const largest = difference[order[0]] ?? 0, second = difference[order[1]] ?? 0;
  const count = largest > 0 ? order.filter((u) => difference[u] >= THRESHOLDS.differs * largest).length : 0;
  return { difference, order, largest, second, count };
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
