// Where things stand in the drawing of an area: pure arithmetic. figures/areas.py draws the same.
import { linear, round } from "../../ui/scale.ts";
import { aboutOf, entries, isTask } from "./data.ts";

export interface Place { roomy: boolean; left: number; right: number; top: number; row: number; bottom: number; height: number; x: (value: number) => number; /** Centre of a line's marks. */ y: (k: number) => number; /** Right ends of mean, parameters, seconds. */ columns: number[] }

/** Lines one under the other; where there is little room, each has its name above its marks. */
export function place(area: string, length: number, width: number): Place {
  const roomy = width >= 640, all = entries(area, length), networks = all.filter((entry) => entry.network).length;
  const left = roomy ? 196 : 8, right = roomy ? width - 258 : width - 10, top = 10, row = roomy ? 36 : 56, gap = networks < all.length ? 14 : 0;
  const { axis } = aboutOf(area), log = isTask(area), to = (value: number) => (log ? Math.log(value) : value);
  const scale = linear([to(axis[0]), to(axis[1])], [left, right]), bottom = top + row * all.length + gap;
  return {
    roomy, left, right, top, row, bottom, height: bottom + 46, x: (value) => round(scale(to(value))),
    y: (k) => top + row * k + (k >= networks ? gap : 0) + (roomy ? row / 2 : row - 16),
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
