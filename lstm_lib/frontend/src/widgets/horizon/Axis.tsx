// The accuracy axis that all the plots share: rules, numbers, and the chance line with its name.
import type { JSX } from "preact";
import { useWidget } from "../../host/widget.tsx";
import { CHANCE } from "./data.ts";
import type { Plot } from "./layout.ts";

/** Ten by ten, or in quarters when the axis goes far down. */
export function levels(floor: number): number[] {
  const step = floor < 0.3 ? 0.25 : 0.1, out: number[] = [];
  for (let level = 1; level >= floor - 1e-9; level -= step) out.push(Math.round(level * 100) / 100);
  return out;
}

export function Levels({ plot, floor, numbers, chanceAt }: { plot: Plot; floor: number; numbers: boolean; chanceAt?: number }): JSX.Element {
  const { t, num, percent } = useWidget(), { left, right, y } = plot;
  return (
    <g aria-hidden="true">
      {levels(floor).map((level) => (
        <g key={level}>
          {level !== CHANCE && <path class="level" d={`M${left},${y(level)}H${right}`} />}
          {numbers && <text class="axis" x={left - 8} y={y(level) + 4.5} text-anchor="end">{level === 1 ? percent(1) : num(level * 100, { digits: 0 })}</text>}
        </g>
      ))}
      <path class="chance" d={`M${left},${y(CHANCE)}H${right}`} />
      {chanceAt !== undefined && <text class="axis chance-name halo" x={chanceAt} y={y(CHANCE) + 17}>{t("horizon.chance", { share: percent(CHANCE) })}</text>}
    </g>
  );
}

/** Numbers under an axis; the selected one in ink. */
export function Ticks({ plot, places, x, shown, current, text = String }: {
  plot: Plot; places: readonly number[]; x: (value: number) => number; shown: Set<number>; current?: number; text?: (value: number) => string;
}): JSX.Element {
  return (
    <g aria-hidden="true">
      {places.map((value) => (
        <g key={value}>
          <path class="tick" d={`M${x(value)},${plot.bottom}v5`} />
          {shown.has(value) && <text class={`axis${value === current ? " now" : ""}`} x={x(value)} y={plot.bottom + 20} text-anchor="middle">{text(value)}</text>}
        </g>
      ))}
    </g>
  );
}
