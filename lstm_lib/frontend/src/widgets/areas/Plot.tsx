// Every network and baseline of an area in a line of its own, on one axis: each seed a dot, a cross where the task was never
// learned, the range between the seeds as a band, above it the network's mark at their mean. In a task of 1997, what the LSTM of the
// paper needed stands behind all lines.
import type { JSX } from "preact";
import { useMemo, useRef } from "preact/hooks";
import type { View } from "../../host/widget.tsx";
import { useDrag } from "../../ui/drag.ts";
import { NetworkMark } from "../../ui/NetworkMark.tsx";
import { clamp, round } from "../../ui/scale.ts";
import { aboutOf, entries, isTask, markName, paper, type Entry } from "./data.ts";
import { labelPlace, meanLift, place, stacked, type Place } from "./layout.ts";
import type { AreasState } from "./state.ts";
import { meanText, metricText, nameOf, paperText, parametersText, secondsText, ticked } from "./words.ts";

export function Plot({ view, width, area, length, chosen, pick }: {
  view: View<AreasState>; width: number; area: string; length: number; chosen: Entry; pick: (entry: Entry) => void;
}): JSX.Element {
  const { t } = view, all = entries(area, length), at = all.indexOf(chosen), drawing = useRef<SVGSVGElement>(null);
  const p = useMemo(() => place(area, length, width), [area, length, width]);
  const ticks = p.roomy || !isTask(area) ? aboutOf(area).ticks : aboutOf(area).ticks.filter((_, k) => k % 2 === 0);
  const toRow = (event: PointerEvent) => {
    const y = event.clientY - drawing.current!.getBoundingClientRect().top +  - p.row / 2, far = (k: number) => Math.abs(p.above(k) - y);
    pick(all[all.reduce((near, _, k) => (far(k) < far(near) ? k : near), 0)]);
  };
  const key = (event: KeyboardEvent) => {
    const to: Record<string, number> = { ArrowUp: at - 1, ArrowLeft: at - 1, ArrowDown: at + 1, ArrowRight: at + 1, Home: 0, End: all.length - 1 };
    if (!(event.key in to)) return;
    event.preventDefault();
    pick(all[clamp(to[event.key], 0, all.length - 1)]);
  };
  return (
    <div class="canvas">
      <input class="keys" type="range" min={0} max={all.length - 1} value={at} aria-orientation="vertical" aria-label={t("areas.keys")} onKeyDown={key}
        aria-valuetext={t("areas.heard", { name: nameOf(chosen, view), mean: meanText(area, chosen, view) })} onInput={(event) => pick(all[Number(event.currentTarget.value)])} />
      <svg ref={drawing} width={width} height={p.height} viewBox={`0 0 ${width} ${p.height}`} role="img" aria-label={t("areas.plot", { metric: metricText(area, view) })} {...useDrag(toRow)}>
        <PaperBand {...{ p, area, length }} />
        <rect class="here" x={0} y={p.above(at) + 1} width={width} height={p.row - 2} />
        {ticks.map((value) => (
          <g key={value}>
            <path class="level" d={`M${p.x(value)},${p.top}V${p.bottom}`} />
            <text class="axis" x={p.x(value)} y={p.bottom + 18} text-anchor={p.roomy ? "middle" : value === ticks[0] ? "start" : value === ticks[ticks.length - 1] ? "end" : "middle"}>{ticked(area, value, view)}</text>
          </g>
        ))}
        <Paper {...{ view, p, area, length }} />
        {p.roomy && ["mean", "parameters", "seconds"].map((name, k) => <text key={name} class="axis head" x={p.columns[k]} y={p.top - 8} text-anchor="end">{t(`areas.column_${name}`)}</text>)}
        <text class="axis metric" x={p.left} y={p.bottom + 38}>{metricText(area, view)}</text>
        {all.map((entry, k) => <Row key={`${area}-${length}-${entry.key}`} {...{ view, p, area, entry }} y={p.y(k)} chosen={entry === chosen} />)}
      </svg>
    </div>
  );
}

/** Behind everything: from the fewest to the most sequences of the paper, where it prints several. */
function PaperBand({ p, area, length }: { p: Place; area: string; length: number }): JSX.Element | null {
  const needed = paper(area, length);
  return needed && needed[1] > needed[0] ? <rect class="paper-band" x={p.x(needed[0])} y={p.top} width={round(p.x(needed[1]) - p.x(needed[0]))} height={p.bottom - p.top} /> : null;
}

/** What the LSTM of the paper needed for the same task: dashed lines under their label. */
function Paper({ view, p, area, length }: { view: View<AreasState>; p: Place; area: string; length: number }): JSX.Element | null {
  const needed = paper(area, length);
  if (!needed) return null;
  const [low, high] = needed.map(p.x), { x, anchor } = labelPlace(p.left, p.right, low, high);
  return (
    <g class="paper">
      <path d={[...new Set([low, high])].map((at) => `M${at},${p.top - 3}V${p.bottom}`).join("")} />
      <text class="axis head" x={x} y={p.top - 8} text-anchor={anchor}>{view.t("areas.paper", { value: paperText(area, length, view) })}</text>
    </g>
  );
}

function Row({ view, p, area, entry, y, chosen }: { view: View<AreasState>; p: Place; area: string; entry: Entry; y: number; chosen: boolean }): JSX.Element {
  const mark = markName(entry), xs = entry.values.map(p.x), dot = 6, high = stacked(xs, dot * 0.9), low = Math.min(...xs), top = Math.max(...xs), name = y + (p.roomy ? 2 : -24);
  const mean = entry.mean === null ? null : p.x(entry.mean), dots = entry.learned.map((learned, k) => (learned ? `M${xs[k]},${round(y + high[k])}h0` : "")).join("");
  const crosses = entry.learned.map((learned, k) => (learned ? "" : `M${xs[k]},${round(y + 1.6 * high[k])}m-3,-3l6,6m0,-6l-6,6`)).join("");
  return (
    <g class={`entry${chosen ? " chosen" : ""}`} data-entry={entry.key}>
      {mark && <NetworkMark network={mark} x={p.roomy ? 14 : p.left + 6} y={name - 5} />}
      <text class="name" x={p.roomy ? 28 : p.left + (mark ? 20 : 0)} y={name}>{nameOf(entry, view)}</text>
      <path class="rail" d={`M${p.left},${y}H${p.right}`} />
      {top > low && <path class="span" d={`M${low},${y}H${top}`} />}
      {entry.network ? mean !== null && entry.values.length > 1 && mark && <NetworkMark network={mark} x={mean} y={y - meanLift(xs, high, mean)} /> : <path class="bar" d={`M${xs[0]},${y - 9}v18`} />}
      {entry.network && dots && <path class="seeds" d={dots} style={{ strokeWidth: dot }} />}
      {crosses && <><path class="around" d={crosses} /><path class="crosses" d={crosses} /></>}
      <text class="mean" x={p.roomy ? p.columns[0] : p.right} y={name} text-anchor="end">{meanText(area, entry, view)}</text>
      {p.roomy && <text class="more" x={p.columns[1]} y={name} text-anchor="end">{parametersText(entry, view)}</text>}
      {p.roomy && <text class="more" x={p.columns[2]} y={name} text-anchor="end">{secondsText(entry, view)}</text>}
    </g>
  );
}
