// Long short-term memory (Hochreiter & Schmidhuber 1997; forget gate: Gers, Schmidhuber & Cummins 2000),
// one sequence, float64, PyTorch's weight layout: rows of weight_ih and weight_hh are the gates i, f, g, o.

export type Quantity = "forget_gate" | "input_gate" | "candidate" | "output_gate" | "cell" | "hidden";

export interface LSTMWeights {
  input_size: number;
  hidden_size: number;
  weight_ih: Float64Array; // 4H × I, row-major
  weight_hh: Float64Array; // 4H × H
  bias_ih: Float64Array; // 4H
  bias_hh: Float64Array; // 4H
}

export interface LSTMTrace {
  T: number;
  I: number;
  H: number;
  inputs: Float64Array; // T × I
  h0: Float64Array; // H
  c0: Float64Array; // H
  input_gate: Float64Array; // T × H, and so the next five
  forget_gate: Float64Array;
  candidate: Float64Array;
  output_gate: Float64Array;
  cell: Float64Array;
  hidden: Float64Array;
  cell_factor: Float64Array | null; // T × H, or null: nothing was switched off
  forget_bias_shift: number;
}

export interface ForwardOptions {
  h0?: Float64Array | null;
  c0?: Float64Array | null;
  /** c_t = k_t (f c_(t-1) + i g): 0 switches a unit off, -1 flips its sign at that step, 1 leaves it alone. */
  cell_factor?: Float64Array | null;
  /** Added to the forget gate's pre-activation of every unit at every step. */
  forget_bias_shift?: number;
}

export const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** out[r] = start[r] + Σ_c matrix[r, c] · vector[offset + c]; four sums at once keep the processor busy. */
export function multiply(matrix: Float64Array, rows: number, columns: number, vector: Float64Array,
  offset: number, start: Float64Array, out: Float64Array): void {
  let m = 0;
  for (let r = 0; r < rows; r++, m += columns) {
    let a = 0, b = 0, c = 0, d = 0, k = 0;
    for (; k + 3 < columns; k += 4) {
      a += matrix[m + k] * vector[offset + k];
      b += matrix[m + k + 1] * vector[offset + k + 1];
      c += matrix[m + k + 2] * vector[offset + k + 2];
      d += matrix[m + k + 3] * vector[offset + k + 3];
    }
    for (; k < columns; k++) a += matrix[m + k] * vector[offset + k];
    out[r] = start[r] + (a + b + (c + d));
  }
}

/** Run the network over `inputs` (T × I, row-major) and keep every gate. */
export function forwardLSTM(w: LSTMWeights, inputs: Float64Array, T: number, options: ForwardOptions = {}): LSTMTrace {
  const I = w.input_size, H = w.hidden_size, n = T * H;
  const shift = options.forget_bias_shift ?? 0, factor = options.cell_factor ?? null;
  if (inputs.length !== T * I) throw new RangeError(`inputs has ${inputs.length} numbers, ${T} × ${I} expected`);
  if (factor && factor.length !== n) throw new RangeError(`cell_factor has ${factor.length} numbers, ${T} × ${H} expected`);
  const h0 = options.h0 ?? new Float64Array(H), c0 = options.c0 ?? new Float64Array(H);
  const trace: LSTMTrace = {
    T, I, H, inputs, h0, c0, cell_factor: factor, forget_bias_shift: shift,
    input_gate: new Float64Array(n), forget_gate: new Float64Array(n), candidate: new Float64Array(n),
    output_gate: new Float64Array(n), cell: new Float64Array(n), hidden: new Float64Array(n),
  };
  const { input_gate, forget_gate, candidate, output_gate, cell, hidden } = trace;
  const bias = w.bias_ih.map((b, k) => b + w.bias_hh[k]), fromInput = new Float64Array(4 * H), z = new Float64Array(4 * H);
  for (let t = 0; t < T; t++) {
    const now = t * H, before = now - H, h = t ? hidden : h0, at = t ? before : 0, c = t ? cell : c0;
    multiply(w.weight_ih, 4 * H, I, inputs, t * I, bias, fromInput);
    multiply(w.weight_hh, 4 * H, H, h, at, fromInput, z);
    for (let u = 0; u < H; u++) {
      const i = sigmoid(z[u]), f = sigmoid(z[H + u] + shift), g = Math.tanh(z[2 * H + u]), o = sigmoid(z[3 * H + u]);
      const kept = f * c[at + u] + i * g, value = factor ? factor[now + u] * kept : kept;
      input_gate[now + u] = i; forget_gate[now + u] = f; candidate[now + u] = g; output_gate[now + u] = o;
      cell[now + u] = value;
      hidden[now + u] = o * Math.tanh(value);
    }
  }
  return trace;
}

/** Factor (T × H) that acts on one unit: "off" at every step, "flip" at `step` only, "none" leaves all ones. */
export function cellFactor(T: number, H: number, unit: number, action: "off" | "flip" | "none", step = 0): Float64Array | null {
  if (action === "none") return null;
  const factor = new Float64Array(T * H).fill(1);
  if (unit < 0 || unit >= H) throw new RangeError(`unit ${unit} does not exist: this network has units 0 to ${H - 1}`);
  if (action === "off") for (let t = 0; t < T; t++) factor[t * H + unit] = 0;
  else if (step >= 0 && step < T) factor[step * H + unit] = -1;
  return factor;
}

/** Steps back from `step` over which the product of the unit's forget gates stays at or above `threshold`. */
export function horizon(trace: LSTMTrace, unit: number, step: number, threshold = 0.5): number {
  let product = 1, n = 0;
  for (let t = step; t >= 0; t--, n++) {
    product *= trace.forget_gate[t * trace.H + unit];
    if (product < threshold) break;
  }
  return n;
}
