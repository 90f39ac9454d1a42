// One network in a plot: the range of its seeds as a band, the mean as a line, every seed as a dot, or as a cross where it
// is right in the window of its training but not at every distance.
import type { JSX } from "preact";
import { NetworkMark, dashOf, markOf } from "../../ui/NetworkMark.tsx";
import { linePath, round } from "../../ui/scale.ts";
import type { Spread } from "./data.ts";

export interface SeriesProps {
  network: string;
  points: Spread[];
  x: (at: number) => number;
  y: (share: number) => number;
  seeds: boolean;
  selected?: boolean;
  /** Join the marks of each seed: for one network alone, whose seeds do different things. */
  joined?: boolean;
  /** Size of the mark at each mean. */
  size?: number;
}

/** Seeds beside each other where they would cover one another: equal values are put in a row. */
export function seedPlaces(values: number[], y: (share: number) => number, apart: number): [number, number][] {
  const placed: [number, number][] = [];
  for (const value of values) {
    const level = y(value);
    let k = 0;
    const offset = () => (k ? (k % 2 ? 1 : -1) * Math.ceil(k / 2) * apart : 0);
    while (placed.some(([dx, other]) => Math.abs(other - level) < apart && Math.abs(dx - offset()) < apart - 0.01)) k++;
    placed.push([offset(), level]);
  }
  return placed;
}

export function Series({ network, points, x, y, seeds, selected = false, joined = false, size = 4.5 }: SeriesProps): JSX.Element {
  const xs = points.map((p) => x(p.at)), style = markOf(network), dot = selected ? 4.4 : 3.2;
  const back = points.map((p, k): [number, number] => [xs[k], y(p.low)]).reverse();
  const band = points.length > 1 ? linePath([...xs, ...back.map(([x]) => x)], [...points.map((p) => y(p.high)), ...back.map(([, y]) => y)]) + "Z" : "";
  // Dots are the round ends of strokes without length: one path for all dots, one for all crosses.
  const arm = selected ? 3.2 : 2.6;
  let dots = "", crosses = "";
  points.forEach((p, k) => seedPlaces(p.values, y, dot * 0.9).forEach(([dx, level], seed) => {
    const at = `${round(xs[k] + dx)},${round(level)}`;
    if (p.kinds[seed] === "window") crosses += `M${at}m${-arm},${-arm}l${2 * arm},${2 * arm}m0,${-2 * arm}l${-2 * arm},${2 * arm}`;
    else dots += `M${at}h0`;
  }));
  return (
    <g class={`series${selected ? " chosen" : ""}`} data-network={network}>
      {band && <path class="band" d={band} />}
      {points.length === 1 && points[0].high > points[0].low && <path class="span" d={`M${xs[0]},${y(points[0].low)}V${y(points[0].high)}`} />}
      {seeds && joined && <path class="each" d={points[0]?.values.map((_, seed) => linePath(xs, points.map((p) => y(p.values[seed] ?? p.mean)))).join("")} />}
      {points.length > 1 && <path class="line" d={linePath(xs, points.map((p) => y(p.mean)))} style={{ strokeWidth: style.width, strokeDasharray: dashOf(network) }} />}
      {points.map((p, k) => <NetworkMark key={p.at} network={network} x={xs[k]} y={y(p.mean)} size={size} />)}
      {seeds && dots && <path class="seeds" d={dots} style={{ strokeWidth: dot }} />}
      {seeds && crosses && <path class="crosses" d={crosses} />}
    </g>
  );
}
