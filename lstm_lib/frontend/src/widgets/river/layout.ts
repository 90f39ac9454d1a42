// Where days and flows stand: pure arithmetic. figures/river.py draws the same.
import { clamp, linear, round } from "../../ui/scale.ts";
import { COUNT } from "./data.ts";

/** Days that the large drawing shows, and how many of them lie before the chosen one where there are as many. */
export const SHOWN = 120, BEFORE = 96;
/** Upper end of the flow's axis, m³/s: round, above all that was measured or predicted. */
export const MOST = 300;
export const LEVELS = [0, 100, 200, 300];
/** Ticks of the rain's axis, mm. */
export const RAIN_LEVELS = [20, 40];
const RAIN_ROOM = 60, RAIN_MOST = 40; // px and mm

export interface Place { roomy: boolean; from: number; to: number; left: number; right: number; top: number; bottom: number; height: number; x: (day: number) => number; y: (flow: number) => number; rain: (mm: number) => number; step: number }

export const windowFrom = (day: number): number => clamp(day - BEFORE, 0, COUNT - 1 - SHOWN);

/** The days from `from` on in a drawing of this width. */
export function place(from: number, width: number): Place {
  const roomy = width >= 600, to = from + SHOWN, left = roomy ? 40 : 32, right = width - (roomy ? 76 : 18), top = 24, bottom = roomy ? 300 : 250;
  const along = linear([from, to], [left + 4, right]), up = linear([0, MOST], [bottom, top]);
  return { roomy, from, to, left, right, top, bottom, height: bottom + 44, x: (at) => round(along(at)), y: (flow) => round(up(flow)), rain: (mm) => round((RAIN_ROOM * mm) / RAIN_MOST), step: (right - left - 4) / SHOWN };
}
