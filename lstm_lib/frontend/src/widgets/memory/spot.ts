// Where a label can be written: the place that the least of the drawing runs through.

/** [x0, y0, x1, y1, how much it would hurt to be written over]. */
export type Stroke = readonly [number, number, number, number, number];
export interface Box { left: number; top: number; right: number; bottom: number }
export interface Spot { x: number; y: number; anchor: "start" | "end" | "middle"; cost: number }

/** How much of the strokes lies inside a box, in pixels times what each would hurt (Liang and Barsky's clipping). */
export function covered(strokes: readonly Stroke[], { left, top, right, bottom }: Box): number {
  let sum = 0;
  for (const [x0, y0, x1, y1, weight] of strokes) {
    if ((x0 < left && x1 < left) || (x0 > right && x1 > right) || (y0 < top && y1 < top) || (y0 > bottom && y1 > bottom)) continue;
    const dx = x1 - x0, dy = y1 - y0;
    let from = 0, to = 1;
    for (const [p, q] of [[-dx, x0 - left], [dx, right - x0], [-dy, y0 - top], [dy, bottom - y0]]) {
      if (p < 0) from = Math.max(from, q / p); else if (p > 0) to = Math.min(to, q / p);
    }
    if (from < to) sum += weight * (to - from) * Math.hypot(dx, dy);
  }
  return sum;
}

/** Strokes that keep later labels off a box. */
export function taken({ left, top, right, bottom }: Box, weight = 6): Stroke[] {
  const lines: Stroke[] = [];
  for (let y = top; y < bottom + 1; y += 6) lines.push([left, y, right, y, weight]);
  return lines;
}

/** The box of a text of this width and size, with a little air. */
export function boxOf({ x, y, anchor }: Omit<Spot, "cost">, width: number, size: number): Box {
  const left = anchor === "start" ? x : anchor === "end" ? x - width : x - width / 2;
  return { left: left - 3, top: y - size * 0.86, right: left + width + 3, bottom: y + size * 0.2 };
}

/** Baseline and anchor of a text `width` px wide beside (x, y), inside `within`; a later place must be clearly better. */
export function spot(x: number, y: number, width: number, strokes: readonly Stroke[], { up = true, size = 17, within }: { up?: boolean; size?: number; within?: Box | undefined } = {}): Spot {
  const over = y - 9, under = y + 9 + size * 0.76, order = up ? [over, under] : [under, over], beside = y + size * 0.36;
  const places: Omit<Spot, "cost">[] = [
    ...order.flatMap((at) => [{ x: x + 6, y: at, anchor: "start" as const }, { x: x - 6, y: at, anchor: "end" as const }]),
    { x: x + 12, y: beside, anchor: "start" }, { x: x - 12, y: beside, anchor: "end" },
    ...order.map((at) => ({ x, y: at - 4 * Math.sign(y - at), anchor: "middle" as const })),
  ];
  let best: Spot | null = null;
  for (const place of places) {
    const box = boxOf(place, width, size), out = within ? Math.max(0, within.left - box.left, box.right - within.right, within.top - box.top, box.bottom - within.bottom) : 0;
    const cost = covered(strokes, box) + 20 * out;
    if (!best || cost < best.cost - 3) best = { ...place, cost };
  }
  return best!;
}
