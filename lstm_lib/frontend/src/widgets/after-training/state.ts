// State of "before and after training": the same names and defaults as the traits of lstm_lib.widgets.AfterTraining.

export const QUANTITIES = ["gradient", "jacobian", "kept", "difference"] as const;
export type Quantity = (typeof QUANTITIES)[number];

export interface AfterTrainingState {
  /** Names of shipped language models, in the order of the rows. */
  models: string[];
  /** Bytes of networks that the page cannot fetch by name: name -> safetensors. */
  weights: Record<string, unknown>;
  /** false: networks of the same sizes with fresh weights. */
  trained: boolean;
  /** What the chart draws. */
  quantity: Quantity;
  /** What is read, with a subject of either gender; the other one is made. */
  sentence: string;
  /** Words from the main noun to the adjective; 0, or less than the sentence has, leaves it as it is. */
  distance: number;
  /** The chosen word; -1 is the end of the way: the main noun for what goes back, the last word for the difference. */
  step: number;
  /** The unit of an LSTM that is followed; -1 is the one that stores the gender. */
  unit: number;
  /** How far the state after the main noun is pushed from the first subject's to the second's, in per cent. */
  push: number;
  /** Draw what theory gives for the RNNs. */
  theory: boolean;
  hide: string[];
  lang: string;
}

export const defaults: AfterTrainingState = {
  models: ["agreement/rnn-long", "agreement/rnn", "agreement/lstm"], weights: {}, trained: true, quantity: "gradient",
  sentence: "a menina disse que não foi se despedir porque quando o joão viajou estava muito",
  distance: 40, step: -1, unit: -1, push: 0, theory: false, hide: [], lang: "",
};

/** The networks that the buttons offer, in the order of the rows. */
export const OFFERED = ["agreement/rnn-long", "agreement/rnn", "agreement/lstm-long", "agreement/lstm", "agreement/gru"] as const;
/** What a link or Python may ask for. */
export const LONGEST = 200;
/** Points of the push's curve, and per cent from one to the next. */
export const PUSHES = 51, PUSH_STEP = 2;
