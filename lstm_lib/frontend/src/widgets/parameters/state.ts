// State of the parameter count: the same names and defaults as the traits of lstm_lib.widgets.Parameters.
import type { Kind } from "../../core/parameters.ts";

/** `hide` may name: title link choices dials formula drawing see table. */
export interface ParametersState {
  /** The network whose parameters are counted one by one. */
  cell: Kind;
  /** I and H of that network. */
  input_size: number;
  hidden_size: number;
  /** Bias vectors: two as in PyTorch, one as in the equations. */
  biases: number;
  /** What the other two are drawn with: the same H, or the H that gives them as many parameters. */
  compare: "size" | "parameters";
  hide: string[];
  lang: string;
}

export const MOST = 1024;
export const defaults: ParametersState = { cell: "lstm", input_size: 16, hidden_size: 32, biases: 2, compare: "size", hide: [], lang: "" };
