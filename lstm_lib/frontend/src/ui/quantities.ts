// The six quantities: letter, colour token and dash, the same in every drawing.
import type { Quantity } from "../core/lstm.ts";

export type Letter = "f" | "i" | "g" | "o" | "c" | "h";
export const LETTER: Record<Quantity, Letter> = {
  forget_gate: "f", input_gate: "i", candidate: "g", output_gate: "o", cell: "c", hidden: "h",
};
export const QUANTITY: Record<Letter, Quantity> = {
  f: "forget_gate", i: "input_gate", g: "candidate", o: "output_gate", c: "cell", h: "hidden",
};
export const LETTERS: Letter[] = ["f", "i", "g", "o", "c", "h"];
export const color = (letter: Letter) => `var(--q-${letter})`;
/** stroke-dasharray; "none" for solid. */
export const DASH: Record<Letter, string> = { f: "none", i: "6 3", g: "2 3", o: "8 3 2 3", c: "none", h: "none" };
/** Gates lie in [0, 1] and carry no sign; states and the candidate always carry theirs. */
export const isGate = (letter: Letter) => letter === "f" || letter === "i" || letter === "o";
