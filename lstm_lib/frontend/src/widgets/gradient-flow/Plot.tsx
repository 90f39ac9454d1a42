// Under the network, over the same columns: the factor of every step against 1, and what all of them together leave of the error,
// on an absolute logarithmic axis. The word at the end of a line, on the left, is what became of the error there.
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { apart, clamp, needed, round, thinPath } from "../../ui/scale.ts";
import { factorLimit, marked, slope, stepTicks, type Axis, type Frame } from "./layout.ts";
import { Mark, Share, Size, Symbols, ribbon } from "./Marks.tsx";
import type { Line, Scene } from "./scene.ts";
import type { NetworkName } from "./state.ts";
import { change, factorText, networkName, verdictName, type Words } from "./words.ts";

/** Powers of ten below which a number of 32 bits is zero. */
const FLOAT32 = Math.log10(2 ** -149);

interface Part { scene: Scene; frame: Frame; xs: readonly number[]; words: Words }

/** Factors of the unrolled network, each standing on the line of 1 between the two steps that it joins. */
export function Strip({ scene, frame, xs, words, position }: Part & { position: number }): JSX.Element {
  const { T, factors, line, predicted } = scene, { left, right, strip: { top, bottom }, small } = frame, limit = useMemo(() => factorLimit(factors), [factors]);
  const y = (v: number) => bottom - (v / limit) * (bottom - top), one = y(1), stems = T <= 90, q = line.of === "cell" ? "c" : "h";
  const points = useMemo(() => {
    const found: [number, number][] = [];
    for (let k = 0; k < T - 1; k++) if (!Number.isNaN(factors[k])) found.push([(xs[k] + xs[k + 1]) / 2, y(factors[k])]);
    return stems ? found : needed(found.map(([x]) => x), [found.map(([, v]) => v)]).map((k) => found[k]).filter(Boolean);
  }, [factors, xs, limit, top]);
  const track = stems || !points.length ? "" : `M${points.map(([x, v]) => `${round(x)},${round(v)}`).join("L")}`;
  const shape = stems ? points.map(([x, v]) => `M${round(x)},${round(one)}V${round(v)}`).join("")
    : track && `${track}V${round(one)}H${round(points[0][0])}Z`;
  const dots = stems ? points.map(([x, v]) => `M${round(x) - 2.5},${round(v)}a2.5,2.5 0 1 1 5,0a2.5,2.5 0 1 1 -5,0Z`).join("") : "";
  const now = position < T ? factors[position - 1] : NaN, at = position < T ? (xs[position - 1] + xs[position]) / 2 : 0;
  return (
    <g class={`strip of-${q}`} aria-hidden="true">
      <text class="caption halo" x={small ? 0 : left} y={top - 12}>{words.t(small ? "gradient-flow.factors_short" : "gradient-flow.factors", { name: networkName(line, words) })}</text>
      <path class="base" d={`M${left},${bottom}H${right}`} />
      <path class="one" d={`M${left},${round(one)}H${right}`} />
      <text class="axis" x={right + 8} y={bottom + 4.5}>0</text><text class="axis strong" x={right + 8} y={one + 4.5}>1</text>
      {limit > 1.25 && <text class="axis" x={right + 8} y={top + 4.5}>{words.num(limit, { digits: limit % 1 ? 1 : 0 })}</text>}
      <g clip-path="url(#came)">
        <path class={stems ? "stems" : "area"} d={shape} />
        {dots && <path class="dots" d={dots} />}{track && <path class="track-line" d={track} />}
        {predicted !== null && <path class="guess" d={`M${round(xs[0])},${round(y(Math.min(limit, predicted)))}H${round(xs[T - 1])}`} />}
      </g>
      {Number.isFinite(now) && <>
        <circle class="dot-now" cx={round(at)} cy={round(y(now))} r={4.5} />
        <text class="factor-now halo" x={clamp(at, left + 22, right - 22)} y={y(now) > one ? Math.min(bottom - 3, y(now) + 19) : y(now) - 9}>× {factorText(now, words)}</text>
      </>}
    </g>
  );
}

export function Ground({ scene, frame, xs, words, axis }: Part & { axis: Axis }): JSX.Element {
  const { T, window, lines } = scene, { left, right, plot: { top, bottom }, small } = frame, { t } = words;
  const cell = lines.some((line) => line.of === "cell"), edge = window > 0 && window < T - 1 ? (xs[T - 1 - window] + xs[T - 2 - window]) / 2 : null;
  return (
    <g aria-hidden="true">
      <text class="caption halo" x={small ? 0 : left} y={top - 14}><Symbols text={t(`gradient-flow.norms${small ? "_short" : ""}${cell ? "_cell" : ""}`)} /></text>
      {edge !== null && <>
        <rect class="beyond" x={left} y={top} width={edge - left} height={bottom - top} />
        <path class="edge-line" d={`M${round(edge)},${top}V${bottom}`} />
      </>}
      {axis.ticks.map((power) => (
        <g key={power}>
          <path class="level" d={`M${left},${round(axis.y(power))}H${right}`} />
          <text class="axis" x={right + 8} y={round(axis.y(power)) + 4.5}>{power === 0 ? "1" : power === 1 ? "10" : <>10<tspan dy="-5.5" class="power">{words.num(power, { digits: 0 })}</tspan></>}</text>
        </g>
      ))}
      {axis.low < FLOAT32 && <>
        <path class="tiny" d={`M${left},${round(axis.y(FLOAT32))}H${right}`} />
        <text class="axis halo" x={right - 4} y={axis.y(FLOAT32) - 6} text-anchor="end">{t("gradient-flow.float32")}</text>
      </>}
      {axis.zero !== null && <>
        <path class="break" d={`M${right - 5},${axis.end + 10}l10,-6M${right - 5},${axis.end + 16}l10,-6`} />
        <text class="axis" x={right + 8} y={axis.zero + 4.5}>0</text>
      </>}
      {edge !== null && edge - left > (small ? 40 : 60) && <text class="axis halo" x={(left + edge) / 2} y={bottom - 16} text-anchor="middle">{t(edge - left > 230 ? "gradient-flow.window_band" : "gradient-flow.window_short")}</text>}
      <path class="base" d={`M${left},${bottom}H${right}`} />
      {stepTicks(T, small).map((step) => (
        <g key={step}><path class="base" d={`M${round(xs[step - 1])},${bottom}v5`} /><text class="axis" x={round(xs[step - 1])} y={bottom + 20} text-anchor="middle">{step}</text></g>
      ))}
      <text class="caption end" x={left - (small ? 8 : 16)} y={bottom + 20}>{t("gradient-flow.axis")}</text>
    </g>
  );
}

/** A line as thick as what is left: the logarithm alone would make a thousandth look like a step. */
export function Curve({ line, axis, frame, xs, T, chosen, words }: { line: Line; axis: Axis; frame: Frame; xs: readonly number[]; T: number; chosen: boolean; words: Words }): JSX.Element {
  const ys = Array.from(line.logs, axis.y), full = (line.of === "cell" ? 6 : 5) * (chosen ? 1 : 0.7), least = chosen ? 1.75 : 1.1, first = line.logs[T - 1];
  const start = line.logs.findIndex((log) => log > -Infinity), widths = Array.from(line.logs, (log) => least + (full - least) * Math.min(1, 10 ** (log - first)));
  const steps = marked(T), ghost = chosen && line.shift < 0 ? thinPath(xs, Array.from(line.raw, axis.y), Math.max(0, start)) : "";
  return (
    <g class={`curve ${line.of}${chosen ? " chosen" : ""}`}>
      {ghost && <><path class="ghost" d={ghost} /><text class="ghost-name halo" x={xs[T - 1] - 6} y={axis.y(line.raw[T - 1]) - 9}>{words.t("gradient-flow.before_clipping")}</text></>}
      {start > 0 && <path class="drop" d={`M${round(xs[start])},${round(ys[start])}L${round(xs[start - 1])},${ys[start - 1]}H${round(xs[0])}`} />}
      {start >= 0 && <path class="ribbon" d={ribbon(xs, ys, widths, start, T - 1)} />}
      {steps.map((t) => line.logs[t - 1] > -Infinity && <Mark key={t} name={line.name} x={xs[t - 1]} y={ys[t - 1]} size={frame.small ? 3.5 : chosen ? 4.5 : 3.75} full={chosen} />)}
    </g>
  );
}

export interface Foretold { key: string; of: Line["of"]; bound: boolean; d: string; /** Where the name runs along its line, and where it begins. */ name: { x: number; y: number; angle: number; from: number } | null }

/** What theory foretells of one network, cut where it leaves the drawing; the bound and the names of the chosen one only. */
export function foretold({ line, axis, frame, xs, T, chosen, words }: { line: Line; axis: Axis; frame: Frame; xs: readonly number[]; T: number; chosen: boolean; words: Words }): Foretold[] {
  const { plot: { top }, left, right, small } = frame, taken: number[] = [];
  return line.theory.filter(({ key }) => chosen || key !== "largest").map(({ key, logs }) => {
    let from = 0;
    while (from < T - 1 && !(Number.isFinite(logs[from]) && axis.y(logs[from]) >= top - 1 && logs[from] >= axis.low)) from++;
    const d = thinPath(xs, Array.from(logs, axis.y), from);
    // The name runs along its line, below one that falls and above the bound.
    const bound = key === "largest", long = words.t(`gradient-flow.theory.${key}`).length * (small ? 5.6 : 6.5);
    const room = xs[T - 1] - xs[from], k = clamp(Math.round(from + (T - 1 - from) * (bound ? 0.5 : 0.42)), from, T - 1), reach = Math.ceil((T - 1) * 0.1);
    const k0 = Math.max(from, k - reach), k1 = Math.min(T - 1, k + reach), [x0, y0, x1, y1] = [xs[k0], axis.y(logs[k0]), xs[k1], axis.y(logs[k1])], run = Math.hypot(x1 - x0, y1 - y0) || 1;
    const [mx, my] = [(x0 + x1) / 2, (y0 + y1) / 2], off = bound && my > top + 24 ? -9 : 19, x = round(mx - ((y1 - y0) / run) * off), y = round(my + ((x1 - x0) / run) * off);
    const fits = chosen && Math.hypot(room, axis.y(logs[from]) - axis.y(logs[T - 1])) > long + 30 && x - left > 10 && right - x > 10 && !taken.some((v) => Math.abs(v - y) < 24);
    if (fits) taken.push(y);
    return { key, of: line.of, bound, d, name: fits ? { x, y, angle: slope(x0, y0, x1, y1), from: x - ((x1 - x0) / run) * (long / 2) } : null };
  });
}

/** Dotted lines, drawn as far as the error has come, so that a look does not give away what it will be. */
export function Theory({ lines, x, words }: { lines: readonly Foretold[]; x: number; words: Words }): JSX.Element {
  return (
    <g class="theory" aria-hidden="true">
      <g clip-path="url(#came)">{lines.map(({ key, bound, d }) => <path key={key} class={bound ? "predicted bound" : "predicted"} d={d} />)}</g>
      {lines.map(({ key, name }) => name && name.from >= x - 4 && <text key={key} class="name halo" transform={`translate(${name.x} ${name.y}) rotate(${name.angle})`}><Symbols text={words.t(`gradient-flow.theory.${key}`)} /></text>)}
    </g>
  );
}

/** Verdict, name and share, to the left of the lines; pressing one unrolls that network. */
export function Ends({ scene, frame, xs, axis, position, words, onPick }: Part & { axis: Axis; position: number; onPick: ((name: NetworkName) => void) | null }): JSX.Element {
  const { lines, line: chosen, T } = scene, { left, plot: { top, bottom }, word, label, least, small } = frame, arrived = position === 1, at = left - (small ? 8 : 16);
  const ends = lines.map((line) => axis.y(line.logs[position - 1])), placed = apart(ends.map((y) => y - 4), least, top + 8, bottom - (small ? 22 : 38));
  return (
    <>
      {lines.map((line, k) => {
        const y = placed[k], log = line.logs[position - 1], sign = `d$L$/d{${line.of === "cell" ? "c" : "h"}${small ? "" : `_${position}`}}`;
        return (
          <g key={line.name} class={`end ${line.of}${line === chosen ? " chosen" : ""}`} data-network={line.name} onClick={onPick ? () => onPick(line.name) : undefined}>
            {onPick && <rect class="hit" x={0} y={y - word} width={left - 4} height={least - 2} />}
            <path class={arrived ? "lead" : "lead far"} d={`M${round(xs[position - 1] - 5)},${round(ends[k])}${arrived ? "" : `H${left}`}L${at + (small ? 3 : 6)},${round(y - word * 0.3)}`} />
            <text class="verdict-word" x={at} y={y} style={{ fontSize: `${word}px` }}>{arrived ? verdictName(scene.verdictAt(line, 1), words) : <Size log={log} words={words} />}</text>
            <Mark name={line.name} x={at - 6} y={y + label + 1} size={4} full={line === chosen} />
            <text class="name" x={at - 17} y={y + label + 6} style={{ fontSize: `${label}px` }}>{networkName(line, words)}{"\u2002"}<Symbols text={sign} /></text>
            {!small && <text class="left" x={at} y={y + 2 * label + 10}>{position < T && <Share log={change(line, position)} words={words} />}</text>}
          </g>
        );
      })}
    </>
  );
}

/** Where the error is now. */
export function Here({ scene, frame, xs, axis, position, from }: Omit<Part, "words"> & { axis: Axis | null; position: number; from: number }): JSX.Element {
  const x = round(xs[position - 1]), { line: chosen, lines } = scene;
  return (
    <g class="here" aria-hidden="true">
      <path class="hair" d={`M${x},${from}V${frame.plot.bottom || frame.strip.bottom}`} />
      {axis && lines.map((line) => line.logs[position - 1] > -Infinity && <g key={line.name} class={`${line.of}${line === chosen ? " chosen" : ""}`}><Mark name={line.name} x={xs[position - 1]} y={axis.y(line.logs[position - 1])} size={line === chosen ? 6 : 4.5} full={line === chosen} /></g>)}
    </g>
  );
}
