// How the state after a step answers to the state before it, ∂s_t/∂s_(t-1): lstm_lib/jacobian.py, where the formulas are
// explained. The state is h, and in an LSTM h and c side by side. Matrices are row-major.
import { doubles } from "./dense.ts";
import type { GRUTrace, GRUWeights } from "./gru.ts";
import type { LSTMTrace, LSTMWeights } from "./lstm.ts";
import type { RNNTrace, RNNWeights } from "./rnn.ts";

type Trace = RNNTrace | GRUTrace | LSTMTrace;
type Weights = RNNWeights | GRUWeights | LSTMWeights;

/** How many numbers a step hands to the next one: H, in an LSTM 2H. */
export const stateSize = (trace: Trace): number => ("cell" in trace ? 2 : 1) * trace.H;

/** ∂s_t/∂s_(t-1), stateSize × stateSize. */
export function jacobian(trace: Trace, w: Weights, t: number): Float64Array {
  if (!(t >= 0 && t < trace.T)) throw new RangeError(`step ${t} does not exist: this run has steps 0 to ${trace.T - 1}`);
  return "cell" in trace ? ofLSTM(trace, w, t) : "update_gate" in trace ? ofGRU(trace, w, t) : ofRNN(trace, w as RNNWeights, t);
}

function ofRNN({ H, hidden }: RNNTrace, w: RNNWeights, t: number): Float64Array {
  const out = new Float64Array(H * H);
  for (let p = 0; p < H; p++) {
    const h = hidden[t * H + p], slope = w.nonlinearity === "tanh" ? 1 - h * h : h > 0 ? 1 : 0;
    for (let q = 0; q < H; q++) out[p * H + q] = slope * w.weight_hh[p * H + q];
  }
  return out;
}

function ofLSTM(trace: LSTMTrace, { weight_hh: U }: { weight_hh: Float64Array }, t: number): Float64Array {
  const { H, c0, cell } = trace, n = 2 * H, out = new Float64Array(n * n), block = H * H;
  for (let p = 0; p < H; p++) {
    const at = t * H + p, i = trace.input_gate[at], f = trace.forget_gate[at], g = trace.candidate[at], o = trace.output_gate[at];
    const before = t ? cell[at - H] : c0[p], k = trace.cell_factor ? trace.cell_factor[at] : 1, tanh_c = Math.tanh(cell[at]);
    const hByC = o * (1 - tanh_c * tanh_c), hByO = tanh_c * o * (1 - o);
    const byI = k * g * i * (1 - i), byF = k * before * f * (1 - f), byG = k * i * (1 - g * g);
    for (let q = 0; q < H; q++) {
      const u = p * H + q, c = byF * U[block + u] + byI * U[u] + byG * U[2 * block + u];
      out[p * n + q] = hByC * c + hByO * U[3 * block + u];
      out[(H + p) * n + q] = c;
    }
    out[p * n + H + p] = hByC * k * f;
    out[(H + p) * n + H + p] = k * f;
  }
  return out;
}

function ofGRU(trace: GRUTrace, { weight_hh: U }: { weight_hh: Float64Array }, t: number): Float64Array {
  const { H, h0, hidden } = trace, out = new Float64Array(H * H), block = H * H;
  for (let p = 0; p < H; p++) {
    const at = t * H + p, r = trace.reset_gate[at], z = trace.update_gate[at], n = trace.candidate[at], m = trace.recurrent[at];
    const h = t ? hidden[at - H] : h0[p], byZ = (h - n) * z * (1 - z), byN = (1 - z) * (1 - n * n);
    for (let q = 0; q < H; q++) {
      const u = p * H + q;
      out[u] = byZ * U[block + u] + byN * (r * U[2 * block + u] + m * r * (1 - r) * U[u]);
    }
    out[p * H + p] += z;
  }
  return out;
}

/**
 * By how much a matrix stretches a vector at most. Lanczos: in the vectors v, Mv, M²v ... of M = AᵀA (from some v) the matrix M
 * is tridiagonal, and the largest eigenvalue of that is soon the square of the answer.
 */
export function largestSingularValue(matrix: Float64Array, rows: number, columns: number): number {
  let top = 0;
  for (let k = 0; k < rows * columns; k++) top = Math.max(top, Math.abs(matrix[k]));
  if (!(top > 0) || top === Infinity) return top;
  const a = matrix.map((x) => x / top), diagonal: number[] = [], beside: number[] = [];
  let v = Float64Array.from({ length: columns }, (_, k) => 1 + Math.cos(k * k + 1) / 2), before = new Float64Array(columns), found = 0;
  normalise(v);
  for (let step = 1; step <= 2 * columns + 10; step++) {
    const av = new Float64Array(rows), w = new Float64Array(columns);
    for (let r = 0; r < rows; r++) {
      let sum = 0;
      for (let c = 0, p = r * columns; c < columns; c++) sum += a[p + c] * v[c];
      av[r] = sum;
    }
    for (let r = 0; r < rows; r++) for (let c = 0, p = r * columns, x = av[r]; c < columns; c++) w[c] += x * a[p + c];
    let alpha = 0;
    for (let c = 0; c < columns; c++) alpha += w[c] * v[c];
    const beta = beside.length ? beside[beside.length - 1] : 0;
    for (let c = 0; c < columns; c++) w[c] -= alpha * v[c] + beta * before[c];
    diagonal.push(alpha);
    const next = normalise(w), last = found, over = !(next > 1e-15);
    if (over || step % 4 === 0) {
      found = largestEigenvalue(diagonal, beside);
      if (over || Math.abs(found - last) <= 1e-15 * found) break;
    }
    beside.push(next);
    before = v; v = w;
  }
  return top * Math.sqrt(Math.max(0, found));
}

function normalise(v: Float64Array): number {
  const norm = Math.hypot(...v);
  if (norm > 0) for (let k = 0; k < v.length; k++) v[k] /= norm;
  return norm;
}

/** Of a symmetric tridiagonal matrix, by bisection: x is above all eigenvalues if every pivot of T − x is negative. */
function largestEigenvalue(diagonal: readonly number[], beside: readonly number[]): number {
  const n = diagonal.length;
  let low = Math.max(...diagonal), high = -Infinity;
  for (let k = 0; k < n; k++) high = Math.max(high, diagonal[k] + Math.abs(beside[k - 1] ?? 0) + (k + 1 < n ? Math.abs(beside[k]) : 0));
  while (high - low > 2e-16 * Math.abs(high)) {
    const x = (low + high) / 2;
    if (x === low || x === high) break;
    let pivot = diagonal[0] - x, above = pivot < 0;
    for (let k = 1; k < n && above; k++) {
      pivot = diagonal[k] - x - (beside[k - 1] * beside[k - 1]) / pivot;
      above = pivot < 0;
    }
    if (above) high = x; else low = x;
  }
  return high;
}

/**
 * The largest |eigenvalue| of an n × n matrix. In A^(2^k) soon only the largest one or two eigenvalues are left; two traces
 * give them, and the 2^k-th root makes what error there is small. Where the traces cancel, as of a cyclic permutation, there is
 * Gelfand's formula: the 2^k-th root of the norm comes to the same, only more slowly.
 */
export function spectralRadius(matrix: Float64Array, n: number): number {
  let power = doubles(n * n), next = doubles(n * n), log = 0, found = NaN;
  for (let p = 0; p < power.length; p++) power[p] = matrix[p];
  for (let k = 0; k <= 40; k++) {
    let top = 0;
    for (const x of power) top = Math.max(top, Math.abs(x));
    if (!(top > 0)) return 0;
    for (let p = 0; p < power.length; p++) power[p] /= top;
    log += Math.log(top) / 2 ** k;
    next.fill(0);
    for (let r = 0; r < n; r++) {
      let q = 0;
      for (; q + 3 < n; q += 4) {
        const a = power[r * n + q], b = power[r * n + q + 1], c = power[r * n + q + 2], d = power[r * n + q + 3], from = q * n;
        for (let s = 0, to = r * n; s < n; s++) {
          next[to + s] += a * power[from + s] + b * power[from + n + s] + c * power[from + 2 * n + s] + d * power[from + 3 * n + s];
        }
      }
      for (; q < n; q++) for (let s = 0, a = power[r * n + q]; s < n; s++) next[r * n + s] += a * power[q * n + s];
    }
    let one = 0, two = 0, squares = 0;
    for (let r = 0; r < n; r++) { one += power[r * n + r]; two += next[r * n + r]; }
    for (const x of power) squares += x * x;
    const det = (one * one - two) / 2, root = one * one - 4 * det, last = found;
    const largest = root < 0 ? Math.sqrt(det) : (Math.abs(one) + Math.sqrt(root)) / 2;
    found = Math.exp(log + Math.log(Math.max(largest, 1e-6 * Math.sqrt(squares))) / 2 ** k);
    if (k > 7 && Math.abs(found - last) <= 1e-13 * found) break;
    [power, next] = [next, power];
  }
  return found;
}
