// State of "gates of a trained network": the same names and defaults as the traits of lstm_lib.widgets.Gates.
import type { Quantity } from "../../core/lstm.ts";

export const ACTIONS = ["none", "off", "flip"] as const;
export type Action = (typeof ACTIONS)[number];

export interface GatesState {
  /** A shipped network, e.g. "agreement/lstm"; "" when `weights` are given. */
  model: string;
  /** Bytes of a safetensors file: a language model or a one-layer nn.LSTM. */
  weights: DataView | null;
  sentence: string;
  /** Rows of numbers, for a network that does not read words. */
  inputs: number[][];
  step: number;
  unit: number;
  quantity: Quantity;
  /** What the reader does to the unit `action_unit`: off at every step, or its sign flipped once at `action_step`. */
  action: Action;
  action_unit: number;
  action_step: number;
  forget_bias_shift: number;
  /** A second sentence, drawn as a ghost curve and used to find the unit that differs. */
  compare: string;
  hide: string[];
  autoplay: boolean;
  lang: string;
}

export const defaults: GatesState = {
  model: "", weights: null, sentence: "", inputs: [], step: 0, unit: 0, quantity: "forget_gate", action: "none",
  action_unit: 0, action_step: 0, forget_bias_shift: 0, compare: "", hide: [], autoplay: false, lang: "",
};

export const QUANTITIES: readonly Quantity[] = ["forget_gate", "input_gate", "candidate", "output_gate", "cell", "hidden"];
