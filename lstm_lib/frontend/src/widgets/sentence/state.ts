// State of "the sentence": the same names and defaults as the traits of lstm_lib.widgets.Sentence.
export const GUESSES = ["", "feminine", "masculine"] as const;
export type Guess = (typeof GUESSES)[number];

export interface SentenceState {
  /** Names of the networks that read, one row each, from above. */
  models: string[];
  /** Bytes of networks that the page cannot fetch by name: name -> safetensors. */
  weights: Record<string, unknown>;
  sentence: string;
  /** Position of the reader; −1 is the last word. */
  step: number;
  guess: Guess;
  /** What the networks make of the sentence is shown. */
  reveal: boolean;
  hide: string[];
  lang: string;
}

export const defaults: SentenceState = {
  models: ["agreement/lstm", "agreement/rnn"], weights: {},
  sentence: "a menina disse que não foi se despedir porque quando o joão viajou estava muito",
  step: -1, guess: "", reveal: false, hide: [], lang: "",
};
