// The live drawing of one LSTM cell. Its geometry is data (lstm_lib/diagram.json, also read by the still figures);
// here every mark gets its value: the slit of a gate, the thickness of what passes, the number on the wire.
import type { JSX } from "preact";
import geometry from "../../../diagram.json";
import type { Quantity } from "../core/lstm.ts";
import { Valve } from "./Valve.tsx";
import { DASH, LETTER, color, isGate, type Letter } from "./quantities.ts";
import { roundedPath } from "./scale.ts";

/** What flows in the cell at one step for one unit; names as in diagram.json. */
export interface CellValues extends Record<Quantity, number> {
  previous_cell: number;
  kept: number;
  written: number;
  squashed: number;
  factor: number;
}

export interface CellText {
  /** Name of the whole drawing. */
  label: string;
  /** The word, or the name of the step, that enters. */
  input: string;
  /** How many numbers the previous hidden state has, in words. */
  previous_hidden: string;
  /** Words before the value kept and the value written. */
  kept: string;
  written: string;
  /** Name of the button on a quantity: what it is, its value, what pressing does. */
  button: (quantity: Quantity, value: string) => string;
}

export type Layout = "wide" | "narrow";

/** Part of the drawing that stands for a symbol: ids of its elements ("rise_output_gate" is the end of the rail). Where wires are
 * given, they are what can be pressed, and the one called `lit` (or the elements `ids`) is drawn with a casing. */
export interface Wires { lit: string; chosen: string; ids: readonly string[] | null; marks: readonly { name: string; ids: readonly string[]; label: string }[] }

interface Element {
  kind: "wire" | "dot" | "box" | "aperture" | "sum" | "factor" | "label";
  id: string; quantity: Quantity; step: number; until?: number; in?: string[]; value?: string; passes?: Quantity;
  points?: [number, number][]; radius?: number; width?: number; arrow?: [number, number, string];
  at?: [number, number]; r?: number; size?: [number, number]; text?: string; axis?: string; through?: Quantity;
  anchor?: "start" | "middle" | "end"; symbol?: string; index?: string; word?: "kept" | "written"; formula?: unknown;
}
interface Geometry {
  width: number; height: number; font: number;
  body: { x: number; y: number; width: number; height: number; radius: number };
  elements: Element[];
}

const LAYOUTS = { wide: geometry.wide, narrow: geometry.narrow } as unknown as Record<Layout, Geometry>;

/** The elements of the whole cell with its values: the last of the four steps. */
export function liveElements(layout: Layout): Element[] {
  return LAYOUTS[layout].elements.filter((e) => e.step <= 4 && (e.until ?? 4) >= 4 && (e.in ?? ["live"]).includes("live"));
}

/** Drawn width of a wire: the share that the gate in front of it lets through. */
export function wireWidth(width: number, gate: number | undefined): number {
  return gate === undefined ? width : Math.max(0.8, width * gate);
}

/** Places a reader can press, one per quantity, at least 44 px a side: around box and value, or around the end of a wire. */
export interface Target { quantity: Quantity; x: number; y: number; width: number; height: number; /** x, y, length of the mark under the value */ line: [number, number, number] }

export function targets(layout: Layout): Target[] {
  const elements = liveElements(layout), { font } = LAYOUTS[layout], find = (id: string) => elements.find((e) => e.id === id)!;
  const boxes = elements.filter((e) => e.kind === "box" && e.id !== "box_squash").sort((a, b) => a.at![0] - b.at![0]);
  const out = boxes.map((box, k): Target => {
    const label = elements.find((e) => e.kind === "label" && e.quantity === box.quantity && e.symbol)!;
    const [w, h] = box.size!, x = box.at![0] - w / 2 - 3, top = label.at![1] - 20, next = boxes[k + 1];
    const right = Math.min(label.at![0] + 58, next ? next.at![0] - next.size![0] / 2 - 4 : Infinity);
    return { quantity: box.quantity, x, y: top, width: right - x, height: box.at![1] + h / 2 + 4 - top, line: [label.at![0] - 1, label.at![1] + 6, font * (isGate(LETTER[box.quantity]) ? 2.7 : 3.35)] };
  });
  for (const [id, quantity] of [["c_now", "cell"], ["h_now", "hidden"]] as const) {
    const { at: [x, y], value } = find(id) as Required<Element>;
    out.push({ quantity, x: x - 48, y: y - 19, width: 52, height: 62, line: [x - 42, y + (value ? 6 : 43), 42] });
  }
  return out;
}

function arrowHead([x, y, direction]: [number, number, string], size: number): string {
  const back = size * 1.7;
  return direction === "up" ? `M${x - size},${y + back}L${x},${y}L${x + size},${y + back}Z`
    : `M${x - back},${y - size}L${x},${y}L${x - back},${y + size}Z`;
}

function shorten(text: string, most: number): string {
  const letters = [...text];
  return letters.length > most ? letters.slice(0, most - 1).join("") + "…" : text;
}

/** An element by its id, with the last stretch of the rail as one of its own. */
function elementOf(layout: Layout, id: string): Element | undefined {
  const all = liveElements(layout);
  if (id !== "rise_output_gate") return all.find((e) => e.id === id);
  const rail = all.find((e) => e.id === "rail_3")!;
  return { ...rail, id, points: rail.points!.slice(-2) };
}

/** Outline of an element, `room` px around it: what is lit, and what a finger meets. */
function outline(e: Element, room: number): JSX.Element | null {
  const around = 2 * room;
  if (e.kind === "wire") return <path key={e.id} d={roundedPath(e.points!, e.radius)} style={{ strokeWidth: e.width! + around }} class="along" />;
  const [x, y] = e.at!, [w, h] = e.size ?? [2 * (e.r ?? 0), 2 * (e.r ?? 0)];
  if (e.kind === "aperture" || e.kind === "sum") return <circle key={e.id} cx={x} cy={y} r={e.r! + room} class="round" />;
  return e.kind === "box" ? <rect key={e.id} x={x - w / 2 - room} y={y - h / 2 - room} width={w + around} height={h + around} rx={5 + room} class="round" /> : null;
}

export function CellDiagram({ layout, values, text, selected, num, onPick, wires }: {
  layout: Layout; values: CellValues; text: CellText; selected: Quantity | null;
  num: (value: number, options?: { sign?: boolean }) => string; onPick?: (quantity: Quantity) => void; wires?: Wires;
}): JSX.Element {
  const { width, height, font, body } = LAYOUTS[layout];
  const read = (name: string): number => (values as unknown as Record<string, number>)[name];
  const write = (name: string): string => {
    if (name === "input") return shorten(text.input, layout === "wide" ? 14 : 18);
    if (name === "previous_hidden") return text.previous_hidden;
    const letter = LETTER[name as Quantity];
    return num(read(name), { sign: !letter || !isGate(letter) });
  };
  const draw = (e: Element): JSX.Element | null => {
    const letter = LETTER[e.quantity], stroke = color(letter);
    switch (e.kind) {
      case "wire": {
        const w = wireWidth(e.width!, e.passes && read(e.passes));
        return (
          <g key={e.id} class="wire">
            <path d={roundedPath(e.points!, e.radius)} style={{ stroke, strokeWidth: w, strokeDasharray: DASH[letter] }} />
            {e.arrow && <path d={arrowHead(e.arrow, letter === "c" ? 6.5 : 5)} style={{ fill: stroke, stroke: "none" }} />}
          </g>
        );
      }
      case "dot": return <circle key={e.id} cx={e.at![0]} cy={e.at![1]} r={e.r} style={{ fill: stroke }} />;
      case "box": {
        const [x, y] = e.at!, [w, h] = e.size!, sigma = e.text === "σ";
        return (
          <g key={e.id}>
            <rect x={x - w / 2} y={y - h / 2} width={w} height={h} rx={e.radius} style={{ fill: "var(--paper)", stroke, strokeWidth: 1.75 }} />
            <text x={x} y={y + font * 0.33} class={sigma ? "fn sigma" : "fn"} text-anchor="middle" style={{ fill: stroke, fontSize: `${font * (sigma ? 1.2 : 1.04)}px` }}>{e.text}</text>
          </g>
        );
      }
      case "aperture":
        return <Valve key={e.id} x={e.at![0]} y={e.at![1]} r={e.r!} q={letter} value={read(e.value!)} through={LETTER[e.through!]}
          vertical={e.axis === "vertical"} thickness={wireWidth(e.width!, read(e.value!))} />;
      case "sum": {
        const [x, y] = e.at!, arm = e.r! * 0.46;
        return (
          <g key={e.id}>
            <circle cx={x} cy={y} r={e.r} style={{ fill: "var(--paper)", stroke, strokeWidth: 2.25 }} />
            <path d={`M${x - arm},${y}h${2 * arm}M${x},${y - arm}v${2 * arm}`} style={{ stroke, strokeWidth: 2 }} />
          </g>
        );
      }
      case "factor": {
        if (values.factor === 1) return null;
        const [x, y] = e.at!, [w, h] = e.size!;
        return (
          <g key={e.id}>
            <rect x={x - w / 2} y={y - h / 2} width={w} height={h} rx={5} class="factor" />
            <text x={x} y={y + font * 0.34} text-anchor="middle" class="val factor-text" style={{ fontSize: `${font}px` }}>{`× ${num(values.factor).replace(/[,.]0+$/, "")}`}</text>
          </g>
        );
      }
      case "label": return <Label key={e.id} e={e} letter={letter} font={font} value={e.value ? write(e.value) : ""} word={e.word ? text[e.word] : ""} />;
    }
  };
  return (
    <svg class={`cell ${layout}`} viewBox={`0 0 ${width} ${height}`} role="group" aria-label={text.label}>
      <g aria-hidden="true">
        <rect x={body.x} y={body.y} width={body.width} height={body.height} rx={body.radius} class="body" />
        {wires && <Casing layout={layout} ids={wires.ids ?? wires.marks.find((mark) => mark.name === wires.lit)?.ids ?? []} />}
        {liveElements(layout).map(draw)}
      </g>
      {wires && wires.marks.map((mark) => {
        const place = targets(layout).find((target) => target.quantity === mark.name);
        return (
          <g key={mark.name} class="pick wire-pick" role="button" tabindex={-1} aria-pressed={wires.chosen === mark.name} aria-label={mark.label} data-name={mark.name}>
            {mark.ids.map((id) => { const e = elementOf(layout, id); return e && outline(e, 9); })}
            {place && <rect class="place" x={place.x} y={place.y} width={place.width} height={place.height} rx={5} />}
          </g>
        );
      })}
      {onPick && targets(layout).map((place) => {
        const pressed = selected === place.quantity;
        return (
          <g key={place.quantity} class="pick" role="button" tabindex={0} aria-pressed={pressed} data-quantity={place.quantity}
            aria-label={text.button(place.quantity, write(place.quantity))} onClick={() => onPick(place.quantity)}
            onKeyDown={(event) => {
              if (event.key !== "Enter" && event.key !== " ") return;
              event.preventDefault();
              onPick(place.quantity);
            }}>
            <rect x={place.x} y={place.y} width={place.width} height={place.height} rx={5} />
            <path d={`M${place.line[0]},${place.line[1]}h${place.line[2]}`} />
          </g>
        );
      })}
    </svg>
  );
}

/** A band of the accent behind what is lit, with the ground between the two. */
function Casing({ layout, ids }: { layout: Layout; ids: readonly string[] }): JSX.Element {
  const found = ids.map((id) => elementOf(layout, id)).filter((e) => e !== undefined);
  return <g class="casing">{found.map((e) => outline(e, 6))}<g class="inside">{found.map((e) => outline(e, 3.5))}</g></g>;
}

function Label({ e, letter, font, value, word }: { e: Element; letter: Letter; font: number; value: string; word: string }): JSX.Element {
  const [x, y] = e.at!, isWord = e.value === "input", drop = font * 0.26;
  return (
    <text x={x} y={y} text-anchor={e.anchor} class="val halo" style={{ fill: color(letter), fontSize: `${font}px` }}>
      {e.symbol && <tspan class="letter" style={{ fontSize: `${font * 1.2}px` }}>{e.symbol}</tspan>}
      {e.index && <tspan class="letter" dy={drop} style={{ fontSize: `${font * 0.82}px` }}>{e.index}</tspan>}
      {e.symbol && value && <tspan dx={isWord ? 7 : 5} dy={e.index ? -drop : 0} class={isWord ? "word" : ""}>{value}</tspan>}
      {!e.symbol && word && <tspan class="role">{word} </tspan>}
      {!e.symbol && <tspan class={e.value === "previous_hidden" ? "role" : ""}>{value}</tspan>}
    </text>
  );
}

export const cellCss = `
.cell { display: block; width: 100%; height: auto; overflow: visible; }
.cell .body { fill: none; stroke: var(--rule); stroke-width: 1.25; }
.cell .wire path { fill: none; stroke-linejoin: round; transition: stroke-width var(--m-step) var(--ease); }
.cell text { font-family: var(--sans); }
.cell .val { font-weight: 600; font-variant-numeric: tabular-nums lining-nums; }
.cell .letter { font-family: var(--serif); font-style: italic; font-weight: 500; }
.cell .word { font-family: var(--serif); font-weight: 500; }
.cell .role { fill: var(--ink-2); font-weight: 400; font-size: 14px; }
.cell .fn { font-family: var(--serif); }
.cell .fn.sigma { font-style: italic; }
.cell .halo { paint-order: stroke; stroke: var(--paper); stroke-width: 5px; stroke-linejoin: round; }
.cell .plate { transition: x var(--m-step) var(--ease), y var(--m-step) var(--ease), width var(--m-step) var(--ease), height var(--m-step) var(--ease); }
.cell .factor { fill: var(--ink); }
.cell .factor-text { fill: var(--paper); }
.cell .pick { cursor: pointer; outline: none; }
.cell .pick rect { fill: transparent; stroke: none; }
.cell .pick path { fill: none; stroke: transparent; stroke-width: 2.5; stroke-linecap: round; }
.cell .pick:hover path { stroke: var(--rule-2); }
.cell .pick[aria-pressed="true"] path { stroke: var(--accent); }
.cell .casing .along { fill: none; stroke: var(--accent); stroke-linejoin: round; }
.cell .casing .round { fill: var(--accent); }
.cell .casing .inside .along { stroke: var(--paper); }
.cell .casing .inside .round { fill: var(--paper); }
.cell .wire-pick .along { stroke: transparent; stroke-width: 24px; stroke-linecap: butt; pointer-events: stroke; }
.cell .wire-pick .round { fill: transparent; stroke: none; }
.cell .pick.wire-pick:hover path, .cell .pick.wire-pick[aria-pressed="true"] path { stroke: transparent; }
.cell .wire-pick:focus-visible .along { stroke: color-mix(in srgb, var(--accent) 30%, transparent); }
.cell .pick:focus-visible rect { stroke: var(--accent); stroke-width: var(--w-focus); }
`;
