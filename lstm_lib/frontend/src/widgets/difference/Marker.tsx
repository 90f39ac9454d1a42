// Networks are told apart by name and by the shape of their marks: all of them are drawn in ink, since all show the same quantity.
import type { JSX } from "preact";

export type Shape = "ring" | "square" | "diamond" | "triangle";
const SHAPES: Record<string, Shape> = { "agreement/rnn-long": "ring", "agreement/rnn": "square", "agreement/lstm": "diamond", "agreement/gru": "triangle" };
const OTHERS: readonly Shape[] = ["ring", "square", "diamond", "triangle"];

/** The shipped networks have a shape of their own; others take those that are free, in order. */
export function shapes(names: readonly string[]): Shape[] {
  const taken = names.map((name) => SHAPES[name]), free = OTHERS.filter((shape) => !taken.includes(shape));
  return taken.map((shape) => shape ?? free.shift() ?? "ring");
}

const PATHS: Record<Exclude<Shape, "ring">, (r: number) => string> = {
  square: (r) => `M${-r},${-r}H${r}V${r}H${-r}Z`,
  diamond: (r) => `M0,${-1.4 * r}L${1.4 * r},0L0,${1.4 * r}L${-1.4 * r},0Z`,
  triangle: (r) => `M0,${-1.3 * r}L${1.3 * r},${r}H${-1.3 * r}Z`,
};

export function Marker({ shape, x, y, r = 4.5, class: extra = "" }: { shape: Shape; x: number; y: number; r?: number; class?: string }): JSX.Element {
  return shape === "ring" ? <circle class={`mark ring ${extra}`} cx={x} cy={y} r={r + 0.5} />
    : <path class={`mark ${shape} ${extra}`} d={PATHS[shape](r)} transform={`translate(${Math.round(x * 100) / 100} ${Math.round(y * 100) / 100})`} />;
}

/** A mark beside a name in running text or on a button. */
export function Sign({ shape }: { shape: Shape }): JSX.Element {
  return <svg class="sign" width="16" height="16" viewBox="-8 -8 16 16" aria-hidden="true"><Marker shape={shape} x={0} y={0} /></svg>;
}
