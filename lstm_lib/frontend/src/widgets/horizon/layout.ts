// Where things stand in the plots: pure arithmetic, no drawing.
import { linear, type Scale } from "../../ui/scale.ts";
import { LAGS, MIXTURE } from "./state.ts";

export interface Plot { width: number; height: number; left: number; right: number; top: number; bottom: number; y: Scale }

export function plot(width: number, height: number, floor: number, left: number, end: number, top = 30): Plot {
  const bottom = height - 46;
  return { width, height, left, right: width - end, top, bottom, y: linear([floor, 1], [bottom, top]) };
}

/** A logarithmic axis: equal ratios are equal lengths. */
export function logarithmic(domain: [number, number], range: [number, number]): (value: number) => number {
  const inner = linear([Math.log(domain[0]), Math.log(domain[1])], range);
  return (value) => inner(Math.log(value));
}

/** x of the mixture's column and of every lag. */
export function lagAxis(main: Plot): { x: (lag: number) => number; start: number; apart: number } {
  const roomy = main.width >= 480, mixture = main.left + (roomy ? 30 : 18), start = mixture + (roomy ? 52 : 34);
  const along = logarithmic([LAGS[0], LAGS[LAGS.length - 1]], [start, main.right - (roomy ? 12 : 8)]);
  return { x: (lag) => (lag === MIXTURE ? mixture : along(lag)), start, apart: along(25) - along(20) };
}

/** Horizontal offsets that keep several networks' marks at the same lag apart. */
export function dodge(count: number, room: number): number[] {
  const step = count > 1 ? Math.min(5, room / (count - 1)) : 0;
  return Array.from({ length: count }, (_, k) => (k - (count - 1) / 2) * step);
}

/** Which of the tick labels to print: the wanted first, then the ends, then whatever has room. */
export function labelled(places: readonly number[], x: (value: number) => number, room: number, wanted: number[] = []): Set<number> {
  const kept: number[] = [];
  for (const value of [...wanted, places[0], places[places.length - 1], ...places]) {
    if (places.includes(value) && kept.every((other) => Math.abs(x(other) - x(value)) >= room)) kept.push(value);
  }
  return new Set(kept);
}
