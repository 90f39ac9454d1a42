// The unit with its loop, or unfolded: a copy of it at every step, with the same weight on every link.
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { useWidget } from "../../host/widget.tsx";
import { link, loopTip, loopTop, nodeAlong, radius, type Geometry } from "./geometry.ts";
import type { Scene } from "./scene.ts";

export function Network({ g, scene, share }: { g: Geometry; scene: Scene; share: number }): JSX.Element {
  const { num, t } = useWidget(), { T, step, H, unit } = scene, open = share > 0, steps = Array.from({ length: T }, (_, k) => k), r = radius(g, share);
  const states = (k: number) => Array.from(scene.hidden.slice(k * H, k * H + H)), signed = (k: number) => states(k).map((h) => num(h, { sign: true }));
  const at = (k: number) => g.place(nodeAlong(g, k, step, share), g.node), appear = share < 1 ? { opacity: Math.max(0, (share - 0.6) / 0.4) } : undefined;
  const weight = unit ? num(scene.net.weight_hh[0]) : "U", roomy = roomyFor(g);
  const wires = useMemo(() => <Wires g={g} T={T} step={step} share={share} />, [g, step, share]);
  const labels = useMemo(() => open && <Weights g={g} T={T} text={g.wide || !unit ? weight : "w"} number={unit && g.wide} every={g.wide ? Math.ceil((unit ? 36 : 16) / g.column) : 1} style={appear} />, [g, weight, share]);
  const [x, y] = at(step), [lx, ly] = g.place(g.at(step), loopTop(g)), [x0, y0] = at(-1);
  return (
    <g class="net">
      {wires}
      {open && g.r > 8 && <g style={share < 1 ? { opacity: share } : undefined}><circle cx={x0} cy={y0} r={g.r * 0.66} class="node start" /><text class="nought" x={x0} y={y0 + 4.5}>0</text></g>}
      {open && <Discs r={r} at={at} states={states} steps={steps.filter((k) => k !== step)} />}
      <Discs r={r} at={at} states={states} steps={[step]} now />
      {labels}
      {open && roomy && unit && steps.map((k) => { const [a, b] = at(k); return <text key={k} class={k === step ? "val copy here" : "val copy"} x={a + (g.wide ? 4 : g.r + 6)} y={b + (g.wide ? g.r + 17 : 5)} style={appear}>{signed(k)}</text>; })}
      {!open && <text class="weight loop" x={g.wide ? lx : lx + 5} y={g.wide ? ly - 8 : ly + 5} style={{ textAnchor: g.wide ? "middle" : "start" }}>{unit ? <>w{g.wide && <tspan class="is"> = {weight}</tspan>}</> : "U"}</text>}
      {!open && g.wide && signed(step).map((h, u) => <text key={u} class="val here" x={x + r + 9} y={y + (H > 1 ? 19 * u - 3 : 7)}><tspan class="letter">h</tspan>{H > 1 ? "₁₂"[u] : ""} {h}</text>)}
      <text class="rowname word" x={g.wide ? 0 : x} y={g.wide ? y + 5 : 18} style={g.wide ? {} : { textAnchor: "middle" }}>{t("memory.row.network")}</text>
    </g>
  );
}

const roomyFor = (g: Geometry) => !g.wide || g.column >= 40;

/** Links and inputs: one stroke for all that look alike, since no weight or state changes them. */
function Wires({ g, T, step, share }: { g: Geometry; T: number; step: number; share: number }): JSX.Element {
  const open = share > 0, steps = Array.from({ length: T }, (_, k) => k), others = open ? steps.filter((k) => k !== step) : [], r = radius(g, share), along = (k: number) => nodeAlong(g, k, step, share);
  const [x, y] = g.place(g.at(T - 1) + g.r, g.node), out = g.wide ? `M${x},${y}h16` : `M${x},${y}v12`;
  const input = (k: number) => { const [a, b] = g.place(g.at(k), g.head + 3), [c, d] = g.place(along(k), g.node - r - 6); return `M${a},${b}L${c},${d}`; };
  const inputs = (which: number[]) => (
    <>
      <path class="input" d={which.map(input).join("")} />
      <path class="input-tip" d={which.map((k) => head(g, along(k), g.node - r - 2, !g.wide)).join("")} />
    </>
  );
  const letter = (k: number) => { const [a, b] = g.place(g.at(k), g.head + (g.wide ? 12 : 13)); return <text key={k} class="weight" x={a + (g.wide ? 6 : 0)} y={b + (g.wide ? 4 : -8)} style={{ textAnchor: g.wide ? "start" : "middle" }}>u</text>; };
  return (
    <>
      {open ? <path class="link" d={steps.map((k) => link(g, k, step, share)).join("") + (share === 1 ? out : "")} /> : <path class="link" d={link(g, step, step, 0)} />}
      {open ? share === 1 && <path class="tip" d={steps.map((k) => head(g, g.at(k) - g.r - 1, g.node, g.wide)).join("")} /> : <path class="tip" d={loopTip(g, step)} />}
      {others.length > 0 && <g style={share < 1 ? { opacity: share } : undefined}>{inputs(others)}</g>}
      {inputs([step])}
      {(share === 1 && roomyFor(g) ? steps : [step]).map(letter)}
    </>
  );
}

/** The one weight, on its links as far as there is room. */
function Weights({ g, T, text, number, every, style }: { g: Geometry; T: number; text: string; number: boolean; every: number; style: { opacity: number } | undefined }): JSX.Element {
  const steps = Array.from({ length: Math.ceil(T / every) }, (_, k) => k * every);
  return (
    <>
      {steps.map((k) => {
        const [a, b] = g.place(g.at(k) - g.column / 2, g.node);
        return <text key={k} class={number ? "weight number" : "weight"} x={g.wide ? a : a + 8} y={g.wide ? b - g.r - 6 : b + 5} style={{ textAnchor: g.wide ? "middle" : "start", ...style }}>{text}</text>;
      })}
    </>
  );
}

/** States as discs in the colours of the book's maps; a negative one carries a minus stroke. Of two, a half each. */
function Discs({ steps, r, at, states, now }: { steps: number[]; r: number; at: (k: number) => [number, number]; states: (k: number) => number[]; now?: boolean }): JSX.Element {
  let back = "", halves = "", light = "", dark = "";
  const places = steps.map((k) => ({ k, x: at(k)[0], y: at(k)[1], own: states(k) }));
  for (const { x, y, own } of places) {
    back += disc(x, y, r);
    if (own.length > 1) halves += `M${x},${y - r}v${2 * r}`;
    own.forEach((h, u) => {
      if (h > -0.12) return; // too faint to be taken for a positive one
      const arm = own.length === 1 ? r * 0.42 : r * 0.25, minus = `M${x + (own.length === 1 ? 0 : u ? r / 2 : -r / 2) - arm},${y}h${2 * arm}`;
      if (h < -0.55) light += minus; else dark += minus;
    });
  }
  const sign = (h: number) => (h < 0 ? "neg" : "pos"), strength = (h: number) => Math.min(1, Math.round(Math.abs(h) * 1000) / 1000);
  return (
    <>
      <path class="back" d={back} />
      {places.map(({ k, x, y, own }) => own.length > 1 && own.map((h, u) => <path key={`${k} ${u}`} class={sign(h)} fill-opacity={strength(h)} d={`M${x},${y - r}A${r},${r} 0 0 ${u} ${x},${y + r}Z`} />))}
      {halves && <path class="halves" d={halves} />}
      {places.map(({ k, x, y, own }) => <circle key={k} cx={x} cy={y} r={r} class={`node ${now ? "now " : ""}${own.length === 1 ? sign(own[0]) : ""}`} fill-opacity={own.length === 1 ? strength(own[0]) : 0} />)}
      {dark && <path class="minus" d={dark} />}
      {light && <path class="minus light" d={light} />}
    </>
  );
}

export const disc = (x: number, y: number, r: number): string => `M${x - r},${y}a${r},${r} 0 1 0 ${2 * r},0a${r},${r} 0 1 0 ${-2 * r},0`;

/** An arrow head with its tip at (along, up), pointing to the right (else up in the wide drawing, down in the tall one). */
function head(g: Geometry, along: number, up: number, right: boolean): string {
  const [x, y] = g.place(along, up), z = 4;
  return right ? `M${x - 1.8 * z},${y - z}L${x},${y}L${x - 1.8 * z},${y + z}Z` : g.wide ? `M${x - z},${y + 1.8 * z}L${x},${y}L${x + z},${y + 1.8 * z}Z` : `M${x - z},${y - 1.8 * z}L${x},${y}L${x + z},${y - 1.8 * z}Z`;
}
