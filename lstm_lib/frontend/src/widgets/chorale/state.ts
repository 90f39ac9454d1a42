// State of the chorale: the same names and defaults as the traits of lstm_lib.widgets.Chorale.

/** The voices of a chord, from the highest. */
export const VOICES = ["soprano", "alto", "tenor", "bass"] as const;
export type Voice = (typeof VOICES)[number];
/** Who goes on after the opening. */
export const SOURCES = ["bach", "lstm", "rnn", "bigram"] as const;
export type Source = (typeof SOURCES)[number];
/** Times the chorale's own tempo. */
export const PACES = [0.5, 0.75, 1, 1.5] as const;

/** `hide` may name: title link pieces source transport voices roll chord surprise see table. */
export interface ChoraleState {
  /** Number of the piece, from 0. */
  piece: number;
  source: Source;
  /** The quarter note that is looked at, from 0. */
  beat: number;
  pace: number;
  /** Loudness, 0 to 1. */
  volume: number;
  /** Voices that are not heard. */
  muted: string[];
  hide: string[];
  lang: string;
}

/** There is no key for playing: sound begins only where a reader presses for it, never by a link. */
export const defaults: ChoraleState = { piece: 0, source: "lstm", beat: 0, pace: 1, volume: 0.6, muted: [], hide: [], lang: "" };
