// What is remembered, step by step: the state as a line, and as stems what is left of the input that is followed, from the
// run without it to the run with it. The half-life is a bracket over the steps that it takes.
import type { JSX } from "preact";
import { useWidget } from "../../host/widget.tsx";
import { clamp, linePath } from "../../ui/scale.ts";
import type { Geometry } from "./geometry.ts";
import { level, levelWithout, type Scene } from "./scene.ts";
import { leftText, regimeName } from "./words.ts";

export function Chart({ g, scene }: { g: Geometry; scene: Scene }): JSX.Element {
  const view = useWidget(), { num } = view, { T, step, unit } = scene, ticks = unit ? [-1, 0, 1] : [0, 0.5, 1];
  const steps = Array.from({ length: T }, (_, k) => k), place = (k: number, v: number) => g.place(g.at(k), g.state(v));
  const path = (value: (k: number) => number, from = -1) => {
    const points = steps.filter((k) => k >= from).map((k) => place(k, value(k)));
    if (from < 0) points.unshift(place(-1, 0));
    return linePath(points.map((p) => p[0]), points.map((p) => p[1]));
  };
  const other = steps.some((k) => Math.abs(levelWithout(scene, k)) > 0.005), heard = scene.course !== "silent";
  const [nx, ny] = place(step, level(scene, step)), h = level(scene, step), above = h >= (step > 0 ? level(scene, step - 1) : 0) || !unit;
  return (
    <g class="chart">
      {ticks.map((v) => {
        const [x0, y0] = place(-1.1, v), [x1, y1] = g.place(g.at(T - 0.5), g.state(v));
        return (
          <g key={v}>
            <path d={`M${x0},${y0}L${x1},${y1}`} class={v ? "grid" : "grid zero"} />
            <text class="axis" x={g.wide ? x0 - 8 : x0} y={g.wide ? y0 + 4.5 : g.at(-1) - 8} style={{ textAnchor: g.wide ? "end" : "middle" }}>{num(v, { digits: unit ? 0 : 1, sign: unit })}</text>
          </g>
        );
      })}
      {g.wide && <text class="rowname h" x={0} y={place(0, unit ? 0 : 0.5)[1] + 6}>{unit ? "h" : "‖h‖"}</text>}
      {!g.wide && <text class="rowname h" x={place(0, unit ? 0 : 0.5)[0]} y={18} style={{ textAnchor: "middle" }}>{unit ? "h" : "‖h‖"}</text>}
      {heard && steps.filter((k) => k >= scene.origin).map((k) => {
        const [x0, y0] = place(k, levelWithout(scene, k)), [x1, y1] = place(k, level(scene, k));
        return <path key={k} class="stem" d={`M${x0},${y0}L${x1},${y1}`} />;
      })}
      {heard && other && <path class="without" d={path((k) => levelWithout(scene, k), scene.origin - 1)} />}
      {!unit && [0, 1].map((u) => <path key={u} class={`component u${u}`} d={path((k) => Math.abs(scene.hidden[2 * k + u]))} />)}
      <path class="state" d={path((k) => level(scene, k))} />
      {steps.map((k) => { const [x, y] = place(k, level(scene, k)); return <circle key={k} class={k === step ? "dot now" : "dot"} cx={x} cy={y} r={k === step ? 5.5 : g.column > 26 ? 3.5 : 2.5} />; })}
      {g.wide ? <text class="val now halo" x={nx} y={above ? ny - 12 : ny + 24} style={{ textAnchor: "middle" }}>{num(h, { sign: unit })}</text>
        : <text class="val now halo" x={clamp(nx + (h < 0.4 ? 10 : -10), g.low + 6, g.high)} y={ny - 8} style={{ textAnchor: h < 0.4 ? "start" : "end" }}>{num(h, { sign: unit })}</text>}
      {heard && <HalfLife g={g} scene={scene} />}
      {g.wide && <Verdict g={g} scene={scene} />}
    </g>
  );
}

/** From the step that is followed to the one where less than half is left; open at the end if that does not come. */
function HalfLife({ g, scene }: { g: Geometry; scene: Scene }): JSX.Element {
  const view = useWidget(), { half, origin, T } = scene, end = half === null ? T - 0.5 : origin + half;
  const [x0, y0] = g.place(g.at(origin), g.bracket), [x1, y1] = g.place(g.at(end), g.bracket), tick = 5;
  const cap = (x: number, y: number) => (g.wide ? `M${x},${y - tick}v${2 * tick}` : `M${x - tick},${y}h${2 * tick}`);
  const text = view.t(half === null ? "memory.half.none" : half === 1 ? "memory.half.one" : "memory.half.many", { n: half ?? 0 });
  const after = g.wide && x1 + 8 + text.length * 7.2 < g.width - 120, [dx, dy] = half === null || !half ? [0, 0] : g.place(g.at(end), g.state(level(scene, origin + half)));
  return (
    <g class="half">
      <path d={`M${x0},${y0}L${x1},${y1}${cap(x0, y0)}${half === null ? (g.wide ? `M${x1 - 6},${y1 - 4}l6,4l-6,4` : `M${x1 - 4},${y1 - 6}l4,6l4,-6`) : cap(x1, y1)}`} />
      {half !== null && <circle class="ring" cx={dx} cy={dy} r={8} />}
      {g.wide ? <text x={after ? x1 + 9 : x0 + 4} y={after ? y1 + 5 : y1 - 8}>{text}</text>
        : <text transform={`translate(${x0 + 14},${(y0 + y1) / 2}) rotate(90)`} style={{ textAnchor: "middle" }}>{y1 - y0 > text.length * 6.6 ? text : `½: ${half ?? "—"}`}</text>}
    </g>
  );
}

/** At the end of the line: what becomes of it, and how much is left. */
function Verdict({ g, scene }: { g: Geometry; scene: Scene }): JSX.Element {
  const view = useWidget(), last = level(scene, scene.T - 1), [x, y] = g.place(g.at(scene.T - 0.5) + 10, g.state(last));
  const top = clamp(y, g.height - g.high + 14, g.height - g.low - 22), words = regimeName(view, scene).split(" "), lines: string[] = [];
  for (const word of words) if (lines.length && (lines[lines.length - 1] + word).length < 13) lines[lines.length - 1] += ` ${word}`; else lines.push(word);
  return (
    <g class="verdictline">
      {lines.map((line, k) => <text key={k} class="word" x={x} y={top + 5 + 21 * (k - (lines.length - 1) / 2)}>{line}</text>)}
      <text class="left" x={x} y={top + 5 + 21 * ((lines.length - 1) / 2) + 20}>{leftText(view, scene)}</text>
    </g>
  );
}
