// The sum behind one gate value: every weight × value of its pre-activation, in the network's own order.
import type { LSTMTrace, LSTMWeights } from "./lstm.ts";

export type Gate = "input_gate" | "forget_gate" | "candidate" | "output_gate";

export interface Term {
  kind: "input" | "hidden" | "bias";
  index: number; // which input or which unit; for a bias: 0 bias_ih + bias_hh, 1 the shift of the forget gate
  weight: number;
  value: number;
  product: number;
}

const ROW: Record<Gate, number> = { input_gate: 0, forget_gate: 1, candidate: 2, output_gate: 3 };

/** Terms whose products add up to the pre-activation of `quantity` of `unit` at `step`. */
export function explainTerms(trace: LSTMTrace, w: LSTMWeights, quantity: Gate, step: number, unit: number): Term[] {
  const { I, H } = trace, row = ROW[quantity] * H + unit, terms: Term[] = [];
  const add = (kind: Term["kind"], index: number, weight: number, value: number) =>
    terms.push({ kind, index, weight, value, product: weight * value });
  for (let k = 0; k < I; k++) add("input", k, w.weight_ih[row * I + k], trace.inputs[step * I + k]);
  for (let k = 0; k < H; k++) {
    add("hidden", k, w.weight_hh[row * H + k], step ? trace.hidden[(step - 1) * H + k] : trace.h0[k]);
  }
  add("bias", 0, w.bias_ih[row] + w.bias_hh[row], 1);
  if (quantity === "forget_gate" && trace.forget_bias_shift) add("bias", 1, trace.forget_bias_shift, 1);
  return terms;
}
