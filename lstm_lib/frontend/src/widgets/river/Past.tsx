// Efficiency in the test years by how many days of weather a network reads, every seed a dot.
import type { JSX } from "preact";
import type { View } from "../../host/widget.tsx";
import { linear } from "../../ui/scale.ts";
import { logarithmic } from "../horizon/layout.ts";
import { Series } from "../horizon/Series.tsx";
import { EFFICIENCIES, MARKS, NETWORKS, PASTS } from "./data.ts";
import type { RiverState } from "./state.ts";

const LEVELS = [0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

export function Past({ view, width, network, past }: { view: View<RiverState>; width: number; network: string; past: number }): JSX.Element {
  const { t, num } = view, left = 34, right = width - 50, top = 12, bottom = 176, y = linear([LEVELS[0], LEVELS[LEVELS.length - 1]], [bottom, top]), x = logarithmic([10, 365], [left + 14, right - 8]);
  const values = NETWORKS.map((name) => `${name.toUpperCase()}: ${EFFICIENCIES[name].map((one) => t("river.see.at", { value: num(one.mean), past: one.at })).join(", ")}`).join("; ");
  return (
    <svg class="past" width={width} height={bottom + 44} viewBox={`0 0 ${width} ${bottom + 44}`} role="img" aria-label={t("river.by_past_label", { values })}>
      {LEVELS.map((level) => (
        <g key={level}>
          <path class="level" d={`M${left},${y(level)}H${right}`} />
          <text class="axis" x={left - 6} y={y(level) + 4.5} text-anchor="end">{num(level, { digits: 1 })}</text>
        </g>
      ))}
      {PASTS["lstm"].map((at) => (
        <g key={at}>
          <path class="tick" d={`M${x(at)},${bottom}v5`} />
          <text class={`axis${at === past && network !== "ridge" ? " now" : ""}`} x={x(at)} y={bottom + 19} text-anchor="middle">{at}</text>
        </g>
      ))}
      <text class="axis" x={left} y={bottom + 38}>{t("river.past_axis")}</text>
      {NETWORKS.map((name) => {
        const points = EFFICIENCIES[name], last = points[points.length - 1], chosen = name === network;
        return (
          <g key={name} class={chosen ? "of chosen" : "of"}>
            <Series network={MARKS[name]!} points={points} x={x} y={y} seeds selected={chosen} />
            <text class="end" x={x(last.at) + 12} y={y(last.mean) + 5}>{name.toUpperCase()}</text>
          </g>
        );
      })}
    </svg>
  );
}
