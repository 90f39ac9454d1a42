// Networks are told apart by name and by their marks: all are drawn in ink, since all show the same quantity. Which mark is whose,
// and why, is in learning_horizon.json.
import type { JSX } from "preact";
import file from "../../../learning_horizon.json";
import { outline, type MarkStyle } from "../ui/NetworkMark.tsx";
import { round } from "../ui/scale.ts";

export interface Mark { shape: MarkStyle["shape"]; full: boolean }

const MARKS = file.language_models as Record<string, Mark>, OTHERS = file.free as Mark[];
const same = (a: Mark, b: Mark | undefined) => a.shape === b?.shape && a.full === b.full;

/** The shipped networks have a mark of their own; others take those that are free, in order. */
export function marks(names: readonly string[]): Mark[] {
  const taken = names.map((name) => MARKS[name]), free = OTHERS.filter((mark) => !taken.some((other) => same(mark, other)));
  return taken.map((mark) => mark ?? free.shift() ?? OTHERS[0]);
}

export function Marker({ mark: { shape, full }, x, y, size = 4.5, class: extra = "" }: { mark: Mark; x: number; y: number; size?: number; class?: string }): JSX.Element {
  return <path class={`mark ${full ? "full" : "empty"} ${extra}`} d={outline(shape, size)} transform={`translate(${round(x)} ${round(y)})`} />;
}

/** A mark beside a name in running text or on a button. */
export function Sign({ mark }: { mark: Mark }): JSX.Element {
  return <svg class="sign" width="16" height="16" viewBox="-8 -8 16 16" aria-hidden="true"><Marker mark={mark} x={0} y={0} size={5} /></svg>;
}
