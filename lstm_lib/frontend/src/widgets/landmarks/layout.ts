// Where the results stand in the time line: pure arithmetic, no drawing.
import { linear, round } from "../../ui/scale.ts";
import { AREAS, ROWS, type Row } from "./data.ts";

export interface Place { row: Row; x: number; y: number }
export interface Lane { area: string; y: number; places: Place[]; fair: Place[]; /** Right end of its name, and left end of what is written behind its marks. */ name: number; behind: number }
export interface Line { width: number; height: number; top: number; bottom: number; lane: number; from: number; to: number; x: (year: number) => number; lanes: Lane[]; places: Place[] }

/** The year of the first paper on the LSTM: the line begins there, not with the first result. */
const START = 1997;

/** One lane for each area, the earliest on top; results of one area and year stand beside each other, the name before the first. */
export function timeLine(width: number, roomy: boolean): Line {
  const lane = roomy ? 28 : 30, top = roomy ? 40 : 34, bottom = top + lane * AREAS.length, to = Math.max(...ROWS.map((row) => row.year));
  const scale = linear([START, to], [roomy ? 16 : 14, width - (roomy ? 22 : 16)]), x = (year: number) => round(scale(year)), apart = roomy ? 12 : 10.5;
  const lanes = AREAS.map((area, k): Lane => {
    const own = ROWS.filter((row) => row.area === area), y = top + lane * (k + 0.5);
    const places = own.map((row) => {
      const beside = own.filter((other) => other.year === row.year);
      return { row, x: round(x(row.year) + (beside.indexOf(row) - (beside.length - 1) / 2) * apart), y };
    });
    const fair = places.filter(({ row }) => row.fair), last = fair[fair.length - 1];
    return { area, y, places, fair, name: places[0].x - 12, behind: last ? 12 + Math.max(...places.filter(({ row }) => row.year === last.row.year).map((one) => one.x)) : 0 };
  });
  return { width, height: bottom + 28, top, bottom, lane, from: START, to, x, lanes, places: lanes.flatMap((one) => one.places) };
}

/** The nearest of the places to a point; a lane counts more than a year. */
export function nearest(places: Place[], x: number, y: number): Place {
  const far = (place: Place) => Math.hypot(place.x - x, (place.y - y) * 1.5);
  return places.reduce((best, place) => (far(place) < far(best) ? place : best));
}

/** Results in time, those of a year from the upper lane to the lower. */
export const inTime = (rows: Row[]): Row[] => [...rows].sort((a, b) => a.year - b.year || AREAS.indexOf(a.area) - AREAS.indexOf(b.area));

/** The result of the next lane above (-1) or below (1) that is nearest in time; the same where there is none. */
export function otherLane(rows: Row[], row: Row, by: 1 | -1): Row {
  for (let k = AREAS.indexOf(row.area) + by; k >= 0 && k < AREAS.length; k += by) {
    const there = rows.filter((other) => other.area === AREAS[k]);
    if (there.length) return there.reduce((best, one) => (Math.abs(one.year - row.year) < Math.abs(best.year - row.year) ? one : best));
  }
  return row;
}
