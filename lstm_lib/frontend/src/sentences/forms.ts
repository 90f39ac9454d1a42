// The forms in -a and -o: what a language model expects after a word, and how its share is written. Every threshold is here, once.
import type { LanguageModel } from "../core/language_model.ts";

/** What a language model predicts from: every trace has it. */
type HiddenStates = Parameters<LanguageModel["probabilities"]>[0];

export const THRESHOLDS = {
  /** The network expects a form when at least this share of the mass is on it. */
  expects: 0.6,
  /** Below this probability of all the forms together the network expects no adjective there, and the share says little. */
  likely: 0.05,
} as const;

export type Expectation = "feminine" | "masculine" | "undecided";

export function expectation(share: number): Expectation {
  if (share >= THRESHOLDS.expects) return "feminine";
  return share <= 1 - THRESHOLDS.expects ? "masculine" : "undecided";
}

/** Decimals of a percentage: one where none would claim 0 or 100, none elsewhere. */
export function shareDigits(share: number): number {
  const whole = Math.round(share * 100);
  return (whole === 0 || whole === 100) && Math.abs(share * 100 - whole) >= 0.05 ? 1 : 0;
}

/** Share with as many decimals as keep it from claiming 0 or 100. */
export const writeShare = (share: number, percent: (share: number, digits?: number) => string) => percent(share, shareDigits(share));

/** Probability of any word after step t; 0 for one that the model does not know. */
export function probabilityOf(lm: LanguageModel, trace: HiddenStates, t: number): (word: string) => number {
  const p = lm.probabilities(trace, t);
  return (word) => p[lm.vocabulary.indexOf(word)] ?? 0;
}

const formRows = new WeakMap<LanguageModel, number[]>();

/** Probability of all the forms in -a and -o together after step t. */
export function formsMass(lm: LanguageModel, trace: HiddenStates, t: number): number {
  let rows = formRows.get(lm);
  if (!rows) formRows.set(lm, rows = [...lm.feminine, ...lm.masculine].map((word) => lm.vocabulary.indexOf(word)).filter((row) => row >= 0));
  const p = lm.probabilities(trace, t);
  return rows.reduce((sum, row) => sum + p[row], 0);
}

/** The pair of forms with most mass after step t (the last word, if not given), as index into the two lists; −1 if there are none. */
export function likeliestPair(lm: LanguageModel, trace: HiddenStates, t = trace.T - 1): number {
  if (!lm.feminine.length || lm.feminine.length !== lm.masculine.length) return -1;
  const at = probabilityOf(lm, trace, t);
  let best = 0, top = -1;
  lm.feminine.forEach((feminine, k) => {
    const mass = at(feminine) + at(lm.masculine[k]);
    if (mass > top) { top = mass; best = k; }
  });
  return best;
}

/** Of the two forms of one pair, the likelier after step t (the last word, if not given). */
export function expectedForm(lm: LanguageModel, trace: HiddenStates, pair: number, t = trace.T - 1): string {
  const at = probabilityOf(lm, trace, t);
  return at(lm.feminine[pair]) >= at(lm.masculine[pair]) ? lm.feminine[pair] : lm.masculine[pair];
}
