// The chosen day with the months before it: rain from above, measured and predicted flow, the days that the network read; below, all years.
import type { JSX } from "preact";
import { useMemo, useRef } from "preact/hooks";
import type { View } from "../../host/widget.tsx";
import { useDrag } from "../../ui/drag.ts";
import { NetworkMark } from "../../ui/NetworkMark.tsx";
import { Scrubber } from "../../ui/Scrubber.tsx";
import { apart, clamp, linePath, linear, round, thinPath } from "../../ui/scale.ts";
import { COUNT, MARKS, OBSERVED, PREDICTED, RAIN, TEMPERATURE, dateOf, pastOf } from "./data.ts";
import { LEVELS, MOST, RAIN_LEVELS, SHOWN, place, windowFrom } from "./layout.ts";
import type { RiverState } from "./state.ts";
import { dated, flowText, nameOf } from "./words.ts";

interface Props { view: View<RiverState>; width: number; day: number; model: string; go: (day: number) => void }

export function Days({ view, width, day, model, go }: Props): JSX.Element {
  const { t, num, hidden } = view, held = useRef<{ from: number; day: number } | null>(null);
  // The days stay where they are while a reader points at one of them, else the drawing would run away from the finger.
  const from = held.current?.day === day ? held.current.from : windowFrom(day), p = place(from, width), drawing = useRef<SVGSVGElement>(null), { network, past } = pastOf(model), said = PREDICTED[model][day], seen = OBSERVED[day];
  const days = Array.from({ length: SHOWN + 1 }, (_, k) => p.from + k), xs = days.map(p.x), line = (flows: number[]) => linePath(xs, days.map((at) => p.y(flows[at])));
  const still = useMemo(() => ({
    rain: days.map((at) => (RAIN[at] > 0 ? `M${p.x(at)},${p.top}v${p.rain(RAIN[at])}` : "")).join(""),
    cold: days.map((at) => (TEMPERATURE[at] < 0 ? `M${p.x(at)},${p.bottom + 4}v5` : "")).join(""),
    observed: line(OBSERVED), predicted: line(PREDICTED[model]), firsts: days.filter((at) => dateOf(at).day === 1),
  }), [p.from, width, model]);
  const toDay = (event: PointerEvent) => {
    const left = drawing.current!.getBoundingClientRect().left;
    const to = clamp(Math.round(p.from + (event.clientX - left - p.left - 4) / p.step), p.from, p.to);
    held.current = { from, day: to };
    go(to);
  };
  const key = (event: KeyboardEvent) => {
    const to: Record<string, number> = { ArrowLeft: day - 1, ArrowDown: day - 1, ArrowRight: day + 1, ArrowUp: day + 1, PageDown: day - 30, PageUp: day + 30, Home: 0, End: COUNT - 1 };
    if (!(event.key in to)) return;
    event.preventDefault();
    if (held.current?.day === day && to[event.key] >= p.from && to[event.key] <= p.to) held.current.day = to[event.key];
    go(to[event.key]);
  };
  const mark = MARKS[network], x = p.x(day), read = Math.max(p.from, day + 1 - past), left = x > (p.left + p.right) * 0.6 && width < 600;
  const levels = apart([p.y(seen), p.y(said)], 20, p.top + 12, p.bottom - 4), label = { x: left ? x - 12 : x + 12, "text-anchor": left ? "end" as const : "start" as const };
  const heard = t("river.heard", { date: dated(day, view), observed: flowText(seen, view), predicted: flowText(said, view) });
  return (
    <>
      <div class="canvas">
        <input class="keys" type="range" min={0} max={COUNT - 1} value={day} aria-label={t("river.keys")} aria-valuetext={heard} onKeyDown={key} onInput={(event) => go(Number(event.currentTarget.value))} />
        <svg ref={drawing} width={width} height={p.height} viewBox={`0 0 ${width} ${p.height}`} role="img" aria-label={t("river.plot", { date: dated(day, view) })} {...useDrag(toDay)}>
          <rect class="read" x={p.x(read) - p.step / 2} y={p.top} width={Math.max(2, x - p.x(read) + p.step)} height={p.bottom - p.top} />
          {LEVELS.map((level) => (
            <g key={level}>
              <path class={level ? "level" : "ground"} d={`M${p.left},${p.y(level)}H${p.right}`} />
              <text class="axis" x={p.left - 6} y={p.y(level) + 4.5} text-anchor="end">{num(level, { digits: 0 })}</text>
            </g>
          ))}
          <text class="axis" x={0} y={10}>{t("river.axis")}</text>
          <text class="axis" x={p.right + (p.roomy ? 26 : 18)} y={10} text-anchor="end">{t("river.rain")}</text>
          {RAIN_LEVELS.map((mm) => (
            <g key={mm}>
              <path class="tick" d={`M${p.right},${p.top + p.rain(mm)}h4`} />
              <text class="axis" x={p.right + (p.roomy ? 26 : 18)} y={p.top + p.rain(mm) + 4.5} text-anchor="end">{num(mm, { digits: 0 })}</text>
            </g>
          ))}
          <path class="rain" d={still.rain} style={{ strokeWidth: Math.max(1.5, p.step * 0.6) }} />
          <path class="cold" d={still.cold} style={{ strokeWidth: p.step }} />
          {still.firsts.map((at, k) => {
            const { month, year } = dateOf(at);
            return (
              <g key={at}>
                <path class="tick" d={`M${p.x(at)},${p.bottom}v14`} />
                <text class="axis" x={p.x(at) + 4} y={p.bottom + 26}>{t(`river.month.${month}`).slice(0, 3)}{k === 0 || month === 1 ? ` ${year}` : ""}</text>
              </g>
            );
          })}
          <path class="day" d={`M${x},${p.top}V${p.bottom}`} />
          <path class="observed" d={still.observed} />
          <path class="predicted" d={still.predicted} />
          <circle class="seen" cx={x} cy={p.y(seen)} r={4.5} />
          <g class="said">{mark ? <NetworkMark network={mark} x={x} y={p.y(said)} size={5} /> : <path class="bar" d={`M${x - 7},${p.y(said)}h14`} />}</g>
          <text class="value" {...label} y={levels[0] + 5}>{flowText(seen, view)}</text>
          <text class="value said" {...label} y={levels[1] + 5}>{flowText(said, view)}</text>
        </svg>
      </div>
      <p class="legend">
        <span><svg width="26" height="10" viewBox="0 0 26 10" aria-hidden="true"><path class="observed" d="M1,5H25" /></svg>{t("river.observed")}</span>
        <span><svg width="26" height="10" viewBox="0 0 26 10" aria-hidden="true"><path class="predicted" d="M1,5H25" /></svg>{nameOf(model, view)}</span>
        <span><svg width="18" height="12" viewBox="0 0 18 12" aria-hidden="true"><rect class="read" width="18" height="12" /></svg>{t("river.key_read")}</span>
        <span><svg width="18" height="8" viewBox="0 0 18 8" aria-hidden="true"><path class="cold" d="M0,4H18" style={{ strokeWidth: 5 }} /></svg>{t("river.key_cold")}</span>
      </p>
      {!hidden("scrubber") && <Years {...{ view, width, day, from, go }} />}
    </>
  );
}

/** All test years, over the slider whose days stand where theirs do. */
function Years({ view, width, day, from, go }: Omit<Props, "model"> & { from: number }): JSX.Element {
  const { t } = view, high = 52, x = useMemo(() => linear([0, COUNT - 1], [12, width - 12]), [width]), p = place(from, width);
  const path = useMemo(() => { const y = linear([0, MOST], [high, 12]); return thinPath(OBSERVED.map((_, at) => x(at)), OBSERVED.map(y)); }, [x]);
  const firsts = useMemo(() => OBSERVED.flatMap((_, at) => { const { day: d, month, year } = dateOf(at); return d === 1 && month === 1 ? [{ at, year }] : []; }), []);
  return (
    <div class="years">
      <svg width={width} height={high + 4} viewBox={`0 0 ${width} ${high + 4}`} aria-hidden="true">
        <rect class="window" x={round(x(p.from))} y={0} width={round(x(p.to) - x(p.from))} height={high} />
        <path class="observed thin" d={path} />
        {firsts.map(({ at, year }) => <g key={at}><path class="tick" d={`M${round(x(at))},0v${high}`} /><text class="axis" x={round(x(at)) + 5} y={12}>{year}</text></g>)}
      </svg>
      <Scrubber value={day} min={0} max={COUNT - 1} dots={false} label={t("river.scrub")} valueText={(at) => dated(at, view)} onInput={go} />
    </div>
  );
}
