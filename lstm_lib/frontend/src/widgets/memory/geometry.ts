// One drawing in two positions: time runs to the right, or down where there is no room. A place is (along, up): along
// the time axis, and up from the inputs through the network to the chart.
import { linear, type Scale } from "../../ui/scale.ts";

export interface Geometry {
  wide: boolean;
  width: number;
  height: number;
  /** Length of one step along the time axis. */
  column: number;
  /** Along: the middle of step k; −1 is the state before the first step. */
  at: (k: number) => number;
  /** Up: input → its bar's end, state → its place in the chart. */
  input: Scale;
  state: Scale;
  /** Up: the words, the foot and head of the bars, the node, the chart's ends, the bracket of the half-life. */
  foot: number;
  head: number;
  node: number;
  low: number;
  high: number;
  bracket: number;
  r: number;
  /** (along, up) → [x, y] */
  place: (along: number, up: number) => [number, number];
}

const LEFT = 52, RIGHT = 138, START = 26; // axis numbers; the verdict; room for the state before the first step

export function geometry(width: number, T: number, extent: number, layer: boolean): Geometry {
  if (width >= 620) {
    const column = (width - LEFT - START - RIGHT) / T, foot = 28, head = foot + 74, node = head + 50, low = node + 82, high = low + (layer ? 156 : 168);
    const height = high + 36, r = Math.min(14, column * 0.3);
    return { wide: true, width, height, column, at: (k) => LEFT + START + (k + 0.5) * column, foot, head, node, low, high, bracket: high + 14, r,
      input: linear([-extent, extent], [foot + 4, head - 4]), state: linear([layer ? 0 : -1, 1], [low, high]), place: (a, u) => [a, height - u] };
  }
  const column = T > 28 ? 28 : T > 20 ? 34 : 44, top = 56, foot = 66, head = foot + 70, node = head + 34, low = node + 62, high = width - 22;
  return { wide: false, width, height: top + column * (T + 0.5) + 8, column, at: (k) => top + (k + 0.5) * column, foot, head, node, low, high, bracket: high + 12, r: 11,
    input: linear([-extent, extent], [foot + 3, head - 3]), state: linear([layer ? 0 : -1, 1], [low, high]), place: (a, u) => [u, a] };
}

/** The step that a point of the drawing belongs to. */
export function stepAt(g: Geometry, T: number, along: number): number {
  return Math.min(T - 1, Math.max(0, Math.round((along - g.at(0)) / g.column)));
}

const mix = (a: number, b: number, share: number) => a + (b - a) * share;

/** Where the copy of step k is while the drawing unfolds: 0 all in one place (that of `now`), 1 each at its own step. */
export const nodeAlong = (g: Geometry, k: number, now: number, unfolded: number) => mix(g.at(now), g.at(k), unfolded);

/** The link from copy k − 1 to copy k: folded it is the loop of the one unit, unfolded a straight line. */
export function link(g: Geometry, k: number, now: number, unfolded: number): string {
  const from = nodeAlong(g, k - 1, now, unfolded) + g.r, to = nodeAlong(g, k, now, unfolded) - g.r - 3;
  const side = g.wide ? 34 : 26, bulge = g.wide ? 72 : 50, reach = g.column / 3;
  const point = (along: number, up: number) => g.place(along, up).map((v) => Math.round(v * 100) / 100).join(",");
  const up = g.node + mix(bulge, 0, unfolded);
  return `M${point(from, g.node)}C${point(from + mix(side, reach, unfolded), up)} ${point(to - mix(side, reach, unfolded), up)} ${point(to, g.node)}`;
}

/** The highest point of the loop, where its weight is written. */
export const loopTop = (g: Geometry) => g.node + (g.wide ? 72 : 50) * 0.75;
