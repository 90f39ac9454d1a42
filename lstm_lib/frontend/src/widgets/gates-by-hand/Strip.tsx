// The unrolled cell with its gates as apertures: time runs to the right, or down where there is no room.
// Drawing in SVG, one pixel per unit; over every aperture lies a slider that pointer, touch and keyboard share.
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { useWidget } from "../../host/widget.tsx";
import { inside, type Case, type GateName, type Puzzle, type Run, type Target } from "../../core/puzzles.ts";
import { useSize } from "../../ui/hooks.ts";
import { LETTER, color, type Letter } from "../../ui/quantities.ts";
import { clamp, linear, linePath, symmetricExtent } from "../../ui/scale.ts";
import { Valve } from "../../ui/Valve.tsx";

interface Props {
  puzzle: Puzzle; shown: Case; trace: Run; step: number;
  onGate: (gate: GateName, step: number, value: number) => void;
  onStep: (step: number) => void;
}

interface Place { x: number; y: number }
interface Geometry {
  wide: boolean; width: number; height: number; r: number;
  f: Place[]; i: Place[]; o: Place[]; plus: Place[]; tap: Place[];
}

const LEFT = 38, TOP = 30, CHART = 84;

function geometry(width: number, T: number): Geometry {
  const column = (width - LEFT - 10) / T, all = (f: (t: number) => Place) => Array.from({ length: T }, (_, t) => f(t));
  if (column >= 86) {
    const at = (share: number, y: number) => all((t) => ({ x: LEFT + (t + share) * column, y }));
    const road = TOP + CHART + 148;
    return { wide: true, width, height: road + 126 + CHART + 14, r: 16, f: at(0.18, road), plus: at(0.5, road), tap: at(0.8, road),
      i: at(0.5, road + 60), o: at(0.8, road - 88) };
  }
  const row = 118, x = Math.round(width * 0.42), at = (px: number, dy: number) => all((t) => ({ x: px, y: 8 + t * row + dy }));
  return { wide: false, width, height: 8 + row * T + 12, r: 16, f: at(x, 26), plus: at(x, 72), tap: at(x, 98), i: at(x - 62, 72), o: at(x + 62, 98) };
}

/** Thickness of a wire that carries `value`: nothing is a hair, 1 is the book's highway. */
const thick = (value: number, most = 5) => 1 + (most - 1) * Math.min(1, Math.abs(value));

export function Strip({ puzzle, shown, trace, step, onGate, onStep }: Props): JSX.Element {
  const { t, num } = useWidget();
  const { ref, width } = useSize<HTMLDivElement>(912);
  const g = geometry(width, trace.inputs.length), T = trace.inputs.length, root = useRef<HTMLDivElement>(null);
  const signed = (v: number) => num(v, { sign: true });
  const gates: [GateName, Place[]][] = [["forget_gate", g.f], ["input_gate", g.i], ["output_gate", g.o]];
  const move = (gate: GateName, to: number) => {
    if (to < 0 || to >= T) return;
    onStep(to);
    root.current?.querySelector<HTMLElement>(`[data-gate="${gate}"][data-step="${to}"]`)?.focus();
  };
  return (
    <div class="strip" ref={root}>
      <div ref={ref} style={{ position: "relative", height: `${g.height}px` }} role="group" aria-label={t("gates-by-hand.strip")}>
        <svg width={g.width} height={g.height} aria-hidden="true">
          {g.wide ? <Wide {...{ g, trace, shown, puzzle, step, signed, onStep }} /> : <Tall {...{ g, trace, shown, puzzle, step, signed, onStep }} />}
          {gates.map(([gate, places]) => places.map((p, k) => (
            <g key={`${gate}${k}`} class={puzzle.locked?.[gate] !== undefined ? "locked" : undefined}>
              <Valve x={p.x} y={p.y} r={g.r} q={LETTER[gate]} value={trace[gate][k]} vertical={gate === "forget_gate" ? !g.wide : g.wide}
                through={gate === "forget_gate" ? "c" : gate === "input_gate" ? "g" : "h"}
                thickness={gate === "forget_gate" ? thick(k ? trace.cell[k - 1] : 0) : gate === "input_gate" ? thick(trace.inputs[k], 4) : thick(Math.tanh(trace.cell[k]), 4)} />
              <GateValue {...{ g, p, gate, text: num(trace[gate][k]) }} />
            </g>
          )))}
        </svg>
        {gates.map(([gate, places]) => places.map((p, k) => (
          <Handle key={`${gate}${k}`} place={p} gate={gate} step={k} value={trace[gate][k]} current={k === step}
            locked={puzzle.locked?.[gate] !== undefined} label={t("gates-by-hand.gate_at", { gate: t(`common.${gate}`), step: k + 1 })}
            valueText={`${num(trace[gate][k])}${trace[gate][k] === 0 ? `, ${t("gates-by-hand.closed")}` : trace[gate][k] === 1 ? `, ${t("gates-by-hand.open")}` : ""}`}
            onValue={(v) => onGate(gate, k, v)} onFocus={() => { if (k !== step) onStep(k); }} onMove={(by) => move(gate, k + by)} />
        )))}
      </div>
    </div>
  );
}

/** Letter and value: f under its aperture, i and o to the left; in the tall drawing where there is room. */
function GateValue({ g, p, gate, text }: { g: Geometry; p: Place; gate: GateName; text: string }): JSX.Element {
  const q = LETTER[gate], r = g.r;
  const [x, y, anchor] = g.wide
    ? q === "f" ? [p.x, p.y + r + 23, "middle"] : [p.x - r - 5, p.y + 5, "end"]
    : q === "f" ? [p.x + r + 6, p.y + 5, "start"] : [p.x, p.y - r - 6, "middle"];
  return <text class="val" x={x} y={y} style={{ fill: color(q), textAnchor: anchor as "start" }}><tspan class="letter">{q}</tspan> {text}</text>;
}

interface DrawProps {
  g: Geometry; trace: Run; shown: Case; puzzle: Puzzle; step: number; signed: (v: number) => string; onStep: (step: number) => void;
}

function Arrow({ x, y, to, q, size = 5 }: { x: number; y: number; to: "r" | "u" | "d"; q: Letter; size?: number }): JSX.Element {
  const z = size, d = to === "r" ? `M${x - 1.7 * z},${y - z}L${x},${y}L${x - 1.7 * z},${y + z}Z`
    : to === "u" ? `M${x - z},${y + 1.7 * z}L${x},${y}L${x + z},${y + 1.7 * z}Z` : `M${x - z},${y - 1.7 * z}L${x},${y}L${x + z},${y - 1.7 * z}Z`;
  return <path d={d} style={{ fill: color(q) }} />;
}

function Wire({ d, q, w, dash }: { d: string; q: Letter; w: number; dash?: string }): JSX.Element {
  return <path class="wire" d={d} style={{ stroke: color(q), strokeWidth: w, strokeDasharray: dash }} />;
}

function Plus({ x, y }: Place): JSX.Element {
  return (
    <g style={{ stroke: color("c") }}>
      <circle cx={x} cy={y} r={10} style={{ fill: "var(--paper)", strokeWidth: 2.25 }} />
      <path d={`M${x - 5},${y}h10M${x},${y - 5}v10`} style={{ strokeWidth: 2 }} />
    </g>
  );
}

function Tanh({ x, y }: Place): JSX.Element {
  return (
    <g>
      <rect x={x - 20} y={y - 12} width={40} height={24} rx={5} style={{ fill: "var(--paper)", stroke: color("h"), strokeWidth: 1.5 }} />
      <text class="fn" x={x} y={y + 4.5} style={{ textAnchor: "middle" }}>tanh</text>
    </g>
  );
}

/** A target band on an axis, with a tick or a cross: never colour alone. */
function Band({ x, y, w, h, right, mark }: { x: number; y: number; w: number; h: number; right: boolean; mark: Place }): JSX.Element {
  return (
    <g class={right ? "band ok" : "band no"}>
      <rect x={x} y={y} width={w} height={h} rx={2} />
      <path class="mark" d={right ? `M${mark.x - 5},${mark.y}l3.5,4l6,-8.5` : `M${mark.x - 4},${mark.y - 4}l8,8m0,-8l-8,8`} />
    </g>
  );
}

const stepNumber = (puzzle: Puzzle, k: number, language: "pt" | "en") => puzzle.marks?.[String(k + 1)]?.[language] ?? "";

function Wide({ g, trace, shown, puzzle, step, signed, onStep }: DrawProps): JSX.Element {
  const { t, language } = useWidget(), T = trace.inputs.length, column = (g.width - LEFT - 10) / T, road = g.plus[0].y;
  const before = (k: number) => (k ? trace.cell[k - 1] : 0), edge = (k: number) => LEFT + k * column;
  return (
    <>
      {trace.inputs.map((_, k) => (
        <g key={k} class={k === step ? "head cur" : "head"} onClick={() => onStep(k)}>
          <rect class="col" x={edge(k)} y={0} width={column} height={g.height} />
          <rect class="chip" x={edge(k) + column * 0.5 - 34} y={0} width={68} height={22} rx={3} />
          <rect class="under" x={edge(k) + column * 0.5 - 34} y={20} width={68} height={2} />
          <text class="no" x={edge(k) + column * 0.5} y={16}>{stepNumber(puzzle, k, language.value) ? `${k + 1} · ${stepNumber(puzzle, k, language.value)}` : k + 1}</text>
        </g>
      ))}
      <Chart q="hidden" top={TOP} xs={g.tap.map((p) => p.x)} width={g.width} values={trace.hidden} targets={shown.targets} step={step} label={t("common.hidden")} />
      {/* highway: what comes in, what the forget gate lets pass, what leaves after the sum */}
      {g.plus.map((p, k) => {
        const c0 = before(k), kept = trace.forget_gate[k] * c0, tap = g.tap[k], top = TOP + CHART + 22;
        return (
          <g key={k}>
            <Wire d={`M${k ? g.tap[k - 1].x : LEFT - 26},${road}H${g.f[k].x}`} q="c" w={thick(c0)} />
            <Wire d={`M${g.f[k].x},${road}H${p.x}`} q="c" w={thick(kept)} />
            <Wire d={`M${p.x},${road}H${k === T - 1 ? g.width - 12 : tap.x}`} q="c" w={thick(trace.cell[k])} />
            <Wire d={`M${p.x},${road + 100}V${g.i[k].y}`} q="g" w={thick(trace.inputs[k], 4)} dash="2 3" />
            <Wire d={`M${p.x},${g.i[k].y}V${road + 10}`} q="g" w={thick(trace.input_gate[k] * trace.inputs[k], 4)} dash="2 3" />
            <Wire d={`M${tap.x},${road}V${road - 34}`} q="c" w={thick(trace.cell[k], 3)} />
            <Wire d={`M${tap.x},${road - 46}V${g.o[k].y}`} q="h" w={thick(Math.tanh(trace.cell[k]), 4)} />
            <Wire d={`M${tap.x},${g.o[k].y}V${top + 6}`} q="h" w={thick(trace.hidden[k], 4)} />
            <Arrow x={tap.x} y={top} to="u" q="h" size={4.5} />
            <circle cx={tap.x} cy={road} r={4.5} style={{ fill: color("c") }} />
            <Plus {...p} />
            <Tanh x={tap.x} y={road - 42} />
            <text class="val" x={tap.x + 2} y={road + 20} style={{ fill: color("c"), textAnchor: "middle" }}>{signed(trace.cell[k])}</text>
            <text class="val" x={tap.x - 9} y={top + 18} style={{ fill: color("h"), textAnchor: "end" }}>{signed(trace.hidden[k])}</text>
            <text class="val" x={p.x} y={road + 117} style={{ fill: color("g"), textAnchor: "middle" }}>{signed(trace.inputs[k])}</text>
          </g>
        );
      })}
      <Arrow x={g.width - 4} y={road} to="r" q="c" size={6.5} />
      <text class="row" x={0} y={road - 10} style={{ fill: color("c") }}>c</text>
      <text class="row" x={0} y={road + 118} style={{ fill: color("g") }}>g = x</text>
      <Chart q="cell" top={road + 132} xs={g.tap.map((p) => p.x)} width={g.width} values={trace.cell} targets={shown.targets} step={step} label={t("common.cell")} />
    </>
  );
}

/** One quantity over the steps, its targets as bands, on an axis that covers every value. */
function Chart({ q, top, xs, width, values, targets, step, label }: {
  q: "cell" | "hidden"; top: number; xs: number[]; width: number; values: number[]; targets: Target[]; step: number; label: string;
}): JSX.Element {
  const own = targets.filter((o) => o.quantity === q), letter = LETTER[q];
  const extent = q === "hidden" ? 1 : symmetricExtent([...values, ...own.flatMap((o) => [o.low, o.high].map((v) => v * 0.98))]);
  const y = linear([-extent, extent], [top + CHART - 6, top + 6]), { num } = useWidget();
  return (
    <g class="chart">
      {[-extent, 0, extent].map((v) => (
        <g key={v}>
          <path d={`M${LEFT - 4},${y(v)}H${width - 6}`} style={{ stroke: v ? "var(--rule)" : "var(--rule-2)" }} />
          <text class="axis" x={LEFT - 9} y={y(v) + 4.5} style={{ textAnchor: "end" }}>{num(v, { digits: 0, sign: true })}</text>
        </g>
      ))}
      {/* the letter, not a legend: the row says whose it is */}
      <text class="row" x={0} y={y(0) + 5} style={{ fill: color(letter) }}><title>{label}</title>{letter}</text>
      {own.map((o) => {
        const x = xs[o.step - 1], a = y(o.high), h = Math.max(9, y(o.low) - a), mid = (y(o.low) + a) / 2, right = inside(values[o.step - 1], o);
        return <Band key={o.step} x={x - 13} y={mid - h / 2} w={26} h={h} right={right} mark={{ x: x + 22, y: clamp(mid, top + 8, top + CHART - 8) }} />;
      })}
      <path d={linePath(xs, values.map(y))} style={{ fill: "none", stroke: color(letter), strokeWidth: q === "cell" ? 2.5 : 1.75 }} />
      {values.map((v, k) => (
        <circle key={k} cx={xs[k]} cy={y(v)} r={k === step ? 5 : 3.5} style={{ fill: k === step ? "var(--paper)" : color(letter), stroke: color(letter), strokeWidth: 2 }} />
      ))}
    </g>
  );
}

function Tall({ g, trace, shown, puzzle, step, signed, onStep }: DrawProps): JSX.Element {
  const { language } = useWidget(), T = trace.inputs.length, road = g.plus[0].x, before = (k: number) => (k ? trace.cell[k - 1] : 0);
  const left = road + 104, right = g.width - 26, extent = symmetricExtent(trace.cell);
  return (
    <>
      {g.plus.map((p, k) => {
        const c0 = before(k), tap = g.tap[k], top = p.y - 72, word = stepNumber(puzzle, k, language.value);
        return (
          <g key={k}>
            <g class={k === step ? "head cur" : "head"} onClick={() => onStep(k)}>
              <rect class="col" x={0} y={top} width={g.width} height={118} />
              {k > 0 && <path d={`M0,${top}H${road - 30}`} style={{ stroke: "var(--rule)" }} />}
              <rect class="chip" x={0} y={top + 8} width={Math.max(30, 30 + 7 * word.length)} height={22} rx={3} />
              <rect class="under" x={0} y={top + 28} width={Math.max(30, 30 + 7 * word.length)} height={2} />
              <text class="no" x={word ? 6 : 15} y={top + 24} style={{ textAnchor: word ? "start" : "middle" }}>{word ? `${k + 1} · ${word}` : k + 1}</text>
            </g>
            <Wire d={`M${road},${k ? g.tap[k - 1].y : 2}V${g.f[k].y}`} q="c" w={thick(c0)} />
            <Wire d={`M${road},${g.f[k].y}V${p.y}`} q="c" w={thick(trace.forget_gate[k] * c0)} />
            <Wire d={`M${road},${p.y}V${k === T - 1 ? g.height - 8 : tap.y}`} q="c" w={thick(trace.cell[k])} />
            <Wire d={`M${50},${p.y}H${g.i[k].x}`} q="g" w={thick(trace.inputs[k], 4)} dash="2 3" />
            <Wire d={`M${g.i[k].x},${p.y}H${p.x - 10}`} q="g" w={thick(trace.input_gate[k] * trace.inputs[k], 4)} dash="2 3" />
            <Wire d={`M${tap.x},${tap.y}H${g.o[k].x}`} q="h" w={thick(Math.tanh(trace.cell[k]), 4)} />
            <Wire d={`M${g.o[k].x},${tap.y}H${left - 12}`} q="h" w={thick(trace.hidden[k], 4)} />
            <Arrow x={left - 6} y={tap.y} to="r" q="h" size={4.5} />
            <circle cx={tap.x} cy={tap.y} r={4.5} style={{ fill: color("c") }} />
            <Plus {...p} />
            <text class="val" x={0} y={p.y + 5} style={{ fill: color("g") }}>{signed(trace.inputs[k])}</text>
            {k === 0 && <text class="row" x={0} y={p.y + 28} style={{ fill: color("g") }}>g = x</text>}
            <Gauge q="cell" x0={left} x1={right} y={top + 46} value={trace.cell[k]} extent={extent} target={shown.targets.find((o) => o.quantity === "cell" && o.step === k + 1)} text={signed(trace.cell[k])} />
            <Gauge q="hidden" x0={left} x1={right} y={tap.y + 2} value={trace.hidden[k]} extent={1} target={shown.targets.find((o) => o.quantity === "hidden" && o.step === k + 1)} text={signed(trace.hidden[k])} />
          </g>
        );
      })}
      <Arrow x={road} y={g.height - 1} to="d" q="c" size={6.5} />
    </>
  );
}

/** One value on a short horizontal axis, with its band. */
function Gauge({ q, x0, x1, y, value, extent, target, text }: {
  q: "cell" | "hidden"; x0: number; x1: number; y: number; value: number; extent: number; target: Target | undefined; text: string;
}): JSX.Element {
  const most = Math.max(extent, target ? symmetricExtent([target.low * 0.98, target.high * 0.98]) : 0), x = linear([-most, most], [x0, x1]), letter = LETTER[q];
  return (
    <g class="chart">
      <text class="val" x={x0} y={y - 14} style={{ fill: color(letter) }}><tspan class="letter">{letter}</tspan> {text}</text>
      <path d={`M${x0},${y}H${x1}M${x(0)},${y - 5}v10`} style={{ stroke: "var(--rule-2)" }} />
      {target && (() => {
        const a = x(target.low), w = Math.max(9, x(target.high) - a), mid = (x(target.low) + x(target.high)) / 2;
        return <Band x={mid - w / 2} y={y - 8} w={w} h={16} right={inside(value, target)} mark={{ x: x1 + 17, y }} />;
      })()}
      <circle cx={x(value)} cy={y} r={4} style={{ fill: color(letter) }} />
    </g>
  );
}

/** The slider over one aperture. Tap or Enter: open or close. Drag up or right: open little by little. */
function Handle({ place, gate, step, value, current, locked, label, valueText, onValue, onFocus, onMove }: {
  place: Place; gate: GateName; step: number; value: number; current: boolean; locked: boolean; label: string; valueText: string;
  onValue: (value: number) => void; onFocus: () => void; onMove: (by: number) => void;
}): JSX.Element {
  const drag = useRef<{ x: number; y: number; from: number; moved: boolean } | null>(null);
  const toggle = () => onValue(value >= 0.5 ? 0 : 1);
  const snap = (v: number) => clamp(Math.round(v * 20) / 20, 0, 1);
  const key = (event: KeyboardEvent) => {
    const to: Record<string, number> = { ArrowUp: value + 0.05, ArrowDown: value - 0.05, PageUp: value + 0.25, PageDown: value - 0.25, Home: 0, End: 1 };
    if (event.key === "ArrowLeft" || event.key === "ArrowRight") onMove(event.key === "ArrowLeft" ? -1 : 1);
    else if (event.ctrlKey || event.metaKey || event.altKey) return;
    else if (locked) return;
    else if (event.key === "Enter" || event.key === " ") toggle();
    else if (event.key in to) onValue(snap(to[event.key]));
    else return;
    event.preventDefault();
  };
  return (
    <div class={locked ? "handle locked" : "handle"} style={{ left: `${place.x}px`, top: `${place.y}px` }} data-gate={gate} data-step={step}
      role="slider" tabIndex={current ? 0 : -1} aria-label={label} aria-valuemin={0} aria-valuemax={1} aria-valuenow={value} aria-valuetext={valueText}
      aria-disabled={locked || undefined} aria-orientation="vertical" onKeyDown={key} onFocus={onFocus}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.preventDefault();
        event.currentTarget.focus();
        if (locked) return;
        event.currentTarget.setPointerCapture?.(event.pointerId);
        drag.current = { x: event.clientX, y: event.clientY, from: value, moved: false };
      }}
      onPointerMove={(event) => {
        const d = drag.current;
        if (!d) return;
        const way = event.clientX - d.x - (event.clientY - d.y);
        if (Math.abs(way) > 5) d.moved = true;
        if (d.moved) onValue(snap(d.from + way / 90));
      }}
      onPointerUp={() => { if (drag.current && !drag.current.moved) toggle(); drag.current = null; }}
      onPointerCancel={() => { drag.current = null; }} />
  );
}
