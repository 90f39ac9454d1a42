// The sum behind one value, ready to print: largest terms first, the rest folded, and digits that add up on the page.
import { explainTerms, type Gate, type Term } from "../core/explain.ts";
import type { LSTMTrace, LSTMWeights, Quantity } from "../core/lstm.ts";

export interface Sum {
  quantity: Gate;
  terms: Term[];
  /** Largest in size first. */
  shown: Term[];
  folded: { count: number; sum: number };
  /** What comes from the word, from the previous hidden state and from the biases. */
  groups: { kind: Term["kind"]; count: number; sum: number }[];
  total: number;
  value: number;
}

const add = (terms: readonly Term[]) => terms.reduce((sum, term) => sum + term.product, 0);

export const isGateSum = (quantity: Quantity): quantity is Gate => quantity !== "cell" && quantity !== "hidden";

export function sumOf(trace: LSTMTrace, network: LSTMWeights, quantity: Gate, step: number, unit: number, most = 7): Sum {
  const terms = explainTerms(trace, network, quantity, step, unit);
  const bySize = [...terms].sort((a, b) => Math.abs(b.product) - Math.abs(a.product));
  const shown = bySize.slice(0, most), rest = bySize.slice(most);
  const groups = (["input", "hidden", "bias"] as const).map((kind) => {
    const own = terms.filter((term) => term.kind === kind);
    return { kind, count: own.length, sum: add(own) };
  });
  return {
    quantity, terms, shown, folded: { count: rest.length, sum: add(rest) }, groups, total: add(terms),
    value: trace[quantity][step * trace.H + unit],
  };
}

/**
 * The last of the printed parts takes up what rounding leaves over, so that the printed parts add up to the
 * printed total. Returns the parts rounded to `digits`.
 */
export function roundedParts(parts: readonly number[], total: number, digits: number): number[] {
  const unit = 10 ** digits, whole = parts.map((part) => Math.round(part * unit));
  if (whole.length) whole[whole.length - 1] += Math.round(total * unit) - whole.reduce((a, b) => a + b, 0);
  return whole.map((part) => part / unit);
}
