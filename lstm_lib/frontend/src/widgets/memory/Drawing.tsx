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
import { geometry, link, loopTip, loopTop, nodeAlong, radius, type Geometry } from "./geometry.ts";
import type { Scene } from "./scene.ts";
import { useTween } from "./tween.ts";
import { stepName } from "./words.ts";

export function Drawing({ scene, unfolded, onStep, onInput }: {
  scene: Scene; unfolded: boolean; onStep: (step: number) => void; onInput: (values: number[]) => void;
}): JSX.Element {
  const view = useWidget(), { t, num } = view, { ref, width } = useSize<HTMLDivElement>(912), share = useTween(unfolded ? 1 : 0);
  const drawn = useRef<number | null>(null), extent = drawn.current ?? symmetricExtent(scene.values), { T, step } = scene;
  const g = geometry(width, T, extent, !scene.unit, scene.words.length > 0), xs = Array.from({ length: T }, (_, k) => g.at(k));
  return (
    <div class="drawing">
      <div ref={ref} class="stage" style={{ height: `${g.height}px` }}>
        <svg width={g.width} height={g.height} aria-hidden="true">
          <Hairline g={g} step={step} T={T} onStep={onStep} />
          <Chart g={g} scene={scene} quiet={!g.wide && unfolded} />
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
  const top = g.echo?.[1] ?? g.high, point = (up: number) => g.place(g.at(step), up).join(","); // it leaves out the unit and its loop
  return (
    <g>
      <path class="hair" d={`M${point(top)}L${point(g.low - (g.wide ? 4 : 0))}M${point(g.node - g.r)}L${point(g.foot - (g.wide ? 4 : 0))}`} />
      {Array.from({ length: T }, (_, k) => {
        const [a, b] = g.place(g.at(k) - g.column / 2, g.wide ? top : g.node - 20);
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
  const { num, t } = useWidget(), { T, step, H } = scene, open = share > 0, steps = Array.from({ length: T }, (_, k) => k), r = radius(g, share);
  const states = (k: number) => Array.from(scene.hidden.slice(k * H, k * H + H)), signed = (k: number) => states(k).map((h) => num(h, { sign: true }));
  const along = (k: number) => nodeAlong(g, k, step, share), at = (k: number) => g.place(along(k), g.node), appear = { opacity: Math.max(0, (share - 0.6) / 0.4) };
  const weight = scene.unit ? num(scene.net.weight_hh[0]) : "U", every = g.wide ? Math.ceil((scene.unit ? 36 : 16) / g.column) : 1, roomy = !g.wide || g.column >= 40;
  const [x, y] = at(step), [lx, ly] = g.place(g.at(step), loopTop(g)), [x0, y0] = at(-1), [x1, y1] = g.place(g.at(T - 1) + g.r, g.node);
  return (
    <g class="net">
      {!open && <><path class="link" d={link(g, step, step, 0)} /><path class="tip" d={loopTip(g, step)} /></>}
      {open && steps.map((k) => <path key={k} class="link" d={link(g, k, step, share)} />)}
      {share === 1 && steps.map((k) => <path key={k} class="tip" d={head(g, g.at(k) - g.r - 1, g.node, g.wide)} />)}
      {share === 1 && <path class="link" d={g.wide ? `M${x1},${y1}h16` : `M${x1},${y1}v12`} />}
      {(open ? steps : [step]).map((k) => {
        const [a, b] = g.place(g.at(k), g.head + 3), [c, d] = g.place(along(k), g.node - r - 6), [ux, uy] = g.place(g.at(k), g.head + (g.wide ? 12 : 18));
        return (
          <g key={k} style={{ opacity: k === step ? 1 : share }}>
            <path class="input" d={`M${a},${b}L${c},${d}`} />
            <path class="input-tip" d={head(g, along(k), g.node - r - 2, !g.wide)} />
            {(k === step || share === 1 && roomy) && <text class="weight" x={ux + (g.wide ? 6 : 0)} y={uy + (g.wide ? 4 : -6)} style={{ textAnchor: g.wide ? "start" : "middle" }}>u</text>}
          </g>
        );
      })}
      {open && g.r > 8 && <g style={{ opacity: share }}><circle cx={x0} cy={y0} r={g.r * 0.66} class="node start" /><text class="nought" x={x0} y={y0 + 4.5}>0</text></g>}
      {open && steps.map((k) => { if (k === step) return null; const [a, b] = at(k); return <Disc key={k} x={a} y={b} r={r} states={states(k)} current={false} />; })}
      <Disc x={x} y={y} r={r} states={states(step)} current />
      {open && steps.map((k) => {
        if (k % every) return null;
        const [a, b] = g.place(g.at(k) - g.column / 2, g.node);
        return <text key={k} class={scene.unit && g.wide ? "weight number" : "weight"} x={g.wide ? a : a + 8} y={g.wide ? b - g.r - 6 : b + 5} style={{ textAnchor: g.wide ? "middle" : "start", ...appear }}>{g.wide || !scene.unit ? weight : "w"}</text>;
      })}
      {open && roomy && scene.unit && steps.map((k) => { const [a, b] = at(k); return <text key={k} class={k === step ? "val copy here" : "val copy"} x={a + (g.wide ? 4 : g.r + 6)} y={b + (g.wide ? g.r + 17 : 5)} style={appear}>{signed(k)}</text>; })}
      {!open && <text class="weight loop" x={g.wide ? lx : lx + 5} y={g.wide ? ly - 8 : ly + 5} style={{ textAnchor: g.wide ? "middle" : "start" }}>{scene.unit ? <>w{g.wide && <tspan class="is"> = {weight}</tspan>}</> : "U"}</text>}
      {!open && g.wide && signed(step).map((h, u) => <text key={u} class="val here" x={x + r + 9} y={y + (H > 1 ? 19 * u - 3 : 7)}><tspan class="letter">h</tspan>{H > 1 ? "₁₂"[u] : ""} {h}</text>)}
      <text class="rowname word" x={g.wide ? 0 : x} y={g.wide ? y + 5 : 18} style={g.wide ? {} : { textAnchor: "middle" }}>{t("memory.row.network")}</text>
    </g>
  );
}

/** An arrow head with its tip at (along, up), pointing to the right (else up in the wide drawing, down in the tall one). */
function head(g: Geometry, along: number, up: number, right: boolean): string {
  const [x, y] = g.place(along, up), z = 4;
  return right ? `M${x - 1.8 * z},${y - z}L${x},${y}L${x - 1.8 * z},${y + z}Z` : g.wide ? `M${x - z},${y + 1.8 * z}L${x},${y}L${x + z},${y + 1.8 * z}Z` : `M${x - z},${y - 1.8 * z}L${x},${y}L${x + z},${y - 1.8 * z}Z`;
}

/** Bars of the inputs, and under them the steps or the words. */
function Foot({ g, scene, extent }: { g: Geometry; scene: Scene; extent: number }): JSX.Element {
  const { num, t } = useWidget(), { T, values, words, step } = scene, zero = g.input(0), thick = clamp(g.column * 0.5, 6, 22);
  const [x0, y0] = g.place(g.at(-0.5), zero), [x1, y1] = g.place(g.at(T - 0.5), zero), every = g.wide && !words.length ? Math.ceil(22 / g.column) : 1;
  const most = Math.max(2, Math.floor((g.wide ? 2 * g.column - 8 : g.foot - 8) / 7.2)), digits = values.every((v) => Number.isInteger(v)) ? 0 : values.every((v) => Math.abs(v * 10 - Math.round(v * 10)) < 1e-9) ? 1 : 2;
  return (
    <g class="foot">
      <path class="zero-line" d={`M${x0},${y0}L${x1},${y1}`} />
      {g.wide && [-extent, 0, extent].map((v) => <text key={v} class="axis" x={g.at(-0.5) - 8} y={g.height - g.input(v) + 4.5} style={{ textAnchor: "end" }}>{num(v, { digits: 0, sign: true })}</text>)}
      <text class="rowname" x={g.wide ? 0 : zero} y={g.wide ? g.height - zero + 5 : 18} style={g.wide ? {} : { textAnchor: "middle" }}>{t("memory.row.input")}</text>
      {values.map((v, k) => {
        const [ax, ay] = g.place(g.at(k), zero), [bx, by] = g.place(g.at(k), g.input(v)), label = words[k] ?? String(k + 1);
        const [tx, ty] = g.wide ? [ax, g.height - (words.length && k % 2 === 0 ? 28 : 8)] : [g.foot - 8, ay + 5], short = [...label].length > most ? [...label].slice(0, most - 1).join("") + "…" : label;
        return (
          <g key={k}>
            {v === 0 ? <circle class="silence" cx={ax} cy={ay} r={2.5} /> : g.wide
              ? <rect class="bar" x={ax - thick / 2} y={Math.min(ay, by)} width={thick} height={Math.abs(by - ay)} />
              : <rect class="bar" x={Math.min(ax, bx)} y={ay - thick / 2} width={Math.abs(bx - ax)} height={thick} />}
            {v !== 0 && g.wide && g.column >= 36 && <text class="xval" x={ax + thick / 2 + 3} y={(ay + by) / 2 + 4.5}>{num(v, { digits, sign: true })}</text>}
            {k === step && (g.wide ? <rect class="chip" x={ax - Math.max(14, short.length * 4.6)} y={ty - 15} width={2 * Math.max(14, short.length * 4.6)} height={21} rx={3} /> : <rect class="chip" x={0} y={ay - 12} width={g.foot - 3} height={24} rx={3} />)}
            {k % every === 0 && <text class={k === step ? "name now" : "name"} x={tx} y={ty} style={{ textAnchor: g.wide ? "middle" : "end" }}>{short}</text>}
          </g>
        );
      })}
    </g>
  );
}
