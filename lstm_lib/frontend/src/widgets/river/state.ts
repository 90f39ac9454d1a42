// State of the river: the same names and defaults as the traits of lstm_lib.widgets.River.

/** Who predicts: a network with the days of weather that it reads, or the regression. */
export const MODELS = ["lstm-90", "lstm-30", "lstm-10", "rnn-90", "ridge"] as const;

/** `hide` may name: title link models plot scrubber values past see table. */
export interface RiverState {
  /** Number of the chosen day in the test years, from 0; the first one shown is in the flood of March 1987. */
  day: number;
  model: string;
  hide: string[];
  lang: string;
}

export const defaults: RiverState = { day: 449, model: "lstm-90", hide: [], lang: "" };
