// The symbols of the equations, under the names of lstm_lib/equations.py; the six quantities that every explorable shares
// keep the names they have there (forget_gate for f, cell for c, …). In the backward view a symbol stands for its derivative.
import type { Letter } from "../../ui/quantities.ts";

/** The four rows of blocks in the order of torch's weights. */
export const BLOCKS = ["i", "f", "g", "o"] as const;
export type Block = (typeof BLOCKS)[number];

export const SYMBOLS = [
  "x", "h_before", "c_before",
  "W_i", "U_i", "b_i", "a_i", "W_f", "U_f", "b_f", "a_f", "W_g", "U_g", "b_g", "a_g", "W_o", "U_o", "b_o", "a_o",
  "input_gate", "forget_gate", "candidate", "output_gate", "kept", "written", "cell", "squashed", "hidden",
] as const;
export type Name = (typeof SYMBOLS)[number];

/** Long names of the quantities by the letter that the code writes, and back. */
export const OF_LETTER: Record<Letter, Name> = {
  i: "input_gate", f: "forget_gate", g: "candidate", o: "output_gate", c: "cell", h: "hidden",
};

/** The symbol that a name of lstm_lib/equations.py stands for: a_f → a_f, f → forget_gate, da_f → a_f, dc_before → c_before. */
export function symbolOf(identifier: string): Name | null {
  const bare = identifier.replace(/^w\./, "").replace(/^d(?=[xhcWUb]|a_)/, "");
  const name = OF_LETTER[bare as Letter] ?? bare;
  return (SYMBOLS as readonly string[]).includes(name) ? name as Name : null;
}

/** The block (row of weights) that a symbol belongs to; null for those that all share. */
export function blockOf(name: Name): Block | null {
  const found = /^[WUba]_([ifgo])$/.exec(name);
  if (found) return found[1] as Block;
  return BLOCKS.find((block) => OF_LETTER[block] === name) ?? null;
}

const BESIDE: Partial<Record<Name, Block>> = { c_before: "f", kept: "f", written: "i", cell: "f", squashed: "o", hidden: "o" };

/** The block whose sum is opened: of the lit symbol, of the chosen one where all blocks share the lit one, else one beside it. */
export const nearestBlock = (lit: Name, chosen: Name): Block => blockOf(lit) ?? BESIDE[lit] ?? blockOf(chosen) ?? BESIDE[chosen] ?? "f";

/** The symbols in the order in which the code computes them: one per line. */
export const FORWARD_LINES: readonly Name[] = ["a_i", "a_f", "a_g", "a_o", "input_gate", "forget_gate", "candidate", "output_gate", "cell", "hidden"];
/** The same for the step back, as in step_back: dh is given, then a line each. */
export const BACKWARD_LINES: readonly Name[] = ["hidden", "a_o", "cell", "a_i", "a_f", "a_g", "c_before", "h_before"];

/** Parts of a line that have no line of their own, by the symbol that the line computes. */
export const COMPUTED: Partial<Record<Name, Name>> = { kept: "cell", written: "cell", squashed: "hidden" };

/** The line of `lines` that a symbol is at: its own, or that of the sum or product it stands in. */
export function lineOf(name: Name, lines: readonly Name[]): number {
  const own = lines.indexOf(name);
  if (own >= 0) return own;
  const block = blockOf(name);
  if (block) return lines.indexOf(`a_${block}`);
  return Math.max(0, lines.indexOf(COMPUTED[name] ?? (name === "c_before" ? "cell" : lines[0])));
}

/** A symbol as it is spelt out loud, after its name; "" where the name says it all. */
export function spelt(name: Name): string {
  if (/^[WUba]_/.test(name)) return name.replace("_", " ");
  const letter = (Object.keys(OF_LETTER) as Letter[]).find((one) => OF_LETTER[one] === name);
  return letter ? `${letter} t` : name === "x" ? "x t" : name.endsWith("_before") ? `${name[0]} t−1` : "";
}
