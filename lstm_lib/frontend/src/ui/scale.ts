// A linear scale, its ticks and a line: all the charts of the book need.

export interface Scale {
  (value: number): number;
  invert(pixel: number): number;
  domain: [number, number];
  range: [number, number];
}

export function linear(domain: [number, number], range: [number, number]): Scale {
  const slope = (range[1] - range[0]) / (domain[1] - domain[0] || 1);
  const scale = ((value: number) => range[0] + (value - domain[0]) * slope) as Scale;
  scale.invert = (pixel) => domain[0] + (pixel - range[0]) / (slope || 1);
  scale.domain = domain;
  scale.range = range;
  return scale;
}

/** About `count` round numbers (1, 2 or 5 times a power of ten) from lo to hi. */
export function ticks(lo: number, hi: number, count = 5): number[] {
  if (!(hi > lo)) return [lo];
  const rough = (hi - lo) / Math.max(1, count), power = 10 ** Math.floor(Math.log10(rough)), ratio = rough / power;
  const step = power * (ratio < 1.5 ? 1 : ratio < 3.5 ? 2 : ratio < 7.5 ? 5 : 10), out: number[] = [];
  for (let k = Math.ceil(lo / step - 1e-9); k <= Math.floor(hi / step + 1e-9); k++) out.push(k * step);
  return out;
}

/** The smallest of 1, 2, 4, 5, 10, ... that covers the values: half-height of a symmetric axis, never clamped. */
export function symmetricExtent(values: ArrayLike<number>, least = 1): number {
  let top = least;
  for (let k = 0; k < values.length; k++) top = Math.max(top, Math.abs(values[k]));
  const power = 10 ** Math.floor(Math.log10(top));
  for (const m of [1, 2, 4, 5, 10]) if (top <= m * power * (1 + 1e-12)) return m * power;
  return 10 * power;
}

/** The next number of 1, 1.2, 1.5, 2, 3, 4, 5, 6, 8 times a power of ten: a scale's end that can be printed. */
export function roundUp(size: number): number {
  if (!(size > 0) || !Number.isFinite(size)) return 1;
  const power = 10 ** Math.floor(Math.log10(size));
  for (const m of [1, 1.2, 1.5, 2, 3, 4, 5, 6, 8, 10]) if (size <= m * power * (1 + 1e-12)) return m * power;
  return 10 * power;
}

/** The same levels, moved apart where two are nearer than `least`, within [top, bottom] as far as they fit. */
export function apart(levels: readonly number[], least: number, top: number, bottom: number): number[] {
  const order = [...levels.keys()].sort((a, b) => levels[a] - levels[b] || a - b), placed = [...levels];
  let edge = top;
  for (const k of order) { placed[k] = Math.max(placed[k], edge); edge = placed[k] + least; }
  edge = bottom;
  for (const k of order.reverse()) { placed[k] = Math.min(placed[k], edge); edge = placed[k] - least; }
  const over = top - Math.min(...placed);
  return over > 0 && placed.length ? placed.map((y) => y + over) : placed;
}

export function linePath(xs: ArrayLike<number>, ys: ArrayLike<number>): string {
  let d = "";
  for (let k = 0; k < xs.length; k++) d += `${k ? "L" : "M"}${round(xs[k])},${round(ys[k])}`;
  return d;
}

/** Which of the points from..to a drawing needs: straight lines between those pass every other point of each series within
 * `within` of its height. Long paths are slow to write, to read and to paint. */
export function needed(xs: ArrayLike<number>, series: readonly ArrayLike<number>[], from = 0, to = xs.length - 1, within = 0.2): number[] {
  const kept = [from], least = series.map(() => -Infinity), most = series.map(() => Infinity);
  for (let k = from + 1, anchor = from; k <= to; k++) {
    const slope = (s: number) => (series[s][k] - series[s][anchor]) / (xs[k] - xs[anchor]);
    if (series.some((_, s) => !(slope(s) >= least[s] && slope(s) <= most[s]))) {
      kept.push(anchor = k - 1);
      least.fill(-Infinity); most.fill(Infinity);
    }
    const room = within / (xs[k] - xs[anchor]);
    for (let s = 0; s < series.length; s++) { const to = slope(s); least[s] = Math.max(least[s], to - room); most[s] = Math.min(most[s], to + room); }
  }
  if (to > from) kept.push(to);
  return kept;
}

/** The line through as many points as it needs. */
export function thinPath(xs: ArrayLike<number>, ys: ArrayLike<number>, from = 0): string {
  let d = "";
  for (const k of needed(xs, [ys], from)) d += `${d ? "L" : "M"}${round(xs[k])},${round(ys[k])}`;
  return d;
}

/** Orthogonal path through the points with rounded corners, for wires. */
export function roundedPath(points: [number, number][], radius = 12): string {
  let d = `M${points[0]}`;
  for (let k = 1; k < points.length - 1; k++) {
    const [a, b, c] = [points[k - 1], points[k], points[k + 1]];
    const towards = (p: [number, number], q: [number, number]): [number, number] => {
      const length = Math.hypot(q[0] - p[0], q[1] - p[1]) || 1, s = Math.min(radius, length / 2) / length;
      return [round(p[0] + (q[0] - p[0]) * s), round(p[1] + (q[1] - p[1]) * s)];
    };
    d += `L${towards(b, a)}Q${b} ${towards(b, c)}`;
  }
  return d + `L${points[points.length - 1]}`;
}

export const round = (v: number) => Math.round(v * 100) / 100;
export const clamp = (v: number, lo: number, hi: number) => Math.min(hi, Math.max(lo, v));
