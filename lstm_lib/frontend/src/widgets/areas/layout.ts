// Where things stand in the drawing of an area: pure arithmetic. figures/areas.py draws the same.
import { linear, round } from "../../ui/scale.ts";
import { aboutOf, entries, isTask, paper } from "./data.ts";

export interface Place { roomy: boolean; left: number; right: number; top: number; row: number; bottom: number; height: number; x: (value: number) => number; /** Centre of a line's marks. */ y: (k: number) => number; /** Top of a line. */ above: (k: number) => number; /** Right ends of mean, parameters, seconds. */ columns: number[] }

/** Lines one under the other; where there is little room, each has its name above its marks. */
export function place(area: string, length: number, width: number): Place {
  const roomy = width >= 640, all = entries(area, length), networks = all.filter((entry) => entry.network).length;
  const left = roomy ? 196 : 8, right = roomy ? width - 258 : width - 10, top = roomy || paper(area, length) ? 26 : 10, row = roomy ? 40 : 60, gap = networks < all.length ? 14 : 0;
  const { axis } = aboutOf(area), log = isTask(area), to = (value: number) => (log ? Math.log(value) : value);
  const scale = linear([to(axis[0]), to(axis[1])], [left, right]), bottom = top + row * all.length + gap;
  const above = (k: number) => top + row * k + (k >= networks ? gap : 0);
  return {
    roomy, left, right, top, row, bottom, height: bottom + 46, x: (value) => round(scale(to(value))),
    y: (k) => above(k) + (roomy ? row / 2 + 3 : row - 14), above,
    columns: [width - 182, width - 88, width - 8],
  };
}

/** Marks that would cover one another stand above and below: the height of each, 0 for the first there. */
export function stacked(xs: number[], apart: number): number[] {
  const placed: [number, number][] = [];
  for (const x of xs) {
    let k = 0;
    const offset = () => (k ? (k % 2 ? 1 : -1) * Math.ceil(k / 2) * apart : 0);
    while (placed.some(([other, dy]) => Math.abs(other - x) < apart && Math.abs(dy - offset()) < apart - 0.01)) k++;
    placed.push([x, offset()]);
  }
  return placed.map(([, dy]) => dy);
}

/** How far above the line the mark of the mean stands: over every dot that is near it, so that it hides none. */
export const meanLift = (xs: number[], offsets: number[], mean: number): number => Math.max(11, ...xs.map((x, k) => (Math.abs(x - mean) < 9 ? 9 - offsets[k] : 0)));

/** Where the words over a mark from `low` to `high` stand, so that they stay between `left` and `right`. */
export function labelPlace(left: number, right: number, low: number, high: number): { x: number; anchor: "start" | "middle" | "end" } {
  const share = ((low + high) / 2 - left) / (right - left);
  return share > 0.6 ? { x: high, anchor: "end" } : share < 0.4 ? { x: low, anchor: "start" } : { x: (low + high) / 2, anchor: "middle" };
}
