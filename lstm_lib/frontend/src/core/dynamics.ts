// What one recurrent unit, or a layer of two, does with what it has heard; exactly lstm_lib/dynamics.py, where the rules
// are explained (tests/vectors/dynamics.json holds both to the same numbers).
import { forwardRNN, type RNNWeights } from "./rnn.ts";

export interface FixedPoint { value: number; slope: number; stable: boolean }
export type Regime = "empty" | "fading" | "ringing" | "flipping" | "holding" | "latching";
export type Course = "silent" | "fades" | "swells" | "stays" | "grows";
/** Row-major 2 × 2. */
export type Matrix = readonly [number, number, number, number];

export const HOLDING = 0.02, EMPTY = 0.005, GROWN = 1.25, EXACT = 1e-9, FLAT = 1e-5;

/** The states that h → tanh(w h + b + input) leaves where they are, from low to high. */
export function fixedPoints(weight: number, bias = 0, input = 0): FixedPoint[] {
  const w = weight, b = bias + input, gap = (h: number) => Math.tanh(w * h + b) - h;
  let turns: number[] = [];
  if (w > 1) {
    const turn = Math.acosh(Math.sqrt(w));
    turns = [(-turn - b) / w, (turn - b) / w];
  }
  const near = turns.filter((h) => Math.abs(gap(h)) < EXACT), touching = near.length === 2 ? [] : near;
  let values = [...touching];
  const ends = [-1, ...turns.filter((h) => -1 < h && h < 1), 1];
  for (let k = 0; k + 1 < ends.length; k++) {
    let low = ends[k], high = ends[k + 1];
    if (touching.includes(low)) low += 1e-6;
    if (touching.includes(high)) high -= 1e-6;
    if (low < high && (gap(low) > 0) !== (gap(high) > 0)) {
      const value = bisect(gap, low, high), next = Math.tanh(w * value + b);
      values.push(Math.abs(gap(next)) < Math.abs(gap(value)) ? next : value);
    }
    else if (gap(high) === 0 && high === 1) values.push(1);
    else if (gap(low) === 0 && low === -1) values.push(-1);
  }
  if (b === 0) values = values.map((h) => (Math.abs(h) < FLAT ? 0 : h));
  return [...new Set(values)].sort((p, q) => p - q).map((value) => {
    const slope = w * (1 - value * value);
    return { value, slope, stable: !touching.includes(value) && Math.abs(slope) <= 1 + EXACT };
  });
}

export function regime(weight: number, bias = 0): Regime {
  const slopes = fixedPoints(weight, bias).map((p) => p.slope), slope = slopes[0];
  if (slopes.length > 1) return Math.max(...slopes) > 1 + HOLDING ? "latching" : "holding";
  if (slope < -1 - EXACT) return "flipping";
  if (slope <= -EMPTY) return "ringing";
  if (slope < EMPTY) return "empty";
  return slope < 1 - HOLDING ? "fading" : "holding";
}

/** ‖h_t − h'_t‖ for every step, h' the run in which what was read at `step` is zero. */
export function echo(net: RNNWeights, inputs: Float64Array, T: number, step: number): Float64Array {
  const I = net.input_size, H = net.hidden_size, without = inputs.slice().fill(0, step * I, (step + 1) * I);
  const a = forwardRNN(net, inputs, T).hidden, b = forwardRNN(net, without, T).hidden;
  return Float64Array.from({ length: T }, (_, t) => {
    let sum = 0;
    for (let u = 0; u < H; u++) sum += (a[t * H + u] - b[t * H + u]) ** 2;
    return Math.sqrt(sum);
  });
}

const firstHeard = (values: ArrayLike<number>): number => Array.prototype.findIndex.call(values, (v: number) => v !== 0);

/** Steps from the first value until it falls below half of that and stays there; null if it never does. */
export function halfLife(values: ArrayLike<number>): number | null {
  const first = firstHeard(values);
  if (first < 0) return null;
  let last = first;
  for (let t = first; t < values.length; t++) if (values[t] >= values[first] / 2) last = t;
  return last + 1 < values.length ? last + 1 - first : null;
}

export function course(values: ArrayLike<number>): Course {
  const first = firstHeard(values);
  if (first < 0) return "silent";
  const grown = Math.max(...Array.from(values)) > GROWN * values[first];
  return halfLife(values) === null ? (grown ? "grows" : "stays") : grown ? "swells" : "fades";
}

/** gain · R(angle°) · [[1, skew], [0, 1]] */
export function recurrentMatrix(gain: number, angle: number, skew: number): Matrix {
  const c = Math.cos((angle * Math.PI) / 180), s = Math.sin((angle * Math.PI) / 180);
  return [gain * c, gain * (c * skew - s), gain * s, gain * (s * skew + c)];
}

/** The two eigenvalues: [real part, imaginary part] each, the larger one first. */
export function eigenvalues([a, b, c, d]: Matrix): [[number, number], [number, number]] {
  const half = (a + d) / 2, root = ((a - d) / 2) ** 2 + b * c;
  if (root < 0) return [[half, Math.sqrt(-root)], [half, -Math.sqrt(-root)]];
  const large = half + (half < 0 ? -1 : 1) * Math.sqrt(root), det = a * d - b * c;
  return [[large, 0], [large ? det / large : 0, 0]];
}

export const spectralRadius = (matrix: Matrix): number => Math.hypot(...eigenvalues(matrix)[0]);

/** The largest and smallest factor of stretching, and the directions (unit vectors) that are stretched and that come out. */
export function singular([a, b, c, d]: Matrix): { largest: number; smallest: number; from: [number, number]; to: [number, number] } {
  const largest = (Math.hypot(a + d, c - b) + Math.hypot(a - d, b + c)) / 2, smallest = Math.abs(Math.hypot(a + d, c - b) - Math.hypot(a - d, b + c)) / 2;
  const turn = Math.atan2(2 * (a * b + c * d), a * a + c * c - b * b - d * d) / 2, from: [number, number] = [Math.cos(turn), Math.sin(turn)];
  const x = a * from[0] + b * from[1], y = c * from[0] + d * from[1], length = Math.hypot(x, y) || 1;
  return { largest, smallest, from, to: [x / length, y / length] };
}

function bisect(f: (x: number) => number, low: number, high: number): number {
  const rising = f(high) > 0;
  while (high - low > 1e-15) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (f(middle) > 0 === rising) high = middle; else low = middle;
  }
  const root = (low + high) / 2;
  return Math.abs(root) < 1e-14 ? 0 : root;
}
