// The gated recurrent unit (Cho et al. 2014) in torch's variant: the reset gate acts after the recurrent matrix.
// Rows of weight_ih and weight_hh: reset, update, candidate.
import { addOuter, addTransposed, multiply, sigmoid, type WeightGradients } from "./lstm.ts";

export interface GRUWeights {
  input_size: number;
  hidden_size: number;
  weight_ih: Float64Array; // 3H × I
  weight_hh: Float64Array; // 3H × H
  bias_ih: Float64Array;
  bias_hh: Float64Array;
}

export interface GRUTrace {
  T: number; I: number; H: number;
  inputs: Float64Array;
  h0: Float64Array;
  reset_gate: Float64Array; // T × H, and so the next four
  update_gate: Float64Array;
  candidate: Float64Array;
  hidden: Float64Array;
  recurrent: Float64Array; // U_n h_(t-1) + b'_n, what the reset gate multiplies
}

export type GRUPath = "direct" | "carry" | "reset" | "update" | "candidate";
export interface GRUGradients {
  hidden: Float64Array;
  inputs: Float64Array;
  weights: WeightGradients;
  h0: Float64Array;
  paths: { hidden: Record<GRUPath, Float64Array> };
}

export function forwardGRU(w: GRUWeights, inputs: Float64Array, T: number, options: { h0?: Float64Array | null } = {}): GRUTrace {
  const I = w.input_size, H = w.hidden_size, n = T * H, h0 = options.h0 ?? new Float64Array(H);
  const trace: GRUTrace = {
    T, I, H, inputs, h0, reset_gate: new Float64Array(n), update_gate: new Float64Array(n),
    candidate: new Float64Array(n), hidden: new Float64Array(n), recurrent: new Float64Array(n),
  };
  const a = new Float64Array(3 * H), b = new Float64Array(3 * H);
  for (let t = 0; t < T; t++) {
    const now = t * H, h = t ? trace.hidden : h0, from = t ? now - H : 0;
    multiply(w.weight_ih, 3 * H, I, inputs, t * I, w.bias_ih, a);
    multiply(w.weight_hh, 3 * H, H, h, from, w.bias_hh, b);
    for (let u = 0; u < H; u++) {
      const r = sigmoid(a[u] + b[u]), z = sigmoid(a[H + u] + b[H + u]), m = b[2 * H + u], c = Math.tanh(a[2 * H + u] + r * m);
      trace.reset_gate[now + u] = r;
      trace.update_gate[now + u] = z;
      trace.candidate[now + u] = c;
      trace.recurrent[now + u] = m;
      trace.hidden[now + u] = c + z * (h[from + u] - c);
    }
  }
  return trace;
}

/** The equations of GRUTrace.backward in lstm_lib/bptt.py. */
export function backwardGRU(trace: GRUTrace, w: GRUWeights, d_hidden: Float64Array): GRUGradients {
  const { T, I, H } = trace, zeros = () => new Float64Array(T * H), hidden = zeros(), h0 = new Float64Array(H);
  const paths = { direct: d_hidden.slice(), carry: zeros(), reset: zeros(), update: zeros(), candidate: zeros() };
  const inputs = new Float64Array(T * I), fromInput = new Float64Array(3 * H), fromHidden = new Float64Array(3 * H);
  const weights: WeightGradients = {
    weight_ih: new Float64Array(3 * H * I), weight_hh: new Float64Array(3 * H * H),
    bias_ih: new Float64Array(3 * H), bias_hh: new Float64Array(3 * H),
  };
  for (let t = T - 1; t >= 0; t--) {
    const now = t * H, before = now - H;
    for (let u = 0; u < H; u++) {
      const at = now + u, r = trace.reset_gate[at], z = trace.update_gate[at], n = trace.candidate[at];
      const h = t ? trace.hidden[before + u] : trace.h0[u];
      const dh = paths.direct[at] + paths.carry[at] + paths.reset[at] + paths.update[at] + paths.candidate[at];
      hidden[at] = dh;
      const dn = dh * (1 - z) * (1 - n * n);
      fromInput[u] = fromHidden[u] = dn * trace.recurrent[at] * r * (1 - r);
      fromInput[H + u] = fromHidden[H + u] = dh * (h - n) * z * (1 - z);
      fromInput[2 * H + u] = dn;
      fromHidden[2 * H + u] = dn * r;
      if (t) paths.carry[before + u] = dh * z; else h0[u] += dh * z;
    }
    (["reset", "update", "candidate"] as const).forEach((path, block) =>
      addTransposed(w.weight_hh, block * H, H, H, fromHidden, block * H, t ? paths[path] : h0, t ? before : 0));
    addTransposed(w.weight_ih, 0, 3 * H, I, fromInput, 0, inputs, t * I);
    addOuter(weights.weight_ih, fromInput, 0, 3 * H, trace.inputs, t * I, I);
    addOuter(weights.weight_hh, fromHidden, 0, 3 * H, t ? trace.hidden : trace.h0, t ? before : 0, H);
    for (let k = 0; k < 3 * H; k++) { weights.bias_ih[k] += fromInput[k]; weights.bias_hh[k] += fromHidden[k]; }
  }
  return { hidden, inputs, weights, h0, paths: { hidden: paths } };
}
