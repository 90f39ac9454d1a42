// The distance between the two readings, word by word, on an absolute axis; what became of it stands at the line's end.
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { useWidget } from "../../host/widget.tsx";
import { Rich } from "../../ui/Rich.tsx";
import { Scrubber } from "../../ui/Scrubber.tsx";
import { useDrag } from "../../ui/drag.ts";
import { useSize } from "../../ui/hooks.ts";
import { shortened } from "../../ui/format.ts";
import { clamp, round } from "../../ui/scale.ts";
import { apart, linearAxis, logAxis, markedSteps, ribbon, runs, type Axis, type Tick } from "./layout.ts";
import { Marker, marks, type Mark } from "../../sentences/Marker.tsx";
import { useWords, writeDistance, writeShare, type Words } from "../../sentences/write.ts";
import type { Store } from "./store.ts";
import { shareAt, type Line } from "./trace.ts";
import { lineName, writeLeft } from "./write.ts";

/** The thinnest line that can be drawn; one of which all is left is `full` px thick. */
const LEAST = 1;

interface Frame { width: number; height: number; left: number; right: number; top: number; bottom: number; small: boolean; big: number; label: number; full: number; highway: number; mark: number }

function frameOf(width: number): Frame {
  const small = width < 520, medium = width < 760;
  const labels = small ? 132 : medium ? 176 : 214, height = small ? 400 : 440;
  return { width, height, left: small ? 40 : 58, right: width - labels, top: 34, bottom: height - 52, small, big: small ? 19 : 25, label: small ? 44 : 68,
    full: small ? 3.5 : 4.5, highway: small ? 4.5 : 5.5, mark: small ? 3.75 : 4.5 };
}

export function Chart({ store }: { store: Store }): JSX.Element {
  const widget = useWidget(), { t, hidden } = widget, words = useWords(), { ref, width } = useSize<HTMLDivElement>();
  const pair = store.pair.value!, lines = store.lines.value, step = store.step.value, T = pair.feminine.length;
  const scale = store.state.scale.value, frame = useMemo(() => frameOf(width), [width]);
  const axis = useMemo(() => (scale === "linear" ? linearAxis : logAxis)(lines, frame.top, frame.bottom), [lines, scale, frame]);
  const x = (k: number) => frame.left + 10 + (T > 1 ? (k / (T - 1)) * (frame.right - frame.left - 20) : 0);
  const positions = useMemo(() => pair.feminine.map((_, k) => x(k)), [T, frame]);
  const mark = useMemo(() => marks(store.state.models.value), [store.state.models.value]);
  const markOf = (line: Line): Mark => mark[store.state.models.value.indexOf(line.name)] ?? marks([line.name])[0];
  const still = hidden("scrubber"), language = words.language;
  const nearest = (px: number) => positions.reduce((best, at, k) => (Math.abs(at - px) < Math.abs(positions[best] - px) ? k : best), 0);
  const drag = useDrag((event) => { if (!still) store.setStep(nearest(event.clientX - ref.current!.getBoundingClientRect().left)); });

  const ground = useMemo(() => <Ground axis={axis} frame={frame} words={words} from={positions[pair.start]} />, [axis, frame, language, pair, positions]);
  const counts = useMemo(() => <Counts frame={frame} words={words} start={pair.start} positions={positions} noun={pair.feminine[pair.start]} />, [frame, language, pair, positions]);
  const curves = useMemo(() => lines.map((line) => <Curve key={`${line.name} ${line.unit}`} line={line} axis={axis} frame={frame} positions={positions} start={pair.start} mark={markOf(line)} />), [lines, axis, positions, mark]);
  const ends = useMemo(() => <Ends lines={lines} axis={axis} frame={frame} words={words} markOf={markOf} />, [lines, axis, frame, language, mark]);

  const cell = lines.find((line) => line.unit !== null);
  const word = pair.feminine[step], said = lines.map((line) => `${lineName(line, words)}: ${writeDistance(line.values[step], words)}`).join("; ");
  const label = lines.map((line) => t("difference.chart_line", {
    name: lineName(line, words), first: writeDistance(line.first, words), last: writeDistance(line.values[T - 1], words), verdict: t(`difference.verdict.${line.verdict}`),
  })).join(" ");
  return (
    <div class="chartbox">
      <p class="caption"><Rich text={t("difference.caption")} />{cell && <> <Rich text={t("difference.caption_cell", { unit: cell.unit! })} /></>}</p>
      <div ref={ref} class="chart">
        {!hidden("chart") && (
          <svg width={width} height={frame.height} viewBox={`0 0 ${width} ${frame.height}`} role="img" aria-label={t("difference.chart", { list: label })} class={still ? "still" : ""} {...drag}>
            {ground}
            <path class="now" d={`M${round(x(step))},${frame.top - 8}V${frame.height}`} />
            {counts}
            {curves}
            {ends}
            <Here lines={lines} axis={axis} frame={frame} words={words} step={step} start={pair.start} x={x(step)} word={word} last={step === T - 1} markOf={markOf} />
          </svg>
        )}
        {!still && T > 1 && (
          <Scrubber value={step} max={T - 1} label={t("difference.scrub")} positions={positions} onInput={store.setStep}
            valueText={(k) => (k === step ? t("difference.scrub_value", { word, number: k + 1, total: T, list: said }) : String(k + 1))} />
        )}
      </div>
    </div>
  );
}

function TickText({ tick, words, x }: { tick: Tick; words: Words; x: number }): JSX.Element {
  const { power, value, y } = tick, { num } = words;
  return (
    <text class="axis" x={x} y={round(y) + 4.5} text-anchor="end">
      {power === null ? num(value, { digits: value % 1 ? 1 : 0 }) : power === 0 ? "1" : power === 1 ? "10" : <>10<tspan dy="-5.5" class="power">{num(power, { digits: 0 })}</tspan></>}
    </text>
  );
}

/** Levels, the place of exact zeros, where only rounding is left, and where the main noun stands. */
function Ground({ axis, frame, words, from }: { axis: Axis; frame: Frame; words: Words; from: number }): JSX.Element {
  const { left, right, top, bottom } = frame, { t } = words;
  return (
    <>
      {axis.noise !== null && <>
        <rect class="noise" x={left} y={axis.noise} width={right - left} height={Math.max(0, axis.end - axis.noise)} />
        <text class="axis halo" x={right - 6} y={axis.noise - 7} text-anchor="end">{t("difference.noise")}</text>
      </>}
      {axis.ticks.map((tick) => <g key={tick.value}><path class={tick.value === 0 ? "base" : "level"} d={`M${left},${round(tick.y)}H${right}`} /><TickText tick={tick} words={words} x={left - 9} /></g>)}
      {axis.zero !== null && <>
        <path class="break" d={`M${left - 5},${axis.end + 11}l10,-6M${left - 5},${axis.end + 17}l10,-6`} />
        <path class="base" d={`M${left},${axis.zero}H${right}`} /><text class="axis" x={left - 9} y={axis.zero + 4.5} text-anchor="end">0</text>
        <text class="axis" x={right - 4} y={axis.zero - 6} text-anchor="end">{t("difference.zero")}</text>
      </>}
      {axis.zero === null && axis.ticks.every((tick) => tick.value !== 0) && <path class="base" d={`M${left},${bottom}H${right}`} />}
      <path class="start" d={`M${round(from)},${top}V${bottom}`} />
    </>
  );
}

/** How many words after the noun; above the hairline, so that it strikes out no number. */
function Counts({ frame, words, start, positions, noun }: { frame: Frame; words: Words; start: number; positions: number[]; noun: string }): JSX.Element {
  const { right, bottom, small } = frame, far = positions.length - 1 - start, marks: number[] = [];
  const every = far > 120 ? 50 : far > 24 ? (small ? 20 : 10) : small && far > 12 ? 10 : 5;
  for (let k = 0; k <= far; k += every) marks.push(k);
  return (
    <>
      {marks.map((k) => <g key={k}><path class="base" d={`M${round(positions[start + k])},${bottom}v5`} /><text class="axis halo" x={round(positions[start + k])} y={bottom + 20} text-anchor="middle">{k}</text></g>)}
      <text class="axis under halo" x={clamp(positions[start] - 4, 0, right)} y={bottom + 41}>{words.t("difference.x", { noun: shortened(noun) })}</text>
    </>
  );
}

/** A line as thick as what is left of its start: a logarithmic axis alone would make a thousandth look like a step. */
function Curve({ line, axis, frame, positions, start, mark }: { line: Line; axis: Axis; frame: Frame; positions: number[]; start: number; mark: Mark }): JSX.Element {
  const points = [...line.values].map((v, k) => [positions[k], axis.y(v)] as const), full = line.unit === null ? frame.full : frame.highway;
  const widths = [...line.values].map((_, k) => LEAST + (full - LEAST) * Math.min(1, shareAt(line, k) ?? 0));
  // On a logarithmic axis no slope leads to zero: what is exactly zero lies apart, joined by dots.
  const pieces = axis.zero === null ? [[0, points.length - 1]] : runs(line.values);
  const between = axis.zero === null ? [] : points.flatMap((_, k) => (k && (line.values[k] > 0) !== (line.values[k - 1] > 0) ? [k] : []));
  return (
    <g class={line.unit === null ? "curve" : "curve cell"}>
      {between.map((k) => <path key={k} class="drop" d={`M${points[k - 1]}L${points[k]}`} />)}
      {axis.zero !== null && points.map(([x, y], k) => line.values[k] === 0 && <circle key={k} class="nil" cx={x} cy={y} r={2} />)}
      <path class="ribbon" d={pieces.map(([a, b]) => ribbon(points.slice(a, b + 1), widths.slice(a, b + 1))).join("")} />
      {line.unit === null && markedSteps(start, positions.length).map((k) => <Marker key={k} mark={mark} x={points[k][0]} y={points[k][1]} size={frame.mark} />)}
    </g>
  );
}

/** Verdict, name and share at the ends of the lines, moved apart where they would cover each other. */
function Ends({ lines, axis, frame, words, markOf }: { lines: readonly Line[]; axis: Axis; frame: Frame; words: Words; markOf: (line: Line) => Mark }): JSX.Element {
  const { right, top, height, small, big, label } = frame, { t } = words;
  const ends = lines.map((line) => axis.y(line.values[line.values.length - 1])), least = Math.min(label, (height - top) / Math.max(1, lines.length));
  const placed = apart(ends, least, top + 4, height - label + 16), at = right + (small ? 12 : 24);
  return (
    <>
      {lines.map((line, k) => {
        const y = placed[k], share = shareAt(line, line.values.length - 1);
        return (
          <g key={`${line.name} ${line.unit}`} class={line.unit === null ? "end" : "end cell"}>
            <path class="lead" d={`M${right - 4},${round(ends[k])}L${right + (small ? 4 : 10)},${round(y - big * 0.28)}h${small ? 6 : 9}`} />
            <text class="verdict-word" x={at} y={y + 2} style={{ fontSize: `${big}px` }}>{t(`difference.verdict.${line.verdict}`)}</text>
            {line.unit === null ? <Marker mark={markOf(line)} x={at + 5.5} y={y + 16} size={4} /> : <path class="dash" d={`M${at},${y + 16}h11`} />}
            <text class="name" x={at + (small ? 16 : 18)} y={y + 21}>{lineName(line, words)}</text>
            {!small && share !== null && <text class="left" x={at} y={y + 39}>{writeLeft(share, words)}</text>}
          </g>
        );
      })}
    </>
  );
}

/** The chosen word on the hairline: its name above, a mark and the share on every line. */
function Here({ lines, axis, frame, words, step, start, x, word, last, markOf }: {
  lines: readonly Line[]; axis: Axis; frame: Frame; words: Words; step: number; start: number; x: number; word: string; last: boolean; markOf: (line: Line) => Mark;
}): JSX.Element {
  const { left, right, top, bottom } = frame, leftwards = x > (left + right) / 2;
  const levels = lines.map((line) => axis.y(line.values[step])), placed = apart(levels.map((y) => y - 15), 17, top + 6, bottom - 4);
  return (
    <g class="here">
      <text class="word halo" x={clamp(x, left + 20, right - 20)} y={top - 15} text-anchor="middle">{shortened(word)}</text>
      {lines.map((line, k) => (
        <g key={`${line.name} ${line.unit}`} class={line.unit === null ? "" : "cell"}>
          {line.unit === null ? <Marker mark={markOf(line)} x={x} y={levels[k]} size={6} class="chosen" /> : <circle class="mark chosen" cx={x} cy={levels[k]} r={5.5} />}
          {!last && step >= start && <text class="share halo" x={x + (leftwards ? -12 : 12)} y={placed[k] + 4.5} text-anchor={leftwards ? "end" : "start"}>{writeShare(shareAt(line, step), words)}</text>}
        </g>
      ))}
    </g>
  );
}
