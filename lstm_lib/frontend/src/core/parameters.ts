// How many parameters a recurrent layer has: lstm_lib/parameters.py, where it is explained.
export const KINDS = ["rnn", "gru", "lstm"] as const;
export type Kind = (typeof KINDS)[number];
export const BLOCKS = { rnn: 1, gru: 3, lstm: 4 } as const satisfies Record<Kind, number>;

/** blocks (H I + H H + biases H). */
export const parameterCount = (kind: Kind, I: number, H: number, biases = 2): number => BLOCKS[kind] * H * (I + H + biases);

/** The hidden size whose parameter count is nearest to `wanted`; the smaller of two as near. */
export function equalSize(kind: Kind, I: number, wanted: number, biases = 2): number {
  const linear = I + biases, root = Math.floor((Math.sqrt(linear * linear + (4 * wanted) / BLOCKS[kind]) - linear) / 2);
  let best = Math.max(1, root - 1);
  for (let H = best + 1; H <= root + 2; H++) {
    if (Math.abs(parameterCount(kind, I, H, biases) - wanted) < Math.abs(parameterCount(kind, I, best, biases) - wanted)) best = H;
  }
  return best;
}
