// Sequences for a small network to read, exactly as lstm_lib/signals.py makes and reads them (tests/vectors/signals.json).
import words from "../../../signals.json";
import lexicon from "../../../tasks/agreement/agreement.json";
import { tokenize } from "./tokenize.ts";

export const presets = words.presets as readonly string[];
export const LARGEST = 99;

/** A ready-made sequence: impulse, pulse (the first half), or rewrite (1, and −1 in the middle). */
export function preset(name: string, steps: number): number[] {
  const values = Array.from({ length: steps }, () => 0), half = Math.max(1, Math.floor(steps / 2));
  values.fill(1, 0, name === "pulse" ? half : 1);
  if (name === "rewrite" && steps > 1) values[half] = -1;
  return values;
}

export type Signal =
  | { kind: "numbers"; values: number[]; words: string[] }
  | { kind: "words"; values: number[]; words: string[] }
  | { kind: "empty" } | { kind: "mixed"; piece: string } | { kind: "large"; value: number };

/** What was typed: numbers, number words, or a sentence whose nouns are −1 (feminine) and +1 (masculine). */
export function readSignal(text: string): Signal {
  const { values, odd } = readNumbers(text);
  if (odd === null) {
    if (!values.length) return { kind: "empty" };
    const large = values.find((v) => Math.abs(v) > LARGEST);
    return large === undefined ? { kind: "numbers", values, words: [] } : { kind: "large", value: large };
  }
  if (/[0-9]/.test(text)) return { kind: "mixed", piece: odd };
  const found = tokenize(text);
  return found.length ? { kind: "words", values: wordsAsNumbers(found), words: found } : { kind: "empty" };
}

const genders = new Map([...lexicon.nouns, ...lexicon.names].map((entry) => [entry.word, entry.genders]));

export function wordsAsNumbers(found: readonly string[]): number[] {
  const articles: Record<string, string | undefined> = words.articles;
  return found.map((word, k) => {
    let gender = genders.get(word) ?? "";
    if (gender.length > 1) gender = (k ? articles[found[k - 1]] : "") ?? "";
    return gender === "f" ? -1 : gender === "m" ? 1 : 0;
  });
}

const NUMBER = /^[+-]?(?:[0-9]+(?:[.,][0-9]+)?|[.,][0-9]+)$/;

/** The numbers of a text, and the first piece that is none (null: there is no such piece). */
function readNumbers(typed: string): { values: number[]; odd: string | null } {
  const known = new Map(Object.entries(words.numbers));
  let text = typed.trim().toLowerCase().replace(/[\u2212\u2013]/g, "-");
  if (/^[[(]/.test(text)) text = text.replace(/^[[\]()]+|[[\]()]+$/g, "").replaceAll(",", " ");
  const pieces = text.split(/[\s;]+/).flatMap((piece) => {
    const bare = piece.replace(/[,.:!?]+$/, "");
    return (bare.split(",").length > 2 ? bare.split(",") : [bare]).filter(Boolean);
  });
  const values: number[] = [];
  let sign: string | null = null;
  for (const piece of pieces) {
    if (sign === null && (words.minus.includes(piece) || words.plus.includes(piece))) { sign = piece; continue; }
    let value: number;
    if (NUMBER.test(piece) && (sign === null || !/^[+-]/.test(piece))) value = Number(piece.replace(",", "."));
    else if (known.has(piece)) value = known.get(piece)!;
    else return { values, odd: piece };
    values.push(sign !== null && words.minus.includes(sign) ? -value : value);
    sign = null;
  }
  return { values, odd: sign };
}
