// What the drawings of this explorable are made of: text with symbols, sizes as powers of ten, the networks' marks, a line that
// is as thick as what is left.
import type { JSX } from "preact";
import { outline, type MarkStyle } from "../../ui/NetworkMark.tsx";
import { needed, round } from "../../ui/scale.ts";
import type { NetworkName } from "./state.ts";
import { shareParts, sizeParts, type Words } from "./words.ts";

/** The shape says the cell, as in every chart of the book (learning_horizon.json). */
export const SHAPES: Record<NetworkName, MarkStyle["shape"]> = { rnn: "circle", gru: "triangle", lstm: "square" };

export function Mark({ name, x, y, size = 4.5, full = false }: { name: NetworkName; x: number; y: number; size?: number; full?: boolean }): JSX.Element {
  return <path class={full ? "mark full" : "mark"} d={outline(SHAPES[name], size)} transform={`translate(${round(x)} ${round(y)})`} />;
}

export function Sign({ name, full }: { name: NetworkName; full: boolean }): JSX.Element {
  return <svg class="sign" width="16" height="16" viewBox="-8 -8 16 16" aria-hidden="true"><Mark name={name} x={0} y={0} size={5} full={full} /></svg>;
}

const PIECE = /\{([figoch])(?:_([\w+-]+))?\}|\$([^$]+)\$/g;

/** The marks of Rich for symbols, as tspans. */
export function Symbols({ text }: { text: string }): JSX.Element {
  const parts: (string | JSX.Element)[] = [];
  let from = 0, lowered = false;
  const plain = (piece: string) => { if (piece) { parts.push(lowered ? <tspan dy="-4">{piece}</tspan> : piece); lowered = false; } };
  for (const found of text.matchAll(PIECE)) {
    plain(text.slice(from, found.index));
    parts.push(<tspan class={found[1] ? `letter q-${found[1]}` : "letter"} dy={lowered ? "-4" : undefined}>{found[1] ?? found[3]}</tspan>);
    lowered = false;
    if (found[2]) { parts.push(<tspan class={`letter small q-${found[1]}`} dy="4">{found[2].replace(/-/g, "\u2212")}</tspan>); lowered = true; }
    from = found.index + found[0].length;
  }
  plain(text.slice(from));
  return <>{parts}</>;
}

/** 0,034 or 10 with its exponent, inside a text. */
export function Size({ log, words }: { log: number; words: Pick<Words, "num"> }): JSX.Element {
  const [base, power] = sizeParts(log, words);
  return <>{base}{power && <tspan dy="-0.42em" class="power">{power}</tspan>}</>;
}

/** "1 em 28 bilhões", "10 elevado a 6,3 vezes o que saiu" as it is drawn. */
export function Share({ log, words }: { log: number; words: Words }): JSX.Element {
  const [before, size, after] = shareParts(log, words);
  return <>{before}{size !== null && <><Size log={size} words={words} /><tspan dy="0.32em">{after}</tspan></>}</>;
}

/** The same in a line of text. */
export function SizeText({ log, words }: { log: number; words: Pick<Words, "num"> }): JSX.Element {
  const [base, power] = sizeParts(log, words);
  return <span class="num">{base}{power && <sup>{power}</sup>}</span>;
}

/** Outline of a line through the points that is `widths` thick there; only vertical thickness counts, since the lines rarely are steep. */
export function ribbon(xs: ArrayLike<number>, ys: ArrayLike<number>, widths: ArrayLike<number>, from: number, to: number): string {
  let above = "", below = "";
  for (const k of needed(xs, [ys, widths], from, to)) {
    const a = Math.max(from, k - 1), b = Math.min(to, k + 1), dx = xs[b] - xs[a] || 1, dy = ys[b] - ys[a], length = Math.hypot(dx, dy), r = widths[k] / 2;
    const nx = (-dy / length) * r, ny = (dx / length) * r;
    above += `${k === from ? "M" : "L"}${round(xs[k] + nx)},${round(ys[k] + ny)}`;
    below = `L${round(xs[k] - nx)},${round(ys[k] - ny)}${below}`;
  }
  return `${above}${below}Z`;
}
