// A sentence from a few choices: who it is about, how many clauses come between and with whom, and where the adjective stands.
// Everything it makes follows the grammar of lstm_lib.tasks.agreement, with words of its lexicon.
import { MENUS } from "./composer.ts";

/** Genders of the other people: all masculine, all feminine, or by turns. */
export const OTHERS = ["masculine", "feminine", "mixed"] as const;
export type Others = (typeof OTHERS)[number];
export const MOST_CLAUSES = 6;

export interface Plan {
  /** Index into MENUS.subject. */
  subject: number;
  /** Clauses about somebody else: 0 to 6. */
  people: number;
  others: Others;
  /** Phrases about the subject, without a noun: 0 to 6. */
  phrases: number;
  /** Index into MENUS.ending. */
  ending: number;
  /** The copula comes directly after the last of the other people, whose adjective it then is. */
  beside: boolean;
}

interface Piece { text: string; gloss: string }

const PHRASES: Piece[] = [
  { text: "não foi se despedir", gloss: "(she or he) did not go to say goodbye" }, { text: "não conseguiu dormir", gloss: "could not sleep" },
  { text: "queria descansar", gloss: "wanted to rest" }, { text: "precisava trabalhar", gloss: "had to work" },
  { text: "não quis jantar", gloss: "would not have dinner" }, { text: "tentou se esconder", gloss: "tried to hide" },
];
const MEN: Piece[] = [
  { text: "o joão", gloss: "João" }, { text: "o pedro", gloss: "Pedro" }, { text: "o vizinho", gloss: "the neighbour (m)" },
  { text: "o rei", gloss: "the king" }, { text: "o professor", gloss: "the teacher (m)" }, { text: "o tio", gloss: "the uncle" },
];
const WOMEN: Piece[] = [
  { text: "a maria", gloss: "Maria" }, { text: "a ana", gloss: "Ana" }, { text: "a vizinha", gloss: "the neighbour (f)" },
  { text: "a rainha", gloss: "the queen" }, { text: "a professora", gloss: "the teacher (f)" }, { text: "a tia", gloss: "the aunt" },
];
const VERBS: Piece[] = [
  { text: "viajou", gloss: "travelled" }, { text: "cantou", gloss: "sang" }, { text: "chegou", gloss: "arrived" },
  { text: "dormiu", gloss: "slept" }, { text: "caiu", gloss: "fell" }, { text: "chorou", gloss: "cried" },
];
const WHEN: Piece[] = [{ text: "quando", gloss: "when" }, { text: "enquanto", gloss: "while" }];
/** What links a clause, or a phrase, to what stands before it. */
const LINKS: { clause: Piece[]; phrase: Piece[] } = {
  clause: [{ text: "porque", gloss: "because" }, { text: "mas", gloss: "but" }, { text: "e", gloss: "and" }],
  phrase: [{ text: "e", gloss: "and" }, { text: "então", gloss: "so" }, { text: "mas", gloss: "but" }],
};
const SAID: Piece = { text: "disse que", gloss: "said that" }, CLOSING: Piece = { text: "porque", gloss: "because" };

/** The pieces of a plan in order: [subject, said, …, ending]. */
export function piecesOf({ subject, people, others, phrases, ending, beside }: Plan): Piece[] {
  const next = beside && people > 0, order: { kind: "clause" | "phrase"; k: number }[] = [];
  for (let k = 0; k < Math.max(people, phrases); k++) {
    if (k < phrases) order.push({ kind: "phrase", k });
    if (k < people) order.push({ kind: "clause", k });
  }
  if (next) order.push(...order.splice(order.findIndex(({ kind, k }) => kind === "clause" && k === people - 1), 1));
  const pieces = [MENUS.subject[subject], SAID];
  order.forEach(({ kind, k }, place) => {
    if (place) pieces.push(kind === "clause" ? LINKS.clause[k % 3] : LINKS.phrase[(k + 2) % 3]);
    if (kind === "phrase") { pieces.push(PHRASES[k]); return; }
    const person = (others === "feminine" || (others === "mixed" && k % 2) ? WOMEN : MEN)[k];
    pieces.push(WHEN[k % 2], person, ...(next && place === order.length - 1 ? [] : [VERBS[k]]));
  });
  if (order.length && order[order.length - 1].kind === "phrase") pieces.push(CLOSING);
  return [...pieces, MENUS.ending[ending]];
}

export const build = (plan: Plan): string => piecesOf(plan).map((piece) => piece.text).join(" ");
export const glossOf = (plan: Plan): string => piecesOf(plan).map((piece) => piece.gloss).join(" ");

/** The plan that gives exactly these words, or null: the sentence was typed. Where several do, the one nearest to `like`. */
export function planOf(words: readonly string[], like?: Plan): Plan | null {
  const text = words.join(" "), first = <T,>(wanted: T | undefined, all: readonly T[]): T[] => [...all].sort((a, b) => Number(b === wanted) - Number(a === wanted));
  for (let subject = 0; subject < MENUS.subject.length; subject++) {
    if (!text.startsWith(`${MENUS.subject[subject].text} ${SAID.text} `)) continue;
    for (let ending = 0; ending < MENUS.ending.length; ending++) {
      if (!text.endsWith(` ${MENUS.ending[ending].text}`)) continue;
      for (const beside of [false, true]) for (const others of first(like?.others, OTHERS)) {
        for (let people = beside ? 1 : 0; people <= MOST_CLAUSES; people++) for (let phrases = 0; phrases <= MOST_CLAUSES; phrases++) {
          const plan = { subject, people, others, phrases, ending, beside };
          if (build(plan) === text) return plan;
        }
      }
    }
  }
  return null;
}
