// Scales and orders computed from a trace: the limit of the c axis, how much each unit differs between two sentences.
import type { LSTMTrace } from "../../core/lstm.ts";
import { roundUp } from "../../ui/scale.ts";

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

/** Units whose c has opposite signs in the two runs at every common step from the first at which they differ. */
export function opposite(a: LSTMTrace, b: LSTMTrace): number[] {
  const steps = Math.min(a.T, b.T), H = a.H;
  if (H !== b.H) return [];
  let from = 0;
  while (from < steps && a.cell.subarray(from * H, (from + 1) * H).every((c, u) => c === b.cell[from * H + u])) from++;
  const all = (u: number) => { for (let t = from; t < steps; t++) if (!(a.cell[t * H + u] * b.cell[t * H + u] < 0)) return false; return true; };
  return from < steps ? Array.from({ length: H }, (_, u) => u).filter(all) : [];
}

export interface Ranking { difference: Float64Array; order: number[]; opposite: number[] }

/** Units from most to least different. */
export function rank(a: LSTMTrace, b: LSTMTrace): Ranking {
  const difference = differences(a, b);
  return { difference, order: [...difference.keys()].sort((u, v) => difference[v] - difference[u] || u - v), opposite: opposite(a, b) };
}
