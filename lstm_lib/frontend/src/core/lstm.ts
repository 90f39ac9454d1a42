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

/** out[r] = start[r] + Σ_c matrix[r, c] · vector[offset + c]; four rows at once share each number of the vector. */
export function multiply(matrix: Float64Array, rows: number, columns: number, vector: Float64Array,
  offset: number, start: Float64Array, out: Float64Array): void {
  let r = 0;
  for (; r + 3 < rows; r += 4) {
    const p = r * columns, q = p + columns, s = q + columns, u = s + columns;
    let a = start[r], b = start[r + 1], c = start[r + 2], d = start[r + 3];
    for (let k = 0; k < columns; k++) {
      const v = vector[offset + k];
      a += matrix[p + k] * v;
      b += matrix[q + k] * v;
      c += matrix[s + k] * v;
      d += matrix[u + k] * v;
    }
    out[r] = a; out[r + 1] = b; out[r + 2] = c; out[r + 3] = d;
  }
  for (; r < rows; r++) {
    let a = start[r];
    for (let k = 0, p = r * columns; k < columns; k++) a += matrix[p + k] * vector[offset + k];
    out[r] = a;
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

/** Factor (T × H) that acts on one unit: "off" at every step, "flip" at `step` only, "none" is all ones. */
export function cellFactor(T: number, H: number, unit: number, action: "off" | "flip" | "none", step = 0): Float64Array {
  if (!(unit >= 0 && unit < H)) throw new RangeError(`unit ${unit} does not exist: this network has units 0 to ${H - 1}`);
  const factor = new Float64Array(T * H).fill(1);
  if (action === "off") for (let t = 0; t < T; t++) factor[t * H + unit] = 0;
  else if (action === "flip" && step >= 0 && step < T) factor[step * H + unit] = -1;
  return factor;
}

/**
 * Steps back from `step` over which the product of the unit's forget gates stays at or above `threshold`:
 * ∂c_t/∂c_(t-n) along the highway. A cell factor counts with its size; step + 1 means back to c0.
 */
export function horizon(trace: LSTMTrace, unit: number, step: number, threshold = 0.5): number {
  let product = 1, n = 0;
  for (let t = step; t >= 0; t--, n++) {
    const at = t * trace.H + unit;
    product *= trace.forget_gate[at] * (trace.cell_factor ? Math.abs(trace.cell_factor[at]) : 1);
    if (product < threshold) break;
  }
  return n;
}

export interface WeightGradients { weight_ih: Float64Array; weight_hh: Float64Array; bias_ih: Float64Array; bias_hh: Float64Array }

export interface LSTMGradients {
  hidden: Float64Array; // T × H, total dL/dh_t
  cell: Float64Array; // T × H, total dL/dc_t
  inputs: Float64Array; // T × I
  weights: WeightGradients;
  h0: Float64Array;
  c0: Float64Array;
  /** Share of `hidden` and `cell` that arrives by each path (gates of step t + 1); the shares add up to the total. */
  paths: { hidden: Record<HiddenPath, Float64Array>; cell: Record<HiddenPath | "cell", Float64Array> };
}
export type HiddenPath = "direct" | "forget" | "input" | "candidate" | "output";

/** out[to + c] += Σ_r vector[from + r] · matrix[row + r, c]: a piece of Uᵀ v. */
export function addTransposed(matrix: Float64Array, row: number, rows: number, columns: number,
  vector: Float64Array, from: number, out: Float64Array, to: number): void {
  let r = 0;
  for (; r + 3 < rows; r += 4) {
    const a = vector[from + r], b = vector[from + r + 1], c = vector[from + r + 2], d = vector[from + r + 3];
    const p = (row + r) * columns, q = p + columns, s = q + columns, u = s + columns;
    for (let k = 0; k < columns; k++) out[to + k] += a * matrix[p + k] + b * matrix[q + k] + c * matrix[s + k] + d * matrix[u + k];
  }
  for (; r < rows; r++) {
    for (let k = 0, v = vector[from + r], p = (row + r) * columns; k < columns; k++) out[to + k] += v * matrix[p + k];
  }
}

/** out[r, c] += a[from + r] · b[at + c]: what one step adds to a weight's gradient. */
export function addOuter(out: Float64Array, a: Float64Array, from: number, rows: number,
  b: Float64Array, at: number, columns: number): void {
  for (let r = 0; r < rows; r++) {
    const v = a[from + r];
    if (v !== 0) for (let c = 0, m = r * columns; c < columns; c++) out[m + c] += v * b[at + c];
  }
}

/** Backpropagation through time from the direct dL/dh_t (and dL/dc_t): the equations of lstm_lib/bptt.py. */
export function backwardLSTM(trace: LSTMTrace, w: LSTMWeights, d_hidden: Float64Array, d_cell?: Float64Array | null): LSTMGradients {
  const { T, I, H } = trace, n = T * H, zeros = () => new Float64Array(n);
  if (d_hidden.length !== n) throw new RangeError(`d_hidden has ${d_hidden.length} numbers, ${T} × ${H} expected`);
  const hidden = zeros(), cell = zeros(), inputs = new Float64Array(T * I), da = new Float64Array(4 * H);
  const viaH = { direct: d_hidden.slice(), forget: zeros(), input: zeros(), candidate: zeros(), output: zeros() };
  const viaC = { direct: zeros(), forget: zeros(), input: zeros(), candidate: zeros(), output: zeros(), cell: zeros() };
  const weights: WeightGradients = {
    weight_ih: new Float64Array(4 * H * I), weight_hh: new Float64Array(4 * H * H),
    bias_ih: new Float64Array(4 * H), bias_hh: new Float64Array(4 * H),
  };
  const h0 = new Float64Array(H), c0 = new Float64Array(H), order = ["input", "forget", "candidate", "output"] as const;
  for (let t = T - 1; t >= 0; t--) {
    const now = t * H, before = now - H;
    for (let u = 0; u < H; u++) {
      const at = now + u, i = trace.input_gate[at], f = trace.forget_gate[at], g = trace.candidate[at], o = trace.output_gate[at];
      const tanhC = Math.tanh(trace.cell[at]), k = trace.cell_factor ? trace.cell_factor[at] : 1;
      const cBefore = t ? trace.cell[before + u] : trace.c0[u], hByC = o * (1 - tanhC * tanhC);
      const dh = viaH.direct[at] + viaH.forget[at] + viaH.input[at] + viaH.candidate[at] + viaH.output[at];
      viaC.direct[at] = viaH.direct[at] * hByC + (d_cell ? d_cell[at] : 0);
      for (const path of order) viaC[path][at] = viaH[path][at] * hByC;
      const dc = dh * hByC + viaC.cell[at] + (d_cell ? d_cell[at] : 0);
      hidden[at] = dh;
      cell[at] = dc;
      da[u] = dc * k * g * i * (1 - i);
      da[H + u] = dc * k * cBefore * f * (1 - f);
      da[2 * H + u] = dc * k * i * (1 - g * g);
      da[3 * H + u] = dh * tanhC * o * (1 - o);
      if (t) viaC.cell[before + u] = dc * k * f; else c0[u] = dc * k * f;
    }
    order.forEach((path, block) =>
      addTransposed(w.weight_hh, block * H, H, H, da, block * H, t ? viaH[path] : h0, t ? before : 0));
    addTransposed(w.weight_ih, 0, 4 * H, I, da, 0, inputs, t * I);
    addOuter(weights.weight_ih, da, 0, 4 * H, trace.inputs, t * I, I);
    addOuter(weights.weight_hh, da, 0, 4 * H, t ? trace.hidden : trace.h0, t ? before : 0, H);
    for (let r = 0; r < 4 * H; r++) weights.bias_ih[r] += da[r];
  }
  weights.bias_hh.set(weights.bias_ih);
  return { hidden, cell, inputs, weights, h0, c0, paths: { hidden: viaH, cell: viaC } };
}
