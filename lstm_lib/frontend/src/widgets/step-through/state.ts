// State of "step through": the same names and defaults as the traits of lstm_lib.widgets.StepThrough.
import { SYMBOLS, type Name } from "./symbols.ts";

/** The shipped networks that are LSTMs. */
export const MODELS = ["agreement/lstm", "agreement/lstm-long"] as const;

export const VIEWS = ["forward", "backward"] as const;
export type Direction = (typeof VIEWS)[number];

/** What one press, or one beat of playing, moves by: a whole step of the sequence, or one line of the code. */
export const STRIDES = ["step", "line"] as const;
export type Stride = (typeof STRIDES)[number];

/** Conditions on the chosen unit at which playing stops; a whole number is a step (from 0) at which it stops. The last two
 * are about what comes back, and stop only the backward view. */
export const CONDITIONS = ["forget_gate<0.5", "input_gate>0.5", "output_gate>0.5", "cell_changes_sign", "highway<0.5", "gradient_changes_sign"] as const;
export type Condition = (typeof CONDITIONS)[number];
export type Breakpoint = number | Condition;

/** Steps per second that playing may take. */
export const PACES = [0.5, 1, 2, 4] as const;

export interface StepThroughState {
  /** A shipped network, "agreement/lstm" or "agreement/lstm-long"; "" when `weights` are given. */
  model: string;
  /** Bytes of a safetensors (or JSON) file: a language model or a one-layer nn.LSTM. */
  weights: DataView | null;
  sentence: string;
  /** Rows of numbers, for a network that does not read words. */
  inputs: number[][];
  step: number;
  unit: number;
  /** The symbol that is lit in equations, drawing, weights and code. */
  quantity: Name;
  view: Direction;
  playing: boolean;
  /** Steps (or lines) per second while playing. */
  pace: number;
  stride: Stride;
  breakpoints: Breakpoint[];
  hide: string[];
  lang: string;
}

export const defaults: StepThroughState = {
  model: "", weights: null, sentence: "", inputs: [], step: 0, unit: 0, quantity: "forget_gate", view: "forward",
  playing: false, pace: 1, stride: "step", breakpoints: [], hide: [], lang: "",
};

export const QUANTITIES: readonly Name[] = SYMBOLS;

/** What `hide` may contain. The link and Python hide these; title and link are the frame's. */
export const PARTS = ["title", "link", "composer", "own", "scrubber", "transport", "breakpoints", "backward", "equations", "cell", "card", "weights", "code", "terms", "see"] as const;
