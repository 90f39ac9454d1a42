// State of the accents: the same names and defaults as the traits of lstm_lib.widgets.Accents.

/** `hide` may name: title link choose drawing scrubber letter right see table. */
export interface AccentsState {
  /** What the reader wrote: one word, with or without accents. With them, they are what the networks should find. */
  word: string;
  /** The chosen letter, from 0; −1 is the one on which the two networks differ most. */
  letter: number;
  /** Bytes of the networks where the page cannot fetch them: name -> safetensors. */
  weights: Record<string, unknown>;
  hide: string[];
  lang: string;
}

export const defaults: AccentsState = { word: "estacao", letter: -1, weights: {}, hide: [], lang: "" };
