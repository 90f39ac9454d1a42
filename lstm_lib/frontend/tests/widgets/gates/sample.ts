// A small network and a sequence, the same at every run.
import type { LSTMWeights } from "../../../src/core/lstm.ts";

export function network(I = 3, H = 5, seed = 1): LSTMWeights {
  let s = seed;
  const next = () => ((s = (Math.imul(s, 1664525) + 1013904223) >>> 0) / 2 ** 32 - 0.5) * 2;
  const fill = (n: number) => Float64Array.from({ length: n }, next);
  return { input_size: I, hidden_size: H, weight_ih: fill(4 * H * I), weight_hh: fill(4 * H * H), bias_ih: fill(4 * H), bias_hh: fill(4 * H) };
}

export const inputs = (T: number, I = 3, seed = 9): Float64Array => Float64Array.from({ length: T * I }, (_, k) => Math.sin(seed + 1.7 * k));
