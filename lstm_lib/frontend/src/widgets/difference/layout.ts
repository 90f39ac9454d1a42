// Geometry of the chart, without a page: the axes, the ribbon, the labels at the line ends.
import { round, roundUp, ticks } from "../../ui/scale.ts";
import type { Line } from "./trace.ts";

export { apart } from "../../ui/scale.ts";

/** Numbers near 1 that differ by less than this differ by rounding only. */
export const NOISE = 1e-14;
/** Height of the row of exact zeros under a logarithmic axis, which has no place for them. */
export const ZERO_ROW = 40;

export interface Tick { value: number; power: number | null; y: number }
export interface Axis {
  y: (value: number) => number;
  ticks: Tick[];
  /** Level of what is exactly zero, if there is any on a logarithmic axis. */
  zero: number | null;
  /** Level below which there is only rounding, if the axis goes that far. */
  noise: number | null;
  /** Lower end of the scale itself. */
  end: number;
}

/** Powers of ten that the axis spans: it grows in steps and is never fitted to a frame, so that heights can be compared. */
export function decades(lines: readonly Line[]): [number, number] {
  let least = Infinity, most = 0;
  for (const { values } of lines) for (const v of values) { if (v > 0 && v < least) least = v; if (v > most) most = v; }
  return [least < Infinity ? Math.min(-4, 2 * Math.floor(Math.log10(least) / 2)) : -4, most > 0 ? Math.max(1, Math.ceil(Math.log10(most) - 1e-9)) : 1];
}

export function logAxis(lines: readonly Line[], top: number, bottom: number): Axis {
  const [lo, hi] = decades(lines), hasZero = lines.some(({ values }) => values.includes(0)), end = bottom - (hasZero ? ZERO_ROW : 0);
  const at = (power: number) => top + ((hi - power) / (hi - lo)) * (end - top), zero = hasZero ? bottom - 8 : null;
  const every = hi - lo > 8 ? 2 : 1, marks: Tick[] = [];
  for (let power = hi; power >= lo; power--) if (power === 0 || power % every === 0) marks.push({ value: 10 ** power, power, y: at(power) });
  return { y: (value) => (value > 0 ? at(Math.log10(value)) : zero ?? end), ticks: marks, zero, end, noise: 10 ** lo < NOISE ? at(Math.log10(NOISE)) : null };
}

export function linearAxis(lines: readonly Line[], top: number, bottom: number): Axis {
  let most = 0;
  for (const { values } of lines) for (const v of values) if (v > most) most = v;
  const hi = roundUp(most), y = (value: number) => bottom - (value / hi) * (bottom - top);
  return { y, ticks: ticks(0, hi, 5).map((value) => ({ value, power: null, y: y(value) })), zero: null, noise: null, end: bottom };
}

/** Outline of a line whose thickness changes from point to point. */
export function ribbon(points: readonly (readonly [number, number])[], widths: readonly number[]): string {
  const n = points.length, left: string[] = [], right: string[] = [];
  if (n === 1) {
    const [x, y] = points[0], r = widths[0] / 2;
    return `M${round(x - r)},${round(y)}A${r},${r} 0 0 1 ${round(x + r)},${round(y)}A${r},${r} 0 0 1 ${round(x - r)},${round(y)}Z`;
  }
  for (let k = 0; k < n; k++) {
    // The normal of the bisector; at a sharp corner it is not lengthened, which only rounds the corner a little.
    const [ax, ay] = points[Math.max(0, k - 1)], [bx, by] = points[k], [cx, cy] = points[Math.min(n - 1, k + 1)];
    const [ux, uy] = unit(bx - ax, by - ay), [vx, vy] = unit(cx - bx, cy - by), [dx, dy] = unit(ux + vx, uy + vy), r = widths[k] / 2;
    left.push(`${round(bx - dy * r)},${round(by + dx * r)}`);
    right.push(`${round(bx + dy * r)},${round(by - dx * r)}`);
  }
  return `M${left.join("L")}L${right.reverse().join("L")}Z`;
}

/** Runs of positions at which a line is above zero: [first, last], both included. */
export function runs(values: ArrayLike<number>): [number, number][] {
  const out: [number, number][] = [];
  for (let k = 0; k < values.length; k++) {
    if (!(values[k] > 0)) continue;
    if (k && values[k - 1] > 0) out[out.length - 1][1] = k;
    else out.push([k, k]);
  }
  return out;
}

const unit = (x: number, y: number): [number, number] => { const size = Math.hypot(x, y); return size ? [x / size, y / size] : [0, 0]; };

/** Which positions carry a mark: every fifth word from the noun on, every tenth of a long sentence, and the last. */
export function markedSteps(start: number, T: number): number[] {
  const every = T > 200 ? 50 : T > 36 ? 10 : 5, out: number[] = [];
  for (let t = start; t < T - 1; t += every) if (T - 1 - t >= every / 2) out.push(t);
  return [...out, T - 1];
}
