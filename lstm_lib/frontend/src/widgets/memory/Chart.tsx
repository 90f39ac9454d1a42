// What is remembered, step by step: the state as a line, and as stems what is left of the input that is followed, from the
// run without it to the run with it. The half-life is a bracket over the steps that it takes. A layer has two lines, and
// above them the size of its echo with the two factors that bound it and that it comes to.
import type { JSX } from "preact";
import { useWidget } from "../../host/widget.tsx";
import { clamp, linear, linePath, symmetricExtent } from "../../ui/scale.ts";
import type { Geometry } from "./geometry.ts";
import { disc } from "./Network.tsx";
import type { Scene } from "./scene.ts";
import { spot, type Stroke } from "./spot.ts";
import { inputName, leftText, regimeName } from "./words.ts";

const range = (from: number, to: number) => Array.from({ length: Math.max(0, to - from) }, (_, k) => from + k);

export function Chart({ g, scene, quiet }: { g: Geometry; scene: Scene; /** the network says the present value */ quiet: boolean }): JSX.Element {
  const { num, t } = useWidget(), { T, H, step, unit, hidden, without } = scene, steps = range(0, T);
  const place = (k: number, v: number) => g.place(g.at(k), g.state(v)), heard = scene.course !== "silent";
  const path = (values: Float64Array, u: number, from = -1) => line(range(from, T).map((k) => place(k, k < 0 ? 0 : values[k * H + u])));
  const other = heard && steps.some((k) => Math.abs(without[k * H]) > 0.005), [nx, ny] = place(step, hidden[step * H]), h = hidden[step * H];
  const apart = !unit && Math.abs(hidden[2 * T - 2] - hidden[2 * T - 1]) > 0.24;
  return (
    <g class="chart">
      {[-1, 0, 1].map((v) => {
        const [x0, y0] = g.place(g.edge, g.state(v)), [x1, y1] = g.place(g.at(T - 0.5), g.state(v));
        return (
          <g key={v}>
            <path d={`M${x0},${y0}L${x1},${y1}`} class={v ? "grid" : "grid zero"} />
            <text class="axis" x={g.wide ? x0 - 8 : x0} y={g.wide ? y0 + 4.5 : g.at(-1) - 6} style={{ textAnchor: g.wide ? "end" : "middle" }}>{num(v, { digits: 0, sign: true })}</text>
          </g>
        );
      })}
      <text class="rowname" x={g.wide ? 0 : place(0, 0)[0]} y={g.wide ? place(0, 0)[1] + 6 : 18} style={g.wide ? {} : { textAnchor: "middle" }}>h</text>
      {unit && heard && <path class="stem" d={range(scene.origin, T).map((k) => `M${place(k, without[k])}L${place(k, hidden[k])}`).join("")} />}
      {unit && other && (() => {
        const far = range(scene.origin, T).reduce((best, k) => (Math.abs(hidden[k] - without[k]) >= Math.abs(hidden[best] - without[best]) ? k : best), scene.origin), [x, y] = place(far, without[far]);
        return g.wide && <text class="role halo" x={x + (far > T / 2 ? 4 : -4)} y={y + (without[far] > hidden[far] ? -10 : 20)} style={{ textAnchor: far > T / 2 ? "end" : "start" }}>{t("memory.without", { what: inputName({ t }, scene, scene.origin) })}</text>;
      })()}
      {unit && other && <path class="without" d={path(without, 0, scene.origin - 1)} />}
      {range(0, H).map((u) => <path key={u} class={u ? "state second" : "state"} d={path(hidden, u)} />)}
      {range(0, H).map((u) => <path key={u} class={u ? "dot hollow" : "dot"} d={dots(steps, step, (k) => place(k, hidden[k * H + u]), g.column > 26 ? 3.5 : 2.5)} />)}
      {range(0, H).map((u) => { const [x, y] = place(step, hidden[step * H + u]); return <circle key={u} class="dot now" cx={x} cy={y} r={5.5} />; })}
      {unit && (g.wide || !quiet) && <Value g={g} scene={scene} x={nx} y={ny} text={num(h, { sign: true })} up={h >= 0 || !g.wide} place={place} lines={other ? [hidden, without] : [hidden]} levels={[-1, 0, 1]} />}
      {!unit && [0, 1].map((u) => { const [x, y] = place(T - 0.5, apart ? hidden[2 * T - 2 + u] : (hidden[2 * T - 2] + hidden[2 * T - 1]) / 2 + (hidden[2 * T - 2] >= hidden[2 * T - 1] === (u === 0) ? 0.16 : -0.16)); return <text key={u} class="lineend" x={g.wide ? x + 10 : x} y={g.wide ? y + 5 : y + 14} style={{ textAnchor: g.wide ? "start" : "middle" }}>h{"₁₂"[u]}</text>; })}
      {g.echo && <EchoChart g={g} scene={scene} ends={g.echo} />}
      {heard && <HalfLife g={g} scene={scene} />}
      {unit && g.wide && <Verdict g={g} scene={scene} y={g.height - g.state(hidden[T - 1])} between={[g.height - g.high, g.height - g.low]} />}
    </g>
  );
}

/** The value that is read, where it covers the least of lines, stems, levels and the bracket of the half-life. */
function Value({ g, scene, x, y, text, up, place, lines, levels }: {
  g: Geometry; scene: Scene; x: number; y: number; text: string; up: boolean; place: (k: number, v: number) => [number, number]; lines: readonly Float64Array[]; levels: readonly number[];
}): JSX.Element {
  const { T, step, half, origin } = scene, width = text.length * 9, near = Math.ceil((width + 20) / g.column), from = Math.max(-1, step - near), to = Math.min(T - 1, step + near);
  const end = half === null ? T - 0.5 : origin + half, at = (values: Float64Array, k: number) => place(k, k < 0 ? 0 : values[k]), point = (k: number, up: number) => g.place(g.at(k), up), tick = g.wide ? [0, 5] : [5, 0];
  const strokes: Stroke[] = [g.wide ? [x, y - 60, x, y + 60, 1] : [0, y, g.width, y, 1]];
  for (const values of lines) for (let k = from; k < to; k++) strokes.push([...at(values, k), ...at(values, k + 1), 4]);
  for (let k = Math.max(origin, from); k <= to; k++) if (k !== step || g.wide) strokes.push([...place(k, 0), ...at(lines[0], k), 1]);
  for (const v of levels) strokes.push([...place(from - 1, v), ...place(to + 1, v), 0.25]);
  if (scene.course !== "silent") {
    const [x0, y0] = point(origin, g.bracket), [x1, y1] = point(end, g.bracket);
    strokes.push([x0, y0, x1, y1, 4], [x0 - tick[0], y0 - tick[1], x0 + tick[0], y0 + tick[1], 4]);
    if (half !== null && g.wide) strokes.push([x1, y1, x1, y + 60, 1]);
  }
  const found = spot(x, y, width, strokes, { up, within: { left: g.wide ? 0 : g.node + 60, top: 0, right: g.wide ? g.width : g.bracket, bottom: g.height } });
  return <text class="val now halo" x={found.x} y={found.y} style={{ textAnchor: found.anchor }}>{text}</text>;
}

/** The dots of all steps but the present one, in one stroke. */
const dots = (steps: number[], now: number, place: (k: number) => [number, number], r: number) => steps.map((k) => (k === now ? "" : disc(...place(k), r))).join("");

const line = (points: [number, number][]) => linePath(points.map((p) => p[0]), points.map((p) => p[1]));

const echoTop = (scene: Scene) => symmetricExtent(scene.echo, 0.25);

/** The size of the echo; σ per step bounds it, and in the long run it goes by ρ per step as long as it is small. */
function EchoChart({ g, scene, ends }: { g: Geometry; scene: Scene; ends: [number, number] }): JSX.Element {
  const { num, t } = useWidget(), { T, echo, origin, step, rho, sigma } = scene, top = echoTop(scene), up = linear([0, top], ends);
  const place = (k: number, v: number) => g.place(g.at(k), up(v)), first = echo[origin];
  const guide = (factor: number) => {
    const points = range(origin, T).map((k) => [k, first * factor ** (k - origin)] as const), out = points.findIndex(([, v]) => v > top);
    const shown = out < 0 ? points : points.slice(0, out), [k, v] = shown[shown.length - 1] ?? [origin, first];
    if (out > 0) { const next = points[out][1], part = (top - v) / (next - v); return { d: line([...shown.map(([a, b]) => place(a, b)), place(k + part, top)]), end: place(k + part, top), out: true }; }
    return { d: line(shown.map(([a, b]) => place(a, b))), end: place(k, v), out: false };
  };
  const heard = scene.course !== "silent", long = guide(rho), bound = guide(sigma), [nx, ny] = place(step, echo[step]), near = Math.abs(rho - sigma) < 0.01;
  const label = (made: typeof long, words: string) => (made.out ? <text class="role halo" x={made.end[0] + 7} y={made.end[1] + 14}>{words}</text> : <text class="role halo" x={g.at(T - 1)} y={Math.min(made.end[1], ...range(Math.max(origin, T - Math.ceil(160 / g.column)), T).map((k) => place(k, echo[k])[1])) - 10} style={{ textAnchor: "end" }}>{words}</text>);
  return (
    <g>
      {[0, top / 2, top].map((v) => {
        const [x0, y0] = g.place(g.edge, up(v)), [x1, y1] = g.place(g.at(T - 0.5), up(v));
        return (
          <g key={v}>
            <path d={`M${x0},${y0}L${x1},${y1}`} class={v ? "grid" : "grid zero"} />
            {v !== top / 2 && <text class="axis" x={x0 - 8} y={y0 + 4.5} style={{ textAnchor: "end" }}>{num(v, { digits: v && top < 1 ? 2 : 0 })}</text>}
          </g>
        );
      })}
      <text class="rowname word" x={0} y={place(0, top / 2)[1] + 6}>{t("memory.echo")}</text>
      {heard && <path class="guide" d={long.d} />}
      {heard && !near && <path class="guide bound" d={bound.d} />}
      <path class="stem" d={range(origin, T).map((k) => `M${place(k, 0)}L${place(k, echo[k])}`).join("")} />
      <path class="state" d={line([place(origin - 1, 0), ...range(origin, T).map((k) => place(k, echo[k]))])} />
      <path class="dot" d={dots(range(origin, T), step, (k) => place(k, echo[k]), g.column > 26 ? 3.5 : 2.5)} />
      <circle class="dot now" cx={nx} cy={ny} r={5.5} />
      {heard && label(long, near ? t("memory.guide.both", { value: num(rho) }) : t("memory.guide.rho", { value: num(rho) }))}
      {heard && !near && label(bound, t("memory.guide.sigma", { value: num(sigma) }))}
      <Value g={g} scene={scene} x={nx} y={ny} text={num(echo[step])} up place={place} lines={[echo]} levels={[0, top]} />
      <Verdict g={g} scene={scene} y={place(T - 1, echo[T - 1])[1]} between={[place(0, top)[1], place(0, 0)[1]]} />
    </g>
  );
}

/** From the step that is followed to the one where less than half is left; open at the end if that does not come. */
function HalfLife({ g, scene }: { g: Geometry; scene: Scene }): JSX.Element {
  const view = useWidget(), { half, origin, T } = scene, end = half === null ? T - 0.5 : origin + half;
  const [x0, y0] = g.place(g.at(origin), g.bracket), [x1, y1] = g.place(g.at(end), g.bracket), tick = 5;
  const cap = (x: number, y: number) => (g.wide ? `M${x},${y - tick}v${2 * tick}` : `M${x - tick},${y}h${2 * tick}`);
  const text = view.t(half === null ? "memory.half.none" : half === 1 ? "memory.half.one" : "memory.half.many", { n: half ?? 0 });
  const drop = half === null ? 0 : g.echo ? g.height - linear([0, echoTop(scene)], g.echo)(scene.echo[origin + half]) : g.place(0, g.state(scene.hidden[origin + half]))[1];
  const after = g.wide && half !== null && x1 + 8 + text.length * 7.2 < g.width;
  return (
    <g class="half">
      <path d={`M${x0},${y0}L${x1},${y1}${cap(x0, y0)}${half === null ? (g.wide ? `M${x1 - 7},${y1 - 4.5}l7,4.5l-7,4.5` : `M${x1 - 4.5},${y1 - 7}l4.5,7l4.5,-7`) : cap(x1, y1)}`} />
      {half !== null && g.wide && <path class="drop" d={`M${x1},${y1 + tick}L${x1},${drop}`} />}
      {g.wide ? <text x={after ? x1 + 9 : half === null ? x1 + 10 : x1 - 8} y={after || half === null ? y1 + 5 : y1 - 9} style={{ textAnchor: after || half === null ? "start" : "end" }}>{text}</text>
        : <text transform={`translate(${x0 + 10},${y1 - y0 > text.length * 6.6 ? (y0 + y1) / 2 : y1 + 6}) rotate(90)`} style={{ textAnchor: y1 - y0 > text.length * 6.6 ? "middle" : "start" }}>{text}</text>}
    </g>
  );
}

/** At the end of the line: what becomes of it, and how much is left. */
function Verdict({ g, scene, y, between }: { g: Geometry; scene: Scene; y: number; between: [number, number] }): JSX.Element {
  const view = useWidget(), words = regimeName(view, scene).split(" "), lines: string[] = [], x = g.at(scene.T - 0.5) + 12;
  for (const word of words) if (lines.length && (lines[lines.length - 1] + word).length < 13) lines[lines.length - 1] += ` ${word}`; else lines.push(word);
  const height = 22 * lines.length + 18, top = clamp(y - 8, between[0] + 14, Math.max(between[0] + 14, between[1] - height + 12));
  return (
    <g class="verdictline">
      {lines.map((text, k) => <text key={k} class="word" x={x} y={top + 6 + 22 * k}>{text}</text>)}
      <text class="left" x={x} y={top + 6 + 22 * lines.length}>{leftText(view, scene)}</text>
    </g>
  );
}
