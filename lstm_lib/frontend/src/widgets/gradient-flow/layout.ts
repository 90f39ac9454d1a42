// Geometry without a page: time runs to the right, so the error comes in at the right edge and goes back to the left; network,
// factors and plot share the columns.
import { clamp, round } from "../../ui/scale.ts";

export interface Frame {
  width: number; small: boolean;
  /** Edges of the columns: verdicts stand to the left of them, powers of ten to the right. */
  left: number; right: number;
  /** Row of the unrolled network. */
  nodes: number; radius: number;
  /** Factors: from 0 at the bottom to their limit at the top. */
  strip: { top: number; bottom: number };
  plot: { top: number; bottom: number };
  height: number; word: number; label: number; least: number;
}

export function frameOf(width: number, parts: { graph: boolean; factors: boolean; plot: boolean }): Frame {
  const small = width < 560, medium = width < 760;
  let y = 0, nodes = 0, strip = { top: 0, bottom: 0 }, plot = { top: 0, bottom: 0 };
  if (parts.graph) { nodes = 70; y = small ? 146 : 150; }
  if (parts.factors) { strip = { top: y + 28, bottom: y + (small ? 84 : 90) }; y = strip.bottom + 6; }
  if (parts.plot) { plot = { top: y + 34, bottom: y + 34 + (small ? 300 : 320) }; y = plot.bottom; }
  return {
    width, small, left: small ? 108 : medium ? 146 : 184, right: width - (small ? 40 : 58), nodes, radius: small ? 12 : 14, strip, plot,
    height: y + (parts.plot ? 44 : parts.factors ? 40 : 0), word: small ? 19 : 25, label: small ? 13 : 15, least: small ? 56 : 70,
  };
}

/** x of the middle of every step, the first at index 0. */
export function columns(frame: Frame, T: number): number[] {
  const from = frame.left + 12, to = frame.right - 12;
  return Array.from({ length: T }, (_, k) => from + (k / Math.max(1, T - 1)) * (to - from));
}

/** Powers of ten that the axis spans: it grows in steps and is never fitted to a frame, so that heights can be compared. */
export function decades(curves: readonly ArrayLike<number>[]): [number, number] {
  let low = -12, high = 2;
  for (const logs of curves) for (let k = 0; k < logs.length; k++) {
    if (!Number.isFinite(logs[k])) continue;
    if (logs[k] < low) low = -12 * Math.ceil(-logs[k] / 12 - 1e-9);
    if (logs[k] > high) high = logs[k] <= 6 ? 6 : 12 * Math.ceil(logs[k] / 12 - 1e-9);
  }
  return [low, high];
}

export interface Axis { low: number; high: number; y: (log: number) => number; ticks: number[]; /** level of exact zeros, if there are any */ zero: number | null; end: number }

/** Room under a logarithmic axis for what is exactly zero. */
const ZERO_ROW = 34;

export function logAxis(curves: readonly ArrayLike<number>[], top: number, bottom: number): Axis {
  const [low, high] = decades(curves), hasZero = curves.some((logs) => Array.prototype.includes.call(logs, -Infinity));
  const end = bottom - (hasZero ? ZERO_ROW : 0), zero = hasZero ? bottom - 6 : null;
  const every = [2, 4, 6, 12, 24, 48, 96].find((step) => (high - low) / step <= 8) ?? 96, ticks: number[] = [];
  for (let power = Math.floor(high / every) * every; power >= low; power -= every) ticks.push(power);
  return { low, high, ticks, zero, end, y: (log) => (log === -Infinity ? zero ?? end : top + ((high - log) / (high - low)) * (end - top)) };
}

/** Upper end of the factors' axis: it grows by doubling. */
export function factorLimit(factors: ArrayLike<number>): number {
  let limit = 1.25;
  for (let k = 0; k < factors.length; k++) while (factors[k] > limit && limit < 1e6) limit *= 2;
  return limit;
}

/** The steps [from, to] of the unrolled network that are drawn: pages from the last step back, so that the error crosses each
 * drawing from right to left. */
export function page(T: number, position: number, n: number): [number, number] {
  if (T <= n) return [1, T];
  const turn = Math.max(0, Math.ceil((T - position) / (n - 1)) - 1), to = T - turn * (n - 1);
  return to - n + 1 <= 1 ? [1, n] : [to - n + 1, to];
}

/** How many steps of the network have room. */
export const room = (frame: Frame): number => clamp(Math.floor((frame.width - (frame.small ? 60 : 110)) / (frame.small ? 66 : 84)) + 1, 3, 10);

/** x of the drawn nodes: over their own columns where those are far enough apart, else spread over the whole width. */
export function nodePlaces(frame: Frame, xs: readonly number[], [from, to]: [number, number]): { at: number[]; lens: boolean } {
  const n = to - from + 1, wide = (xs[to - 1] - xs[from - 1]) / Math.max(1, n - 1);
  if (n === xs.length && (wide >= (frame.small ? 60 : 66) || n < 2)) return { at: xs.slice(from - 1, to), lens: false };
  const left = frame.small ? 24 : 40, right = frame.width - (frame.small ? 52 : 84);
  return { at: Array.from({ length: n }, (_, k) => left + (k / Math.max(1, n - 1)) * (right - left)), lens: true };
}

/** Share of what left the last step, as a number that can be drawn: beyond 1 it grows with the logarithm. */
export const drawn = (log: number): number => (log === -Infinity ? 0 : log <= 0 ? 10 ** log : 1 + 0.2 * Math.min(log, 5));

/** Steps that carry a mark, from the last one back. */
export function marked(T: number): number[] {
  const every = T > 200 ? 50 : T > 100 ? 20 : T > 36 ? 10 : T > 12 ? 5 : 1, out: number[] = [];
  for (let t = T; t >= 1; t -= every) out.push(t);
  return out[out.length - 1] === 1 ? out : [...out.filter((t) => t > every / 2), 1];
}

/** Numbers under the axis of steps. */
export function stepTicks(T: number, small: boolean): number[] {
  const rough = T / (small ? 4 : 9), every = [1, 2, 5, 10, 20, 50, 100].find((step) => step >= rough) ?? 100, out = [1];
  for (let t = every === 1 ? 2 : every; t < T - every * 0.6; t += every) out.push(t);
  return T > 1 ? [...out, T] : out;
}

/** Angle in degrees of a straight piece of a drawing. */
export const slope = (x0: number, y0: number, x1: number, y1: number): number => round((Math.atan2(y1 - y0, x1 - x0) * 180) / Math.PI);
