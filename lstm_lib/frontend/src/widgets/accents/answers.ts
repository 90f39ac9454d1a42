// What two networks make of one word, and what the word should be.
import { AccentNetwork, clean, type Cleaned, type Reading } from "../../core/accents.ts";
import data from "../../../../results/examples/accents.json";

/** Both networks, in the order in which they are shown: one direction, both directions. */
export const NAMES = ["lstm", "bilstm"] as const;
export type Name = (typeof NAMES)[number];
export type Networks = Record<Name, AccentNetwork>;

export interface Known { bare: string; right: string; lstm: string; bilstm: string; table: string }
/** Test words by frequency, as recorded. */
export const WORDS: readonly Known[] = data.words;
export const OUTCOMES = ["bilstm", "both", "neither", "lstm"] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const outcomeOf = ({ right, lstm, bilstm }: Known): Outcome =>
  (lstm === right ? (bilstm === right ? "both" : "lstm") : bilstm === right ? "bilstm" : "neither");

export interface Answer {
  name: Name;
  reading: Reading;
  /** null: nobody has said what the word should be. */
  right: boolean | null;
  /** Per letter: whether its mark is the right one. */
  fits: (boolean | null)[];
}

export interface Answers {
  cleaned: Cleaned;
  bare: string;
  /** Where the right form is from: the reader's own accents, or the list of test words. */
  source: "reader" | "list" | "";
  right: string | null;
  known: Known | null;
  answers: Answer[];
  /** The letter on which the networks differ most; else the first that can bear a mark. */
  differ: number;
}

/** Distance of two distributions: half of the sum of the differences, between 0 and 1. */
function apart(a: Float64Array, b: Float64Array, t: number, marks: number): number {
  let sum = 0;
  for (let k = t * marks; k < (t + 1) * marks; k++) sum += Math.abs(a[k] - b[k]) / 2;
  return sum;
}

export function answer(word: string, networks: Networks): Answers {
  const script = networks.lstm.script, cleaned = clean(word, script), bare = script.bare(cleaned.letters);
  const typed = script.marksOf(cleaned.letters), known = WORDS.find((one) => one.bare === bare) ?? null;
  const accented = typed.some((mark) => mark > 0), listed = known && (!accented || known.right === cleaned.letters);
  const source = listed ? "list" : accented ? "reader" : "";
  const right = source === "reader" ? cleaned.letters : known?.right ?? null, wanted = right === null ? null : script.marksOf(right);
  const answers = NAMES.map((name): Answer => {
    const reading = networks[name].read(bare);
    return { name, reading, right: right === null ? null : reading.word === right, fits: reading.chosen.map((mark, t) => (wanted ? mark === wanted[t] : null)) };
  });
  let differ = 0, most = -1;
  [...bare].forEach((letter, t) => {
    const gap = apart(answers[0].reading.probabilities, answers[1].reading.probabilities, t, script.marks.length) + (able(networks, letter) ? 1e-9 : 0);
    if (gap > most) { most = gap; differ = t; }
  });
  return { cleaned, bare, source, right, known, answers, differ };
}

/** Whether a letter can bear any mark. */
export const able = (networks: Networks, letter: string): boolean =>
  networks.lstm.script.marks.some((_, mark) => mark > 0 && networks.lstm.script.write(letter, mark) !== undefined);

export interface Option { form: string; share: number; chosen: boolean }

/** The forms of one letter with their probabilities, most likely first. */
export function options({ reading }: Answer, networks: Networks, t: number): Option[] {
  const { script } = networks.lstm, M = script.marks.length, letter = [...reading.bare][t];
  return script.marks.flatMap((_, mark) => {
    const form = script.write(letter, mark);
    return form === undefined ? [] : [{ form, share: reading.probabilities[t * M + mark], chosen: reading.chosen[t] === mark }];
  });
}

export const shareAt = ({ reading }: Answer, t: number): number => reading.probabilities[t * (reading.probabilities.length / reading.chosen.length) + reading.chosen[t]];

/** The letters that a network has seen when it chooses the mark of letter t: from the beginning to it, or all of them. */
export const seen = (name: Name, bare: string, t: number): string => (name === "lstm" ? bare.slice(0, t + 1) : bare);
