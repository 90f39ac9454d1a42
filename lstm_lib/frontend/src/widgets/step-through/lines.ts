// The lines of lstm_lib/equations.py that the code panel shows, cut into pieces that stand for symbols.
import source from "../../../../equations.py";
import type { Direction } from "./state.ts";
import { symbolOf, type Name } from "./symbols.ts";

export interface Piece { text: string; name: Name | null; inner?: Piece[] }
/** `name`: the symbol that the line computes (null for the first line, def). */
export interface Line { text: string; name: Name | null; pieces: Piece[] }

/** Products and functions that are quantities of their own. */
const WHOLE: [string, Name][] = [["f * c_before", "kept"], ["i * g", "written"], ["tanh(c)", "squashed"]];
const WORD = /[A-Za-z_][\w.]*/g;

function words(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const found of text.matchAll(WORD)) {
    const name = symbolOf(found[0].replace(/\.T$/, ""));
    if (!name) continue;
    if (found.index > from) pieces.push({ text: text.slice(from, found.index), name: null });
    pieces.push({ text: found[0], name });
    from = found.index + found[0].length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from), name: null });
  return pieces;
}

function pieces(text: string): Piece[] {
  for (const [whole, name] of WHOLE) {
    const at = text.indexOf(whole);
    if (at < 0) continue;
    return [...pieces(text.slice(0, at)), { text: whole, name, inner: words(whole) }, ...pieces(text.slice(at + whole.length))];
  }
  return words(text);
}

/** The def line of a function and the lines in which it computes something, as they stand in the file. */
export function linesOfCode(name: string, text: string = source): Line[] {
  const start = text.indexOf(`def ${name}(`), end = text.indexOf("\n\n\n", start);
  const [head, ...rest] = text.slice(start, end < 0 ? undefined : end).split("\n");
  const body = rest.filter((line) => /^ {4}[a-zA-Z]\w* = /.test(line));
  return [{ text: head, name: null, pieces: [{ text: head, name: null }] }, ...body.map((line) => ({
    text: line, name: symbolOf(/^ *(\w+)/.exec(line)![1]), pieces: pieces(line),
  }))];
}

export const CODE: Record<Direction, Line[]> = { forward: linesOfCode("step"), backward: linesOfCode("step_back") };
