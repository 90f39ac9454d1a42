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
  /** Along: where the axes begin. */
  edge: number;
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
  /** Up: the chart of a layer's echo, above the chart of its states; null where there is no room for two. */
  echo: [number, number] | null;
  /** Radius of the unit, folded and as one of its copies. */
  big: number;
  r: number;
  /** (along, up) → [x, y] */
  place: (along: number, up: number) => [number, number];
}

const LEFT = 52, RIGHT = 138, START = 26; // axis numbers; the verdict; room for the state before the first step

/** words: the steps have words under them, which stand in two rows. */
export function geometry(width: number, T: number, extent: number, layer: boolean, words: boolean): Geometry {
  if (width >= 620) {
    const column = Math.min(96, (width - LEFT - START - RIGHT) / T), foot = words ? 48 : 28, head = foot + 74, node = head + 64, low = node + 112, high = low + (layer ? 104 : 176);
    const top = layer ? high + 136 : high, height = top + 36, r = Math.min(15, column * 0.32);
    return { wide: true, width, height, column, at: (k) => Math.max(LEFT + 8, LEFT + START + (k + 0.5) * column), edge: LEFT - 8, foot, head, node, low, high, bracket: top + 14, echo: layer ? [high + 26, top] : null, r, big: 23,
      input: linear([-extent, extent], [foot + 4, head - 4]), state: linear([-1, 1], [low, high]), place: (a, u) => [a, height - u] };
  }
  const column = T > 28 ? 28 : T > 20 ? 34 : 44, top = 64, foot = 66, head = foot + 62, node = head + 38, low = node + 62, high = width - 34;
  return { wide: false, width, height: top + column * (T + 0.5) + 14, column, at: (k) => top + (k + 0.5) * column, edge: top - 0.6 * column, foot, head, node, low, high, bracket: high + 13, echo: null, r: 11, big: 14,
    input: linear([-extent, extent], [foot + 3, head - 3]), state: linear([-1, 1], [low, high]), place: (a, u) => [u, a] };
}

/** The step that a point of the drawing belongs to. */
export function stepAt(g: Geometry, T: number, along: number): number {
  return Math.min(T - 1, Math.max(0, Math.round((along - g.at(0)) / g.column)));
}

const mix = (a: number, b: number, share: number) => a + (b - a) * share;

/** Where the copy of step k is while the drawing unfolds: 0 all in one place (that of `now`), 1 each at its own step. */
export const nodeAlong = (g: Geometry, k: number, now: number, unfolded: number) => mix(g.at(now), g.at(k), unfolded);

/** Radius of the unit while the drawing unfolds. */
export const radius = (g: Geometry, unfolded: number) => mix(g.big, g.r, unfolded);

const BULGE = { wide: 92, tall: 54 }, SIDE = { wide: 46, tall: 30 };

/** The link from copy k − 1 to copy k: folded it is the loop of the one unit, unfolded a straight line. */
export function link(g: Geometry, k: number, now: number, unfolded: number): string {
  const r = radius(g, unfolded), [bulge, side] = g.wide ? [BULGE.wide, SIDE.wide] : [BULGE.tall, SIDE.tall], reach = g.column / 3, lift = mix(r * 0.5, 0, unfolded);
  const inset = r - Math.sqrt(r * r - lift * lift); // the loop leaves and comes back above the unit's middle
  const from = nodeAlong(g, k - 1, now, unfolded) + r - inset, to = nodeAlong(g, k, now, unfolded) - r + inset - 3;
  const point = (along: number, up: number) => g.place(along, up).map((v) => Math.round(v * 100) / 100).join(",");
  const up = g.node + mix(bulge, 0, unfolded);
  return `M${point(from, g.node + lift)}C${point(from + mix(side, reach, unfolded), up)} ${point(to - mix(side, reach, unfolded), up)} ${point(to, g.node + lift)}`;
}

/** The highest point of the loop, where its weight is written. */
export const loopTop = (g: Geometry) => g.node + (g.wide ? BULGE.wide : BULGE.tall) * 0.75 + g.big * 0.125;

/** The head of the arrow with which the loop comes back to the unit. */
export function loopTip(g: Geometry, now: number): string {
  const r = g.big, lift = r * 0.5, along = g.at(now) - Math.sqrt(r * r - lift * lift) - 2, up = g.node + lift;
  const [bulge, side] = g.wide ? [BULGE.wide - lift, SIDE.wide] : [BULGE.tall - lift, SIDE.tall], length = Math.hypot(bulge, side), [a, u] = [-side / length, bulge / length];
  const z = 9.5, half = 4.6, points = [[along, up], [along + a * z + u * half, up + u * z - a * half], [along + a * z - u * half, up + u * z + a * half]];
  return "M" + points.map(([p, q]) => g.place(p, q).map((v) => Math.round(v * 100) / 100).join(",")).join("L") + "Z";
}
