// Names and values on the map of one unit, each where the least is drawn, and none over another.
import { boxOf, covered, spot, taken, type Box, type Spot, type Stroke } from "./spot.ts";

const SIZE = 14, LETTER = 6.7; // px; a letter's mean width, with room to spare

export interface Wanted { text: string; at: readonly (readonly [number, number])[]; up: boolean }
export interface Placed { spots: Spot[]; diagonal: readonly [number, number] }

/** Segments of a line through these points. */
export const segments = (points: readonly (readonly [number, number])[], weight: number): Stroke[] =>
  points.slice(1).map(([x, y], k) => [points[k][0], points[k][1], x, y, weight]);

/** What is drawn many times over in the same place counts once, and what is too short to see not at all. */
function distinct(drawn: readonly Stroke[]): Stroke[] {
  const found = new Map<string, Stroke>();
  for (const stroke of drawn) {
    const [x0, y0, x1, y1, weight] = stroke, key = `${Math.round(x0 / 3)} ${Math.round(y0 / 3)} ${Math.round(x1 / 3)} ${Math.round(y1 / 3)}`;
    if (Math.abs(x1 - x0) + Math.abs(y1 - y0) > 3 && (found.get(key)?.[4] ?? 0) < weight) found.set(key, stroke);
  }
  return [...found.values()];
}

/** A place for each label beside one of its points, in this order, then one along the diagonal from `low` to `high`. */
export function placeLabels(wanted: readonly Wanted[], along: string, low: readonly [number, number], high: readonly [number, number], drawn: readonly Stroke[], within: Box): Placed {
  const strokes = distinct(drawn), spots: Spot[] = [];
  for (const { text, at, up } of wanted) {
    const width = text.length * LETTER;
    let best: Spot | null = null;
    for (const [x, y] of at) {
      const found = spot(x, y, width, strokes, { up, size: SIZE, within });
      if (!best || found.cost < best.cost - 3) best = found;
    }
    spots.push(best!);
    strokes.push(...taken(boxOf(best!, width, SIZE)));
  }
  // turned by 45 degrees the diagonal is level: u runs along it, v away from it
  const turn = ([x, y]: readonly [number, number]) => [(x - y) * Math.SQRT1_2, (x + y) * Math.SQRT1_2] as const;
  const turned = strokes.map(([x0, y0, x1, y1, weight]): Stroke => [...turn([x0, y0]), ...turn([x1, y1]), weight]), [u0, v0] = turn(low), [u1] = turn(high), half = (along.length * LETTER) / 2;
  let least = Infinity, diagonal: readonly [number, number] = low;
  for (const part of [0.29, 0.71, 0.2, 0.38, 0.62, 0.8]) for (const v of [v0 - 7, v0 + 16]) {
    const u = u0 + (u1 - u0) * part, cost = covered(turned, { left: u - half - 3, right: u + half + 3, top: v - SIZE * 0.86, bottom: v + 2 }) + 20 * Math.max(0, u0 - u + half, u + half - u1);
    if (cost < least - 3) { least = cost; diagonal = [(u + v) * Math.SQRT1_2, (v - u) * Math.SQRT1_2]; }
  }
  return { spots, diagonal };
}
