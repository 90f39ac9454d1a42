// The landscape as a relief seen from the low side: where a point of it stands on the picture, and the painting.
import { edge, errorAt, type Unit } from "../../core/error_surface.ts";
import { linear, type Scale } from "../../ui/scale.ts";
import type { Rgb } from "../../ui/HeatMap.tsx";
import { PICTURE } from "./state.ts";

export interface View3 { width: number; height: number; w: Scale; skew: number; deep: number; up: number; floor: number; b: (bias: number) => number; top: number }

/** `top` is the largest error there can be, so that the scale is one for all weights. */
export function viewOf(width: number, target: number): View3 {
  const wide = width >= 560, left = wide ? 46 : 30, skew = width * (wide ? 0.24 : 0.16), deep = wide ? 200 : 150, rise = wide ? 190 : 130;
  const top = (1 + Math.abs(target)) ** 2, [low, high] = PICTURE.bias;
  return {
    width, height: rise + deep + 74, w: linear([...PICTURE.weight], [left, width - skew - (wide ? 34 : 30)]), skew, deep, up: rise / top, floor: rise + deep + 22,
    b: (bias) => (bias - low) / (high - low), top,
  };
}

export const place = (v: View3, w: number, b: number, error: number): [number, number] => [v.w(w) + v.b(b) * v.skew, v.floor - v.b(b) * v.deep - error * v.up];

/** The weights under a point of the picture: the last place, from the front, where the relief passes through it. */
export function under(v: View3, unit: Unit, x: number, y: number): [number, number] {
  const [low, high] = PICTURE.bias;
  let best: [number, number] = [PICTURE.weight[0], low], least = Infinity;
  for (let k = 0; k <= 180; k++) {
    const b = low + ((high - low) * k) / 180, w = Math.min(PICTURE.weight[1], Math.max(PICTURE.weight[0], v.w.invert(x - v.b(b) * v.skew)));
    const [px, py] = place(v, w, b, errorAt(w, b, unit)), far = Math.hypot(px - x, py - y);
    if (far < least - 0.5) { least = far; best = [w, b]; }
  }
  return best;
}

export const COLUMNS = 78, ROWS = 72;
export interface Mesh { weights: Float64Array; biases: Float64Array; errors: Float64Array }

/** The mesh follows the edge of the cliff: row r is at a distance from it that grows with the square of r's from the middle, so
 * that the wall, thinner than a pixel, is drawn whole. What would be outside the picture is at its border. */
export function mesh(unit: Unit): Mesh {
  const N = (ROWS + 1) * (COLUMNS + 1), weights = new Float64Array(N), biases = new Float64Array(N), errors = new Float64Array(N), [w0, w1] = PICTURE.weight, [b0, b1] = PICTURE.bias;
  const edges = [edge(w0, unit.initial), edge(w1, unit.initial)], below = Math.max(0, ...edges.map((e) => e - b0)), above = Math.max(0, ...edges.map((e) => b1 - e));
  for (let r = 0, at = 0; r <= ROWS; r++) {
    const u = (2 * r) / ROWS - 1, far = u < 0 ? -below * Math.abs(u) ** 2.2 : above * u ** 2.2;
    for (let c = 0; c <= COLUMNS; c++, at++) {
      const w = w0 + ((w1 - w0) * c) / COLUMNS, b = Math.min(b1, Math.max(b0, edge(w, unit.initial) + far));
      weights[at] = w; biases[at] = b;
      errors[at] = r > 0 && b === biases[at - COLUMNS - 1] ? errors[at - COLUMNS - 1] : errorAt(w, b, unit);
    }
  }
  return { weights, biases, errors };
}

/** Paint from the far rows to the near ones: each row covers what it hides. Steep places are dark, as in an engraving. */
export function paint(context: CanvasRenderingContext2D, v: View3, { weights, biases, errors }: Mesh, paper: Rgb, ink: Rgb, dots: number): void {
  const N = COLUMNS + 1, xs = new Float64Array(errors.length), ys = new Float64Array(errors.length), at = (r: number, c: number) => r * N + c;
  const [w0, w1] = PICTURE.weight, [b0, b1] = PICTURE.bias, wide = (w1 - w0) / COLUMNS, deep = b1 - b0;
  for (let k = 0; k < errors.length; k++) [xs[k], ys[k]] = place(v, weights[k], biases[k], errors[k]);
  const tones = Array.from({ length: 64 }, (_, k) => `rgb(${[0, 1, 2].map((n) => Math.round(paper[n] + (ink[n] - paper[n]) * (k / 63))).join()})`);
  context.setTransform(dots, 0, 0, dots, 0, 0);
  context.clearRect(0, 0, v.width, v.height);
  context.lineJoin = "round";
  const line = (from: number, step: number, count: number) => { for (let k = 0; k <= count; k++) context.lineTo(xs[from + k * step], ys[from + k * step]); };
  /** How dark a cell of the mesh is by its slope, the light coming from the left; −1 where it has no extent. */
  const toneAt = (r: number, c: number): number => {
    const a = at(r, c), d = at(r + 1, c), gap = Math.max(1e-9, biases[d] - biases[a]);
    if (biases[d] === biases[a] && biases[d + 1] === biases[a + 1]) return -1;
    const db = (((errors[d] - errors[a]) / gap) * deep) / v.top, dw = (((errors[a + 1] - errors[a] + ((biases[a] - biases[a + 1]) * (errors[d] - errors[a])) / gap) / wide) * (w1 - w0)) / v.top;
    const lit = (1 - 0.5 * dw - 0.2 * db) / Math.sqrt(1 + dw * dw + db * db), tone = 0.05 + 0.46 * (1 - Math.max(-0.35, Math.min(1, lit))) / 1.35;
    return Math.round(63 * tone);
  };
  let drawn = Infinity; // how far back the last line of the engraving is
  for (let r = ROWS - 1; r >= 0; r--) {
    for (let c = 0; c < COLUMNS;) {
      const tone = toneAt(r, c), from = c;
      do c++; while (c < COLUMNS && toneAt(r, c) === tone); // neighbours of one tone are one shape
      if (tone < 0) continue;
      context.fillStyle = context.strokeStyle = tones[tone];
      context.lineWidth = 0.8;
      context.beginPath();
      line(at(r, from), 1, c - from);
      line(at(r + 1, c), -1, c - from);
      context.closePath(); context.fill(); context.stroke();
    }
    // lines at about equal distances along the ground or up the wall, not one for each row
    const middle = at(r, COLUMNS >> 1), climb = ys[middle];
    if (Math.abs(climb - drawn) < 7) continue;
    drawn = climb;
    context.beginPath();
    let pen = false;
    for (let k = at(r, 0); k <= at(r, COLUMNS); k++) {
      if (biases[k] <= b0 || biases[k] >= b1) pen = false; else if (pen) context.lineTo(xs[k], ys[k]); else { context.moveTo(xs[k], ys[k]); pen = true; }
    }
    context.strokeStyle = tones[63]; context.globalAlpha = 0.42; context.lineWidth = 0.7; context.stroke(); context.globalAlpha = 1;
  }
  // the block that the relief is cut from: its front and its right side
  const side = (from: number, step: number, count: number, tone: number, b: (k: number) => [number, number]) => {
    context.beginPath(); line(from, step, count);
    const [x1, y1] = b(1), [x0, y0] = b(0);
    context.lineTo(x1, y1); context.lineTo(x0, y0); context.closePath();
    context.fillStyle = tones[tone]; context.fill();
    context.strokeStyle = tones[63]; context.lineWidth = 1.25; context.stroke();
  };
  side(at(0, 0), 1, COLUMNS, 4, (k) => place(v, k ? w1 : w0, b0, -0.05 * v.top));
  side(at(0, COLUMNS), N, ROWS, 9, (k) => place(v, w1, k ? b1 : b0, -0.05 * v.top));
  context.beginPath(); line(at(ROWS, 0), 1, COLUMNS); context.strokeStyle = tones[63]; context.lineWidth = 1; context.stroke();
  context.beginPath(); line(at(0, 0), N, ROWS); context.stroke();
}
