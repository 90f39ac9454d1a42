// State of "the trace of a difference": the same names and defaults as the traits of lstm_lib.widgets.Difference.

export const SCALES = ["log", "linear"] as const;
export const OF = ["hidden", "cell"] as const;

export interface DifferenceState {
  /** Names of shipped language models, in the order of the rows. */
  models: string[];
  /** Bytes of networks that the page cannot fetch by name: name -> safetensors. */
  weights: Record<string, unknown>;
  /** What is read, with a subject of either gender; the other one is made. */
  sentence: string;
  /** Words from the main noun to the adjective; 0, or less than the sentence has, leaves it as it is. */
  distance: number;
  /** The chosen word; -1 is the last. */
  step: number;
  scale: (typeof SCALES)[number];
  /** "cell" draws |c − c′| of one unit of each LSTM too. */
  of: (typeof OF)[number];
  /** That unit; -1 is the one that keeps the largest difference. */
  unit: number;
  hide: string[];
  lang: string;
}

export const defaults: DifferenceState = {
  models: ["agreement/rnn-long", "agreement/rnn", "agreement/lstm"], weights: {},
  sentence: "a menina disse que não foi se despedir porque quando o joão viajou estava muito",
  distance: 0, step: -1, scale: "log", of: "hidden", unit: -1, hide: [], lang: "",
};

/** The networks that the buttons offer, in the order of the rows. */
export const OFFERED = ["agreement/rnn-long", "agreement/rnn", "agreement/lstm", "agreement/gru"] as const;
/** What a link or Python may ask for. */
export const LONGEST = 200;
