// How far apart two readings are, word by word, and what that is called: lstm_lib/difference.py in TypeScript.
import type { HiddenStates } from "./language_model.ts";
import type { LSTMTrace } from "./lstm.ts";

export type Verdict = "grows" | "stays" | "weakens" | "fades" | "none";
/** The first bound that the share of the start reaches at the last word counts. */
export const VERDICTS: readonly (readonly [number, Verdict])[] = [[2, "grows"], [0.5, "stays"], [0.02, "weakens"], [0, "fades"]];
export const verdictOf = (share: number | null): Verdict => share === null ? "none" : VERDICTS.find(([bound]) => share >= bound)![1];

export function hiddenDifference(a: HiddenStates, b: HiddenStates): Float64Array {
  const out = new Float64Array(a.T);
  for (let t = 0; t < a.T; t++) {
    let sum = 0;
    for (let u = 0, at = t * a.H; u < a.H; u++, at++) sum += (a.hidden[at] - b.hidden[at]) ** 2;
    out[t] = Math.sqrt(sum);
  }
  return out;
}

export function cellDifference(a: LSTMTrace, b: LSTMTrace, unit: number): Float64Array {
  return Float64Array.from({ length: a.T }, (_, t) => Math.abs(a.cell[t * a.H + unit] - b.cell[t * a.H + unit]));
}

/** The unit whose smallest |c − c′| from `start` on is the largest. */
export function keptUnit(a: LSTMTrace, b: LSTMTrace, start: number): number {
  let best = 0, most = -1;
  for (let u = 0; u < a.H; u++) {
    let least = Infinity;
    for (let t = start; t < a.T; t++) least = Math.min(least, Math.abs(a.cell[t * a.H + u] - b.cell[t * a.H + u]));
    if (least > most) { most = least; best = u; }
  }
  return best;
}
