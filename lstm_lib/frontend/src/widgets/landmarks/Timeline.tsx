// Every result in its area's lane, at its year: a disc where the error removed can be told, a ring where it cannot. The lanes begin
// one after the other, so their names stand before their first marks.
import type { JSX } from "preact";
import { useMemo, useRef } from "preact/hooks";
import type { View } from "../../host/widget.tsx";
import { useDrag } from "../../ui/drag.ts";
import { AREAS, EVENTS, ROWS, type Row } from "./data.ts";
import { inTime, nearest, otherLane, timeLine } from "./layout.ts";
import type { LandmarksState } from "./state.ts";
import { areaName, outcomeText, shareText, textOf } from "./words.ts";

const NEAR = 26; // px: a press farther from every mark chooses nothing

export function Timeline({ view, width, rows, row, area, pick, only }: {
  view: View<LandmarksState>; width: number; rows: Row[]; row: Row; area: string; pick: (row: Row) => void; only: (area: string) => void;
}): JSX.Element {
  const { t } = view, roomy = width >= 640, drawing = useRef<SVGSVGElement>(null), line = useMemo(() => timeLine(width, roomy), [width, roomy]);
  const shown = useMemo(() => inTime(rows), [rows]), at = shown.indexOf(row), place = line.places.find((one) => one.row === row)!;
  const toRow = (event: PointerEvent) => {
    const box = drawing.current!.getBoundingClientRect(), x = event.clientX - box.left, y = event.clientY - box.top, found = nearest(line.places, x, y);
    if (Math.hypot(found.x - x, found.y - y) <= NEAR) pick(found.row);
  };
  const key = (event: KeyboardEvent) => {
    const to: Record<string, Row | undefined> = {
      ArrowLeft: shown[Math.max(0, at - 1)], ArrowRight: shown[Math.min(shown.length - 1, at + 1)], Home: shown[0], End: shown[shown.length - 1],
      ArrowUp: otherLane(rows, row, -1), ArrowDown: otherLane(rows, row, 1),
    };
    if (!to[event.key]) return;
    event.preventDefault();
    pick(to[event.key]!);
  };
  const years = Array.from({ length: line.to - line.from + 1 }, (_, k) => line.from + k), step = roomy ? 3 : 9;
  const printed = (year: number) => year === row.year || ((year - line.from) % step === 0 && Math.abs(line.x(year) - line.x(row.year)) > 36);
  const first = Math.min(...ROWS.map((one) => one.year)), label = t("landmarks.timeline_label", { rows: ROWS.length, areas: AREAS.length, first, last: line.to });
  const heard = t("landmarks.heard", { year: row.year, area: areaName(row.area, view), data: textOf(row, "data", view), outcome: outcomeText(row, view) });
  return (
    <div class="canvas">
      <input class="keys" type="range" min={0} max={Math.max(0, shown.length - 1)} value={at} aria-label={t("landmarks.keys")} aria-valuetext={heard} onKeyDown={key}
        onInput={(event) => pick(shown[Number(event.currentTarget.value)])} />
      <svg ref={drawing} width={width} height={line.height} viewBox={`0 0 ${width} ${line.height}`} role="img" aria-label={label} {...useDrag(toRow)}>
        {EVENTS.filter((event) => roomy || event.year === line.from || event.year > first).map((event) => {
          const x = line.x(event.year), early = event.year < first;
          return (
            <g key={event.key} class="event">
              <path d={`M${x},${line.top - 14}V${early ? line.top + line.lane : line.bottom}`} />
              <text class="axis" x={early ? x - 4 : x} y={line.top - 20} text-anchor={early ? "start" : "middle"}>{t(`landmarks.event.${event.key}`)}</text>
            </g>
          );
        })}
        <path class="drop" d={`M${line.x(row.year)},${place.y + 9}V${line.bottom}`} />
        {line.lanes.map((lane) => (
          <g key={lane.area} data-area={lane.area} class={`lane${area && area !== lane.area ? " off" : ""}${lane.area === area ? " only" : ""}${lane.area === row.area ? " here" : ""}`}>
            {lane.places.length > 1 && <path class="span" d={`M${lane.places[0].x},${lane.y}H${lane.places[lane.places.length - 1].x}`} />}
            <text class="name" aria-hidden="true" x={lane.name} y={lane.y + 4.5} text-anchor="end" onPointerDown={(event) => event.stopPropagation()} onClick={() => only(lane.area === area ? "" : lane.area)}>{areaName(lane.area, view)}</text>
            {lane.places.map((one) => <circle key={one.row.id} class={`result${one.row.fair ? " fair" : ""}${one.row === row ? " chosen" : ""}`} data-row={one.row.id} cx={one.x} cy={lane.y} r={one.row === row ? 6 : 4.75} />)}
            {roomy && lane.fair.length > 0 && <text class="axis share" x={lane.behind} y={lane.y + 4.5}>{lane.fair.map((one) => shareText(one.row, view)).join(" · ")}</text>}
          </g>
        ))}
        <path class="base-line" d={`M${line.x(line.from)},${line.bottom}H${line.x(line.to)}`} />
        {years.map((year) => (
          <g key={year}>
            <path class="tick" d={`M${line.x(year)},${line.bottom}v4`} />
            {printed(year) && <text class={`axis${year === row.year ? " now" : ""}`} x={line.x(year)} y={line.bottom + 20} text-anchor="middle">{year}</text>}
          </g>
        ))}
      </svg>
      <Key view={view} />
    </div>
  );
}

/** What disc and ring mean. */
function Key({ view: { t } }: { view: View<LandmarksState> }): JSX.Element {
  return (
    <p class="legend">
      {["fair", "unfair"].map((kind) => <span key={kind}><svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true"><circle class={`result ${kind}`} cx="6" cy="6" r="4.75" /></svg>{t(`landmarks.key_${kind}`)}</span>)}
    </p>
  );
}
