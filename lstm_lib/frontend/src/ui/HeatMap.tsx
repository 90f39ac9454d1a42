// One quantity over all units and all steps, on a canvas: 6400 cells cost one small image and a few strokes.
// Gates go linearly from the ground to their own colour; states from orange through neutral to violet, and
// negative cells carry a minus stroke, so that the sign never hangs on the colour.
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

export type Rgb = readonly [number, number, number];

/** Parse what getComputedStyle gives for a colour: rgb(1, 2, 3), rgba(...), color(srgb .1 .2 .3). */
export function parseColor(text: string): Rgb {
  const numbers = (text.match(/[\d.]+(?:e-?\d+)?/g) ?? []).map(Number), scale = text.startsWith("color(") ? 255 : 1;
  return numbers.length >= 3 ? [numbers[0] * scale, numbers[1] * scale, numbers[2] * scale] : [128, 128, 128];
}

/** 256 packed colours (as an ImageData holds them on a little-endian machine), linear through the stops. */
export function ramp(stops: readonly Rgb[]): Uint32Array {
  const table = new Uint32Array(256);
  for (let k = 0; k < 256; k++) {
    const place = (k / 255) * (stops.length - 1), low = Math.min(Math.floor(place), stops.length - 2), part = place - low;
    const [r, g, b] = [0, 1, 2].map((n) => Math.round(stops[low][n] + (stops[low + 1][n] - stops[low][n]) * part));
    table[k] = (255 << 24 | b << 16 | g << 8 | r) >>> 0;
  }
  return table;
}

/** Place of a value in the table: 0 … 1 for a gate, −limit … +limit for a state; beyond the ends stays at the end. */
export function shade(value: number, gate: boolean, limit: number): number {
  const place = gate ? value : (value / limit + 1) / 2;
  return place >= 1 ? 255 : place > 0 ? Math.round(place * 255) : 0;
}

/** A negative cell gets its stroke when it is at least this share of the scale: a paler one is drawn as near zero. */
export const STROKE_FROM = 0.12;

/** Runs [from, to) of columns of one row that carry a stroke. Wide cells get one each, thin ones share one line. */
export function strokeRuns(values: ArrayLike<number>, T: number, H: number, unit: number, limit: number, apart: boolean): [number, number][] {
  const runs: [number, number][] = [];
  for (let t = 0; t < T; t++) {
    if (!(values[t * H + unit] <= -STROKE_FROM * limit)) continue;
    const last = runs[runs.length - 1];
    if (!apart && last && last[1] === t) last[1] = t + 1; else runs.push([t, t + 1]);
  }
  return runs;
}

export interface HeatMapProps {
  values: Float64Array; // T × H
  T: number;
  H: number;
  /** Which unit stands in each row, from the top. */
  order: ArrayLike<number>;
  gate: boolean;
  /** End of a state's scale. */
  limit: number;
  /** Colours from low to high, as CSS values: tokens. */
  stops: readonly string[];
  width: number;
  height: number;
  /** Changes when the colours may have changed. */
  palette: string;
  /** Name of the picture; "" where something around it is already named. */
  label: string;
}

interface Ready { key: string; table: Uint32Array; paper: string; ink: string; image: ImageData; pixels: Uint32Array; small: HTMLCanvasElement }

export function HeatMap(props: HeatMapProps): JSX.Element {
  const ref = useRef<HTMLCanvasElement>(null), ready = useRef<Ready | null>(null);
  const { values, T, H, order, gate, limit, stops, width, height, palette } = props;
  useLayoutEffect(() => {
    const canvas = ref.current, context = canvas?.getContext("2d");
    if (!canvas || !context || !T || !H || width < 2) return;
    const key = [palette, T, H, ...stops].join();
    if (ready.current?.key !== key) ready.current = prepare(canvas, key, T, H, stops);
    const dots = Math.min(3, Math.max(1, globalThis.devicePixelRatio || 1)), W = Math.round(width * dots), Y = Math.round(height * dots);
    if (canvas.width !== W || canvas.height !== Y) { canvas.width = W; canvas.height = Y; }
    paint(context, ready.current, { values, T, H, order, gate, limit, W, Y, dots });
  }, [values, T, H, order, gate, limit, stops, width, height, palette]);
  return <canvas ref={ref} class="heat" {...(props.label ? { role: "img", "aria-label": props.label } : { "aria-hidden": true })} style={{ height: `${height}px` }} />;
}

/** Read the tokens as the browser resolves them (system colours included) and set up the small image. */
function prepare(canvas: HTMLCanvasElement, key: string, T: number, H: number, stops: readonly string[]): Ready {
  const read = (value: string) => { canvas.style.color = value; return getComputedStyle(canvas).color; };
  const table = ramp(stops.map((stop) => parseColor(read(stop)))), paper = read("var(--paper)"), ink = read("var(--ink)");
  canvas.style.color = "";
  const small = document.createElement("canvas");
  small.width = T; small.height = H;
  const image = new ImageData(T, H);
  return { key, table, paper, ink, image, pixels: new Uint32Array(image.data.buffer), small };
}

function paint(context: CanvasRenderingContext2D, { table, paper, ink, image, pixels, small }: Ready, p: {
  values: Float64Array; T: number; H: number; order: ArrayLike<number>; gate: boolean; limit: number; W: number; Y: number; dots: number;
}): void {
  const { values, T, H, order, gate, limit, W, Y, dots } = p, row = Y / H, column = W / T;
  for (let r = 0, at = 0; r < H; r++) for (let t = 0, u = order[r]; t < T; t++) pixels[at++] = table[shade(values[t * H + u], gate, limit)];
  small.getContext("2d")!.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = column < 1; // more words than dots: average them rather than drop some
  context.drawImage(small, 0, 0, T, H, 0, 0, W, Y);
  const gap = row >= 4 * dots ? Math.max(1, Math.round(dots * 0.9)) : row >= 2.5 * dots ? Math.max(1, dots * 0.5) : 0;
  context.fillStyle = paper;
  if (gap) { const lines = new Path2D(); for (let r = 1; r <= H; r++) lines.rect(0, Math.round(r * row) - gap, W, gap); context.fill(lines); }
  if (gate || row < 3 * dots) return;
  const apart = column >= 5 * dots, thick = Math.max(1, Math.round(dots)), inset = apart ? column * 0.3 : Math.min(column * 0.3, dots);
  // Two paths, filled once each: thousands of single rectangles would cost more than the map itself.
  const strong = new Path2D(), weak = new Path2D();
  for (let r = 0; r < H; r++) {
    const u = order[r], y = Math.round(r * row + (row - gap - thick) / 2);
    for (const [from, to] of strokeRuns(values, T, H, u, limit, apart)) {
      (values[from * H + u] <= -0.5 * limit ? strong : weak).rect(from * column + inset, y, (to - from) * column - 2 * inset, thick);
    }
  }
  context.fillStyle = paper; context.globalAlpha = 0.9; context.fill(strong);
  context.fillStyle = ink; context.globalAlpha = 0.45; context.fill(weak);
  context.globalAlpha = 1;
}
