// One quantity of all networks, word by word, on an absolute axis of powers of ten; what became of it stands where its way ends.
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { useWidget } from "../../host/widget.tsx";
import { Marker, marks, type Mark } from "../../sentences/Marker.tsx";
import { useWords, type Words } from "../../sentences/write.ts";
import { Rich } from "../../ui/Rich.tsx";
import { Scrubber } from "../../ui/Scrubber.tsx";
import { useDrag } from "../../ui/drag.ts";
import { shortened } from "../../ui/format.ts";
import { useSize } from "../../ui/hooks.ts";
import { apart, clamp, linePath, round } from "../../ui/scale.ts";
import { finiteRuns, frameOf, powerTicks, powers, type Frame } from "./layout.ts";
import { goesBack, type Line, type Measured } from "./lines.ts";
import type { Store } from "./store.ts";
import { leftAt, lineName, verdictWord, writeEnd, writeLog } from "./write.ts";

interface Axis { y: (log: number) => number; ticks: number[]; range: [number, number] }
interface Theory { name: string; kind: "largest" | "radius"; factor: number }

export function Chart({ store }: { store: Store }): JSX.Element {
  const { t, hidden } = useWidget(), words = useWords(), { ref, width } = useSize<HTMLDivElement>();
  const pair = store.pair.value!, lines = store.lines.value, measured = store.measured.value, step = store.step.value, quantity = store.state.quantity.value;
  const T = pair.feminine.length, way = goesBack(quantity) ? -1 : 1, frame = useMemo(() => frameOf(width, way), [width, way]);
  const theory = useMemo(() => (store.state.theory.value && (quantity === "gradient" || quantity === "jacobian") ? theoryOf(measured) : []), [measured, quantity, store.state.theory.value]);
  const axis = useMemo(() => axisOf(lines, theory, T - 1 - pair.start, frame), [lines, theory, frame, pair]);
  const positions = useMemo(() => pair.feminine.map((_, k) => frame.left + 10 + (T > 1 ? (k / (T - 1)) * (frame.right - frame.left - 20) : 0)), [pair, frame]);
  const mark = useMemo(() => marks(store.state.models.value), [store.state.models.value]);
  const markOf = (name: string): Mark => mark[store.state.models.value.indexOf(name)] ?? marks([name])[0];
  const still = hidden("scrubber"), language = words.language, word = pair.feminine[step];
  const nearest = (px: number) => positions.reduce((best, at, k) => (Math.abs(at - px) < Math.abs(positions[best] - px) ? k : best), 0);
  const drag = useDrag((event) => { if (!still) store.setStep(nearest(event.clientX - ref.current!.getBoundingClientRect().left)); });

  const ground = useMemo(() => <Ground axis={axis} frame={frame} words={words} positions={positions} start={pair.start} noun={pair.feminine[pair.start]} />, [axis, frame, language, positions]);
  const curves = useMemo(() => lines.map((line) => <Curve key={key(line)} line={line} axis={axis} frame={frame} positions={positions} start={pair.start} mark={markOf(line.name)} />), [lines, axis, positions, mark]);
  const ends = useMemo(() => <Ends lines={lines} theory={theory} steps={T - 1 - pair.start} axis={axis} frame={frame} words={words} markOf={markOf} endX={positions[store.end.value]} />, [lines, theory, axis, frame, language, mark]);
  const rays = useMemo(() => theory.map(({ name, kind, factor }) => (
    <path key={`${name} ${kind}`} class={`theory ${kind}`} d={`M${round(positions[T - 1])},${round(axis.y(0))}L${round(positions[pair.start])},${round(axis.y(factor * (T - 1 - pair.start)))}`} />
  )), [theory, axis, positions]);

  const said = lines.map((line) => `${lineName(line, words)}: ${writeLog(line.kind, leftAt(line, step, pair.start), words)}`).join("; ");
  const label = lines.map((line) => t("after-training.chart_line", { name: lineName(line, words), value: line.verdict === "none" ? "" : writeLog(line.kind, line.left, words), verdict: verdictWord(line, words) })).join(" ");
  return (
    <div class="chartbox">
      <p class="caption"><Rich text={t(`after-training.caption.${quantity === "kept" && !store.state.trained.value ? "kept_fresh" : quantity}`)} />
        {quantity === "gradient" && lines.some((line) => line.of === "cell") && <> <Rich text={t("after-training.caption.cell")} /></>}
        {quantity === "kept" && !lines.length && <> <b>{t("after-training.caption.no_cell")}</b></>}
        {quantity !== "kept" && quantity !== "difference" && !hidden("theory") && measured.some((one) => one.lm.cell.startsWith("rnn")) && <> <button type="button" class="textbtn" aria-pressed={store.state.theory.value}
          onClick={() => { store.state.theory.value = !store.state.theory.value; }}>{t(store.state.theory.value ? "after-training.theory.hide" : "after-training.theory.show")}</button></>}</p>
      <div ref={ref} class="chart">
        {!hidden("chart") && (
          <svg width={width} height={frame.height} viewBox={`0 0 ${width} ${frame.height}`} role="img" aria-label={t("after-training.chart", { what: t(`after-training.rows_plain.${quantity}`), list: label })} class={still ? "still" : ""} {...drag}>
            {ground}
            <path class="now" d={`M${round(positions[step])},${frame.top - 8}V${frame.height}`} />
            {rays}
            {curves}
            {ends}
            <Here lines={lines} axis={axis} frame={frame} words={words} step={step} start={pair.start} x={positions[step]} word={word} atEnd={step === store.end.value} markOf={markOf} />
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

const key = (line: Line) => `${line.name} ${line.of}`;

function theoryOf(measured: readonly Measured[]): Theory[] {
  return measured.flatMap(({ name, theory }) => {
    const found = theory();
    return found ? (["largest", "radius"] as const).map((kind) => ({ name, kind, factor: found[kind] })) : [];
  });
}

function axisOf(lines: readonly Line[], theory: readonly Theory[], steps: number, { top, bottom }: Frame): Axis {
  const range = powers([...lines, { logs: theory.map(({ factor }) => factor * steps) }]), [lo, hi] = range;
  return { range, ticks: powerTicks(range), y: (log) => top + ((hi - log) / (hi - lo)) * (bottom - top) };
}

/** Levels, where the main noun stands, how many words are between, and which way the lines go. */
function Ground({ axis, frame, words, positions, start, noun }: { axis: Axis; frame: Frame; words: Words; positions: number[]; start: number; noun: string }): JSX.Element {
  const { left, right, top, bottom, way, small } = frame, { t, num } = words, last = positions.length - 1, far = last - start, counts: number[] = [];
  const every = far > 120 ? 50 : far > 24 ? (small ? 20 : 10) : small && far > 12 ? 10 : 5, at = way < 0 ? right + 9 : left - 9, anchor = way < 0 ? "start" : "end";
  for (let k = 0; k <= far; k += every) counts.push(k);
  const x = (k: number) => round(positions[way < 0 ? last - k : start + k]);
  return (
    <>
      {axis.ticks.map((power) => (
        <g key={power}><path class={power === 0 ? "base" : "level"} d={`M${left},${round(axis.y(power))}H${right}`} />
          <text class="axis" x={at} y={round(axis.y(power)) + 4.5} text-anchor={anchor}>{power === 0 ? "1" : <>10<tspan dy="-5.5" class="power">{num(power, { digits: 0 })}</tspan></>}</text></g>
      ))}
      <path class="base" d={`M${left},${bottom}H${right}`} />
      <path class="start" d={`M${round(positions[start])},${top}V${bottom}`} />
      {counts.map((k) => <g key={k}><path class="base" d={`M${x(k)},${bottom}v5`} /><text class="axis halo" x={x(k)} y={bottom + 20} text-anchor="middle">{k}</text></g>)}
      <text class="axis under halo" x={way < 0 ? Math.min(right, positions[last] + 4) : clamp(positions[start] - 4, 0, right)} y={bottom + 41} text-anchor={way < 0 ? "end" : "start"}>
        {way < 0 ? t("after-training.x.back") : t("difference.x", { noun: shortened(noun) })}</text>
    </>
  );
}

function Curve({ line, axis, frame, positions, start, mark }: { line: Line; axis: Axis; frame: Frame; positions: number[]; start: number; mark: Mark }): JSX.Element {
  const T = positions.length, ys = Array.from(line.logs, (v) => axis.y(v)), every = T > 200 ? 50 : T > 36 ? 10 : 5, marked: number[] = [];
  if (frame.way < 0) { for (let t = T - 1; t > start; t -= every) if (t - start >= every / 2 || t === T - 1) marked.push(t); marked.push(start); }
  else { for (let t = start; t < T - 1; t += every) if (T - 1 - t >= every / 2) marked.push(t); marked.push(T - 1); }
  const path = finiteRuns(line.logs).map(([a, b]) => linePath(positions.slice(a, b + 1), ys.slice(a, b + 1))).join("");
  return (
    <g class={`curve ${line.of}`}>
      <path class="line" d={path} />
      {marked.map((k) => Number.isFinite(line.logs[k]) && <Marker key={k} mark={mark} x={positions[k]} y={ys[k]} size={frame.mark} />)}
    </g>
  );
}

/** Verdict, name and number where the lines end, moved apart where they would cover each other. */
function Ends({ lines, theory, steps, axis, frame, words, markOf, endX }: {
  lines: readonly Line[]; theory: readonly Theory[]; steps: number; axis: Axis; frame: Frame; words: Words; markOf: (name: string) => Mark; endX: number;
}): JSX.Element {
  const { top, height, small, big, label, way, left, right } = frame, floor = axis.y(axis.range[0]);
  const levels = lines.map(({ logs, kind, left: log }) => { const v = kind === "difference" ? logs[logs.length - 1] : log; return Number.isFinite(v) ? axis.y(v) : floor; });
  const least = Math.min(label, (height - top) / Math.max(1, lines.length)), placed = apart(levels, least, top + 4, height - label + 10);
  const gap = small ? 12 : 24, at = way < 0 ? left - gap : right + gap, anchor = way < 0 ? "end" : "start", sign = at + 5.5 * way, name = at + (small ? 16 : 18) * way;
  const from = way < 0 ? Math.min(endX, left + 10) - 8 : right - 4, to = way < 0 ? left - (small ? 2 : 8) : right + (small ? 4 : 10);
  return (
    <>
      {lines.map((line, k) => {
        const y = placed[k];
        return (
          <g key={key(line)} class={`end ${line.of}`}>
            <path class="lead" d={`M${round(from)},${round(levels[k])}L${to},${round(y - big * 0.28)}h${(small ? 6 : 9) * way}`} />
            <text class="verdict-word" x={at} y={y + 2} text-anchor={anchor} style={{ fontSize: `${big}px` }}>{verdictWord(line, words)}</text>
            {line.of === "cell" ? <path class="dash" d={`M${at},${y + 16}h${11 * way}`} /> : <Marker mark={markOf(line.name)} x={sign} y={y + 16} size={4} />}
            <text class="name" x={name} y={y + 21} text-anchor={anchor}>{lineName(line, words)}</text>
            {!small && line.verdict !== "none" && <text class="left" x={at} y={y + 39} text-anchor={anchor}>{writeEnd(line, words)}</text>}
          </g>
        );
      })}
      {theory.slice(0, 2).map(({ kind, factor }) => {
        const part = kind === "largest" ? 0.28 : 0.42, x = endX + part * ((way < 0 ? right : left) - endX), y = axis.y(factor * steps * (1 - part));
        return <text key={kind} class="theory-name halo" x={x + 4} y={y - 7}>{words.t(`after-training.theory.${kind}`, { power: words.num(factor * steps, { digits: 0 }) })}</text>;
      })}
    </>
  );
}

/** The chosen word on the hairline: its name above, a mark and the number on every line. */
function Here({ lines, axis, frame, words, step, start, x, word, atEnd, markOf }: {
  lines: readonly Line[]; axis: Axis; frame: Frame; words: Words; step: number; start: number; x: number; word: string; atEnd: boolean; markOf: (name: string) => Mark;
}): JSX.Element {
  const { left, right, top, bottom } = frame, leftwards = x > (left + right) / 2, shown = lines.filter((line) => Number.isFinite(line.logs[step]));
  const levels = shown.map((line) => axis.y(line.logs[step])), placed = apart(levels.map((y) => y - 15), 17, top + 6, bottom - 4);
  return (
    <g class="here">
      <text class="word halo" x={clamp(x, left + 20, right - 20)} y={top - 16} text-anchor="middle">{shortened(word)}</text>
      {shown.map((line, k) => (
        <g key={key(line)} class={line.of}>
          <Marker mark={markOf(line.name)} x={x} y={levels[k]} size={6} class="chosen" />
          {!atEnd && (line.kind !== "difference" || step >= start) && <text class="share halo" x={x + (leftwards ? -12 : 12)} y={placed[k] + 4.5} text-anchor={leftwards ? "end" : "start"}>{writeLog(line.kind, leftAt(line, step, start), words)}</text>}
        </g>
      ))}
    </g>
  );
}
