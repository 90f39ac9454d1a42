// What is counted and drawn, from the state: one network for each kind, at one scale.
import { BLOCKS, KINDS, equalSize, parameterCount, type Kind } from "../../core/parameters.ts";
import { clamp } from "../../ui/scale.ts";
import { MOST, type ParametersState } from "./state.ts";

export interface Counted { kind: Kind; I: number; H: number; blocks: number; biases: number; rows: number; total: number }

const whole = (value: number, otherwise: number): number => (Number.isFinite(value) ? clamp(Math.round(value), 1, MOST) : otherwise);

export function countAll(s: Pick<ParametersState, "cell" | "input_size" | "hidden_size" | "biases" | "compare">): { all: Counted[]; chosen: Counted } {
  const cell = KINDS.includes(s.cell) ? s.cell : "lstm", biases = s.biases === 1 ? 1 : 2;
  const I = whole(s.input_size, 16), H = whole(s.hidden_size, 32), wanted = parameterCount(cell, I, H, biases);
  const all = KINDS.map((kind): Counted => {
    const own = kind === cell || s.compare !== "parameters" ? H : equalSize(kind, I, wanted, biases);
    return { kind, I, H: own, blocks: BLOCKS[kind], biases, rows: BLOCKS[kind] * own, total: parameterCount(kind, I, own, biases) };
  });
  return { all, chosen: all.find((one) => one.kind === cell)! };
}

/** Letters of the blocks from top to bottom, in PyTorch's order; an LSTM's are quantities. */
export const LETTERS: Record<Kind, string[]> = { rnn: ["h"], gru: ["r", "z", "n"], lstm: ["i", "f", "g", "o"] };

/** Values the sliders stop at: each one where each counts, then by about an eighth. */
export const SIZES = [...Array.from({ length: 16 }, (_, k) => k + 1), 18, 20, 22, 24, 28, 32, 36, 40, 48, 56, 64, 72, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448, 512, 640, 768, 896, 1024];
export const nearestSize = (value: number): number => SIZES.reduce((best, size, k) => (Math.abs(size - value) < Math.abs(SIZES[best] - value) ? k : best), 0);

/** Pixels per number of a matrix: the largest scale at which all three stand side by side. */
export function scaleOf(all: readonly Counted[], width: number, height: number, gaps: number): number {
  const across = all.reduce((sum, one) => sum + one.I + one.H + one.biases, 0), tallest = Math.max(...all.map((one) => one.rows));
  return Math.min((width - gaps) / across, height / tallest);
}
