// Where a value can be written beside its point: the place that the least of the drawing runs through.

/** [x0, y0, x1, y1, how much it would hurt to be written over]. */
export type Stroke = readonly [number, number, number, number, number];
export interface Spot { x: number; y: number; anchor: "start" | "end" | "middle" }

const UP = 13, HIGH = 15, AWAY = 9; // of a text of 17 px: its ascent, its height, its distance from the point

/** Pixels of the stroke inside the box (Liang and Barsky's clipping). */
function covered([x0, y0, x1, y1]: Stroke, left: number, top: number, right: number, bottom: number): number {
  const dx = x1 - x0, dy = y1 - y0;
  let from = 0, to = 1;
  for (const [p, q] of [[-dx, x0 - left], [dx, right - x0], [-dy, y0 - top], [dy, bottom - y0]]) {
    if (p === 0) { if (q < 0) return 0; continue; }
    const r = q / p;
    if (p < 0) from = Math.max(from, r); else to = Math.min(to, r);
    if (from > to) return 0;
  }
  return (to - from) * Math.hypot(dx, dy);
}

/** Baseline and anchor of a text `width` px wide beside (x, y); of equally good places the first. */
export function spot(x: number, y: number, width: number, strokes: readonly Stroke[], up = true): Spot {
  const over = y - AWAY, under = y + AWAY + UP, beside = y + UP / 2, order = up ? [over, under] : [under, over];
  const places: Spot[] = [
    ...order.flatMap((at): Spot[] => [{ x: x + 6, y: at, anchor: "start" }, { x: x - 6, y: at, anchor: "end" }]),
    { x: x + 12, y: beside, anchor: "start" }, { x: x - 12, y: beside, anchor: "end" },
    ...order.map((at): Spot => ({ x, y: at - 4 * Math.sign(y - at), anchor: "middle" })),
  ];
  let best = places[0], least = Infinity;
  for (const place of places) {
    const left = place.anchor === "start" ? place.x : place.anchor === "end" ? place.x - width : place.x - width / 2;
    const cost = strokes.reduce((sum, stroke) => sum + stroke[4] * covered(stroke, left - 3, place.y - UP - 2, left + width + 3, place.y - UP + HIGH + 1), 0);
    if (cost < least - 1e-9) { least = cost; best = place; }
  }
  return best;
}
