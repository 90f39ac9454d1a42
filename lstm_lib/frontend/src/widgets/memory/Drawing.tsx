// The hero: inputs as bars that can be drawn, the network folded or unfolded, and what it remembers as a chart, all on one
// time axis. One unit with its loop stands at the reading position; unfolding leaves a copy of it at every step.
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { useWidget } from "../../host/widget.tsx";
import { useSize } from "../../ui/hooks.ts";
import { Scrubber } from "../../ui/Scrubber.tsx";
import { clamp, symmetricExtent } from "../../ui/scale.ts";
import { Bars } from "./Bars.tsx";
import { Chart } from "./Chart.tsx";
import { geometry, link, loopTop, nodeAlong, type Geometry } from "./geometry.ts";
import type { Scene } from "./scene.ts";
import { useTween } from "./tween.ts";
import { stepName } from "./words.ts";

export function Drawing({ scene, unfolded, onStep, onInput }: {
  scene: Scene; unfolded: boolean; onStep: (step: number) => void; onInput: (values: number[]) => void;
}): JSX.Element {
  const view = useWidget(), { t, num } = view, { ref, width } = useSize<HTMLDivElement>(912), share = useTween(unfolded ? 1 : 0);
  const drawn = useRef<number | null>(null), extent = drawn.current ?? symmetricExtent(scene.values), { T, step } = scene;
  const g = geometry(width, T, extent, !scene.unit), xs = Array.from({ length: T }, (_, k) => g.at(k));
  return (
    <div class="drawing">
      <div ref={ref} class="stage" style={{ height: `${g.height}px` }}>
        <svg width={g.width} height={g.height} aria-hidden="true">
          <Hairline g={g} step={step} T={T} onStep={onStep} />
          <Chart g={g} scene={scene} />
          <Network g={g} scene={scene} share={share} />
          <Foot g={g} scene={scene} extent={extent} />
        </svg>
        <Bars g={g} scene={scene} extent={extent} onStep={onStep} onInput={onInput} hold={(on) => { drawn.current = on ? extent : null; }} />
      </div>
      <Scrubber value={step} max={T - 1} label={t("memory.scrub")} positions={g.wide ? xs : undefined} onInput={onStep}
        valueText={(k) => `${stepName(view, scene, k)}, h = ${Array.from({ length: scene.H }, (_, u) => num(scene.hidden[k * scene.H + u], { sign: true })).join(" ")}`} />
    </div>
  );
}

/** The reading position: one line through bars, network and chart; every column can be pressed. */
function Hairline({ g, step, T, onStep }: { g: Geometry; step: number; T: number; onStep: (step: number) => void }): JSX.Element {
  const [x, y] = g.place(g.at(step), g.high), [x2, y2] = g.place(g.at(step), g.wide ? 24 : g.foot);
  return (
    <g>
      <path class="hair" d={`M${x},${y}L${x2},${y2}`} />
      {Array.from({ length: T }, (_, k) => {
        const [a, b] = g.place(g.at(k) - g.column / 2, g.wide ? g.high : g.node - 20);
        return <rect key={k} class="column" x={a} y={b} width={g.wide ? g.column : g.width - g.node + 20} height={g.wide ? g.height - b : g.column} onClick={() => onStep(k)} />;
      })}
    </g>
  );
}

/** A state as a disc in the colours of the book's maps; a negative one carries a minus stroke. */
function Disc({ x, y, r, states, current }: { x: number; y: number; r: number; states: number[]; current: boolean }): JSX.Element {
  const paint = (h: number) => ({ fill: h < 0 ? "var(--div-neg)" : "var(--div-pos)", fillOpacity: Math.min(1, Math.abs(h)) });
  const minus = (cx: number, h: number, arm: number, key: number) => h <= -0.12 && <path key={key} class="minus" d={`M${cx - arm},${y}h${2 * arm}`} style={{ stroke: h < -0.55 ? "var(--paper)" : "var(--ink)" }} />;
  return (
    <g>
      <circle cx={x} cy={y} r={r} style={{ fill: "var(--paper)" }} />
      {states.length === 1
        ? <circle cx={x} cy={y} r={r} style={paint(states[0])} />
        : states.map((h, u) => <path key={u} d={`M${x},${y - r}A${r},${r} 0 0 ${u} ${x},${y + r}Z`} style={paint(h)} />)}
      {states.map((h, u) => minus(states.length === 1 ? x : x + (u ? r / 2 : -r / 2), h, states.length === 1 ? r * 0.42 : r * 0.25, u))}
      {states.length > 1 && <path class="halves" d={`M${x},${y - r}v${2 * r}`} />}
      <circle cx={x} cy={y} r={r} class={current ? "node now" : "node"} />
    </g>
  );
}

/** The folded unit with its loop, or its copies with the same weight on every link. */
function Network({ g, scene, share }: { g: Geometry; scene: Scene; share: number }): JSX.Element {
  const { num, t } = useWidget(), { T, step, H } = scene, open = share > 0, steps = Array.from({ length: T }, (_, k) => k);
  const states = (k: number) => Array.from(scene.hidden.slice(k * H, k * H + H)), at = (k: number) => g.place(nodeAlong(g, k, step, share), g.node);
  const weight = scene.unit ? num(scene.net.weight_hh[0]) : "U", every = g.wide ? Math.ceil((scene.unit ? 34 : 15) / g.column) : 1;
  const [x, y] = at(step), [lx, ly] = g.place(g.at(step), loopTop(g)), written = share > 0.6;
  const arrow = (k: number, up: boolean) => {
    const [ax, ay] = up ? g.place(nodeAlong(g, k, step, share), g.node - g.r - 2) : g.place(nodeAlong(g, k, step, share) - g.r - 1, g.node), z = 4;
    if (!up && !open) return `M${ax - 5},${ay - 5}L${ax},${ay}L${ax - 5},${ay + 5}`;
    const right = up !== g.wide; // along x
    return right ? `M${ax - 1.8 * z},${ay - z}L${ax},${ay}L${ax - 1.8 * z},${ay + z}Z`
      : g.wide ? `M${ax - z},${ay + 1.8 * z}L${ax},${ay}L${ax + z},${ay + 1.8 * z}Z` : `M${ax - z},${ay - 1.8 * z}L${ax},${ay}L${ax + z},${ay - 1.8 * z}Z`;
  };
  const wire = (k: number) => { const [a, b] = g.place(g.at(k), g.head + 3), [c, d] = g.place(nodeAlong(g, k, step, share), g.node - g.r - 5); return `M${a},${b}L${c},${d}`; };
  const [startX, startY] = g.place(nodeAlong(g, -1, step, share), g.node), [endX, endY] = g.place(g.at(T - 1) + g.r, g.node);
  return (
    <g class="net">
      {!open && <path class="link" d={link(g, step, step, 0)} />}
      {!open && <path class="tip" d={loopTip(g, step)} />}
      {open && steps.map((k) => <path key={k} class="link" d={link(g, k, step, share)} />)}
      {open && share === 1 && steps.map((k) => <path key={k} class="tip" d={arrow(k, false)} />)}
      {share === 1 && <path class="link onward" d={g.wide ? `M${endX},${endY}h16` : `M${endX},${endY}v12`} />}
      {(open ? steps : [step]).map((k) => (
        <g key={k} style={{ opacity: k === step ? 1 : share }}>
          <path class="input" d={wire(k)} />
          <path class="tip input-tip" d={arrow(k, true)} />
          {(k === step || (written && k % every === 0 && (!g.wide || g.column >= 30))) && (() => { const [a, b] = g.place(g.at(k), g.head + (g.wide ? 20 : 16)); return <text class="weight" x={g.wide ? a + 7 : a} y={g.wide ? b + 4 : b - 7} style={{ textAnchor: g.wide ? "start" : "middle" }}>u</text>; })()}
        </g>
      ))}
      {open && <g style={{ opacity: share }}><circle cx={startX} cy={startY} r={g.r * 0.62} class="node start" /><text class="zero" x={startX} y={startY + 4.5}>0</text></g>}
      {open && steps.map((k) => { if (k === step) return null; const [a, b] = at(k); return <Disc key={k} x={a} y={b} r={g.r} states={states(k)} current={false} />; })}
      <Disc x={x} y={y} r={open ? g.r : g.r} states={states(step)} current />
      {written && steps.map((k) => {
        if (k % every) return null;
        const [a, b] = g.place(g.at(k) - g.column / 2, g.node);
        return <text key={k} class={scene.unit ? "weight number" : "weight"} x={g.wide ? a : a - 6} y={g.wide ? b - g.r - 6 : b + 5} style={{ textAnchor: g.wide ? "middle" : "end", opacity: (share - 0.6) / 0.4 }}>{g.wide || !scene.unit ? weight : "w"}</text>;
      })}
      {written && g.column >= 40 && scene.unit && steps.map((k) => { const [a, b] = at(k); return <text key={k} class={k === step ? "val now" : "val"} x={a + (g.wide ? 5 : g.r + 6)} y={b + (g.wide ? g.r + 16 : 5)} style={{ opacity: (share - 0.6) / 0.4 }}>{num(scene.hidden[k], { sign: true })}</text>; })}
      {!open && <text class="weight loop" x={g.wide ? lx : lx + 5} y={g.wide ? ly - 7 : ly + 5} style={{ textAnchor: g.wide ? "middle" : "start" }}>{scene.unit ? <>w{g.wide && <tspan class="is"> = {weight}</tspan>}</> : "U"}</text>}
      {!open && g.wide && <text class="val now" x={x + g.r + 8} y={y + g.r + 8}>{states(step).map((h) => num(h, { sign: true })).join("  ")}</text>}
      {g.wide && <text class="rowname" x={0} y={y + 5}>{t("memory.row.network")}</text>}
    </g>
  );
}

/** The arrow head where the loop comes back to the unit. */
function loopTip(g: Geometry, step: number): string {
  const [x, y] = g.place(g.at(step) - g.r - 2, g.node), z = 4.5;
  return g.wide ? `M${x - 8.6},${y - 7.2}L${x},${y}L${x - 1.5},${y - 11}Z` : `M${x + 11},${y - 1.5}L${x},${y}L${x + 7.2},${y - 8.6}Z`.replace("z", String(z));
}

/** Bars of the inputs, and under them the steps or the words. */
function Foot({ g, scene, extent }: { g: Geometry; scene: Scene; extent: number }): JSX.Element {
  const { num, t } = useWidget(), { T, values, words, step } = scene, zero = g.input(0), thick = clamp(g.column * 0.5, 6, 22);
  const [x0, y0] = g.place(g.at(-0.5), zero), [x1, y1] = g.place(g.at(T - 0.5), zero), every = g.wide && !words.length ? Math.ceil(22 / g.column) : 1;
  const most = Math.max(2, Math.floor((g.wide ? g.column : g.foot - 8) / 7.4)), digits = values.every((v) => Math.abs(v * 10 - Math.round(v * 10)) < 1e-9) ? 1 : 2;
  return (
    <g class="foot">
      <path class="zero-line" d={`M${x0},${y0}L${x1},${y1}`} />
      {g.wide && [-extent, 0, extent].map((v) => <text key={v} class="axis" x={g.at(-0.5) - 8} y={g.height - g.input(v) + 4.5} style={{ textAnchor: "end" }}>{num(v, { digits: 0, sign: true })}</text>)}
      {g.wide && <text class="rowname x" x={0} y={g.height - zero + 5}>{t("memory.row.input")}</text>}
      {values.map((v, k) => {
        const [ax, ay] = g.place(g.at(k), zero), [bx, by] = g.place(g.at(k), g.input(v)), label = words[k] ?? String(k + 1);
        const [tx, ty] = g.wide ? [ax, g.height - 8] : [g.foot - 8, ay + 5], short = [...label].length > most ? [...label].slice(0, most - 1).join("") + "…" : label;
        return (
          <g key={k}>
            {v === 0 ? <circle class="silence" cx={ax} cy={ay} r={2.5} /> : g.wide
              ? <rect class="bar" x={ax - thick / 2} y={Math.min(ay, by)} width={thick} height={Math.abs(by - ay)} />
              : <rect class="bar" x={Math.min(ax, bx)} y={ay - thick / 2} width={Math.abs(bx - ax)} height={thick} />}
            {v !== 0 && g.wide && g.column >= 34 && <text class="xval" x={bx} y={v > 0 ? by - 5 : by + 14}>{num(v, { digits, sign: true })}</text>}
            {k === step && (g.wide ? <rect class="chip" x={ax - Math.max(14, short.length * 4.6)} y={g.height - 23} width={2 * Math.max(14, short.length * 4.6)} height={21} rx={3} /> : <rect class="chip" x={0} y={ay - 12} width={g.foot - 3} height={24} rx={3} />)}
            {k % every === 0 && <text class={k === step ? "name now" : "name"} x={tx} y={ty} style={{ textAnchor: g.wide ? "middle" : "end" }}>{short}</text>}
          </g>
        );
      })}
    </g>
  );
}
