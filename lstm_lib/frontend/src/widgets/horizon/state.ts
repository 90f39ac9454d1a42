// State of the learning horizon: the same names and defaults as the traits of lstm_lib.widgets.Horizon.

/** Minimal lags of the training data; each network then sees distances from d to d + 15. */
export const LAGS = [5, 10, 15, 20, 25, 45, 60, 90] as const;
/** The value of `lag` that stands for the mixture of short and long sentences, distances from 5 to 40. */
export const MIXTURE = 0;
export const AGAINST = ["distance", "distractors"] as const;
export type Against = (typeof AGAINST)[number];

/** `hide` may name: title link tools plot scrubber second point see table. */
export interface HorizonState {
  /** Networks that are drawn; empty: the usual ones. The selected one is always drawn. */
  networks: string[];
  /** The selected point: a network and the minimal lag of its training, 0 for the mixture. */
  network: string;
  lag: number;
  /** What the second plot is about, and the sentence under it. */
  against: Against;
  /** Every seed as a mark of its own. */
  seeds: boolean;
  hide: string[];
  lang: string;
}

export const defaults: HorizonState = { networks: [], network: "lstm-b3", lag: 25, against: "distance", seeds: true, hide: [], lang: "" };
