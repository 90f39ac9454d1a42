// The simple recurrent network (Elman 1990), h_t = φ(W x_t + U h_(t-1) + b) with φ = tanh or relu; torch's layout.
import { addOuter, addTransposed, multiply, type WeightGradients } from "./lstm.ts";

export interface RNNWeights {
  input_size: number;
  hidden_size: number;
  weight_ih: Float64Array; // H × I
  weight_hh: Float64Array; // H × H
  bias_ih: Float64Array;
  bias_hh: Float64Array;
  nonlinearity: "tanh" | "relu";
}

export interface RNNTrace { T: number; I: number; H: number; inputs: Float64Array; h0: Float64Array; hidden: Float64Array }

export interface RNNGradients {
  hidden: Float64Array;
  inputs: Float64Array;
  weights: WeightGradients;
  h0: Float64Array;
  paths: { hidden: { direct: Float64Array; recurrent: Float64Array } };
}

export function forwardRNN(w: RNNWeights, inputs: Float64Array, T: number, options: { h0?: Float64Array | null } = {}): RNNTrace {
  const I = w.input_size, H = w.hidden_size, h0 = options.h0 ?? new Float64Array(H), hidden = new Float64Array(T * H);
  const bias = w.bias_ih.map((b, k) => b + w.bias_hh[k]), fromInput = new Float64Array(H), a = new Float64Array(H);
  for (let t = 0; t < T; t++) {
    multiply(w.weight_ih, H, I, inputs, t * I, bias, fromInput);
    multiply(w.weight_hh, H, H, t ? hidden : h0, t ? (t - 1) * H : 0, fromInput, a);
    for (let u = 0; u < H; u++) hidden[t * H + u] = w.nonlinearity === "tanh" ? Math.tanh(a[u]) : Math.max(0, a[u]);
  }
  return { T, I, H, inputs, h0, hidden };
}

/** dL/da_t = φ'(a_t) dL/dh_t;  dL/dh_(t-1) = direct + Uᵀ dL/da_t. */
export function backwardRNN(trace: RNNTrace, w: RNNWeights, d_hidden: Float64Array): RNNGradients {
  const { T, I, H } = trace, hidden = new Float64Array(T * H), recurrent = new Float64Array(T * H), h0 = new Float64Array(H);
  const inputs = new Float64Array(T * I), da = new Float64Array(H), weights: WeightGradients = {
    weight_ih: new Float64Array(H * I), weight_hh: new Float64Array(H * H), bias_ih: new Float64Array(H), bias_hh: new Float64Array(H),
  };
  for (let t = T - 1; t >= 0; t--) {
    for (let u = 0, at = t * H; u < H; u++, at++) {
      const h = trace.hidden[at];
      hidden[at] = d_hidden[at] + recurrent[at];
      da[u] = hidden[at] * (w.nonlinearity === "tanh" ? 1 - h * h : h > 0 ? 1 : 0);
      weights.bias_ih[u] += da[u];
    }
    const before = (t - 1) * H;
    addTransposed(w.weight_hh, 0, H, H, da, 0, t ? recurrent : h0, t ? before : 0);
    addTransposed(w.weight_ih, 0, H, I, da, 0, inputs, t * I);
    addOuter(weights.weight_ih, da, 0, H, trace.inputs, t * I, I);
    addOuter(weights.weight_hh, da, 0, H, t ? trace.hidden : trace.h0, t ? before : 0, H);
  }
  weights.bias_hh.set(weights.bias_ih);
  return { hidden, inputs, weights, h0, paths: { hidden: { direct: d_hidden.slice(), recurrent } } };
}
