// How much of a text is read.
import { tokenize } from "../core/tokenize.ts";

/** Longer texts are read up to here; the page says so. */
export const MOST_WORDS = 1000;

export function cutWords(text: string): { words: string[]; cut: boolean } {
  const all = tokenize(text), cut = all.length > MOST_WORDS;
  return { words: cut ? all.slice(0, MOST_WORDS) : all, cut };
}
