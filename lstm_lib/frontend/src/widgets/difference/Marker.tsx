// Networks are told apart by name and by their marks: all are drawn in ink, since all show the same quantity. The shape says the
// cell, as in the learning horizon; a mark is empty if the training had long sentences only.
import type { JSX } from "preact";
import { outline, type MarkStyle } from "../../ui/NetworkMark.tsx";
import { round } from "../../ui/scale.ts";

export interface Mark { shape: MarkStyle["shape"]; full: boolean }

const MARKS: Record<string, Mark> = {
  "agreement/rnn-long": { shape: "circle", full: false }, "agreement/rnn": { shape: "circle", full: true }, "agreement/lstm": { shape: "square", full: true },
  "agreement/gru": { shape: "triangle", full: true }, "agreement/lstm-long": { shape: "square", full: false },
};
const OTHERS: readonly Mark[] = [{ shape: "diamond", full: true }, { shape: "diamond", full: false }, { shape: "triangle", full: false }, { shape: "square", full: false }];
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
