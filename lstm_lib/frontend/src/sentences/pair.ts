// Any sentence as a minimal pair, and a longer one: lstm_lib/tasks/agreement/counterparts.py in TypeScript.
// tests/vectors/difference.json keeps the two together.
import lexicon from "../../../tasks/agreement/agreement.json";
import { beside, place, type Gender } from "./rule.ts";

export interface Pair {
  feminine: string[];
  masculine: string[];
  /** Position of the main noun. */
  start: number;
  /** First and last position at which the two may differ: the subject. */
  subject: [number, number];
  /** The words had no subject that could be turned: one was put before them, or an article. */
  completed: boolean;
  /** How far the adjective is from the main noun, and how far it was before words were put in. */
  distance: number;
  shortest: number;
  /** Whether words can be put in. */
  elastic: boolean;
  /** Genders that the rule wants after the two; null if they do not end in a copula, or do not tell. */
  expected: [Gender, Gender] | null;
  /** The other noun that decides because the copula stands beside it: its position; else null. */
  governor: number | null;
}

const { articles, nouns, names, coordinators, copulas, adverbs, that } = lexicon;
/** The forms that are asked for: cansada, cansado. */
export const FORMS = { f: lexicon.adjectives[0][0], m: lexicon.adjectives[0][1] } as const;

/** For each noun and name, the feminine and the masculine one of its pair: those of the menu, then of the lists. */
const partners: ReadonlyMap<string, readonly [string, string]> = (() => {
  const menu = lexicon.composer.subjects.map(({ text }) => text.split(" ").at(-1)!), pairs: [string, string][] = [];
  for (let k = 0; k + 1 < menu.length; k += 2) pairs.push([menu[k], menu[k + 1]]);
  for (const list of [nouns, names]) {
    const of = (gender: string) => list.filter((entry) => entry.genders === gender).map((entry) => entry.word);
    of("f").forEach((word, k) => pairs.push([word, of("m")[k]]));
  }
  for (const { word, genders } of nouns) if (genders === "fm") pairs.push([word, word]);
  const found = new Map<string, readonly [string, string]>();
  for (const pair of pairs) for (const word of pair) if (!found.has(word)) found.set(word, pair);
  return found;
})();

const isArticle = (word: string | undefined) => word === articles.f || word === articles.m;

/** The sentence with a feminine and with a masculine main subject, and at least `distance` words up to the adjective. */
export function counterparts(words: readonly string[], distance = 0): Pair {
  const { last } = place(words), given = last === null ? words : words.slice(0, last + 1); // an adjective is what is asked for
  const { from, feminine, masculine, rest, completed } = split(given), start = from + feminine.length - 1;
  const [f, m] = [feminine, masculine].map((subject) => [...given.slice(0, from), ...subject, ...rest]);
  const lines = [f, m].map((line) => lengthened(line, start, distance)), [a, b] = lines.map((line) => place(line));
  return {
    feminine: lines[0], masculine: lines[1], start, subject: [from, start], completed, shortest: f.length - start,
    distance: lines[0].length - start, elastic: gap(f, start) !== null,
    expected: a.copula !== null && a.gender && b.gender ? [a.gender, b.gender] : null,
    governor: a.copula !== null && a.subject !== start ? a.subject : null,
  };
}

/** Where the subject begins, its two forms, and the words after it. */
function split(words: readonly string[]): { from: number; feminine: string[]; masculine: string[]; rest: string[]; completed: boolean } {
  const at = place(words).nouns[0];
  if (at === undefined) return { from: 0, feminine: [articles.f, "menina"], masculine: [articles.m, "menino"], rest: [...words], completed: true };
  const [feminine, masculine] = partners.get(words[at]) ?? [words[at], words[at]], rest = words.slice(at + 1);
  const named = at > 0 && isArticle(words[at - 1]);
  if (!named && feminine !== masculine) return { from: at, feminine: [feminine], masculine: [masculine], rest, completed: false };
  return { from: named ? at - 1 : at, feminine: [articles.f, feminine], masculine: [articles.m, masculine], rest, completed: !named };
}

/** The words with another subject, given as its feminine form. */
export function withSubject(words: readonly string[], subject: readonly string[]): string[] {
  const { from, rest } = split(words);
  return [...words.slice(0, from), ...subject, ...rest];
}

/** The words with the lexicon's phrases put in, until the adjective comes `distance` words after the noun at `position`. */
export function lengthened(words: readonly string[], position: number, distance: number): string[] {
  const missing = distance - (words.length - position), at = missing > 0 ? gap(words, position) : null;
  return at === null ? [...words] : [...words.slice(0, at), ...filling(words, at, missing), ...words.slice(at)];
}

/** Where phrases may be put in without changing what the rule says; null if nowhere. */
function gap(words: readonly string[], position: number): number | null {
  const where = place(words);
  if (where.copula === null) return null;
  if (beside(where)) {
    const after = words.indexOf(that, position + 1);
    return after < 0 || after > where.copula ? null : after + 1;
  }
  const at = coordinators.includes(words[where.copula - 1]) ? where.copula - 1 : where.copula;
  return at > position + 1 ? at : null;
}

/** Exactly `missing` words to be put in at `at`: the lexicon's phrases in their order, adverbs for what is left. */
function filling(words: readonly string[], at: number, missing: number): string[] {
  const text = ` ${words.join(" ")} `, unused = lexicon.phrases.filter((phrase) => !text.includes(` ${phrase} `));
  const phrases = (unused.length ? unused : lexicon.phrases.slice(0, 1)).map((phrase) => phrase.split(" "));
  const free = adverbs.filter((word) => !words.includes(word)), spare = free.length ? free : adverbs, line: string[] = [];
  const opening = words[at - 1] === that, closing = ![...coordinators, ...copulas].includes(words[at]);
  let number = 0, adverb = 0;
  while (line.length < missing) {
    const bare = opening && !closing && !line.length, room = missing - line.length - (bare ? 0 : 1);
    const order = phrases.map((_, k) => phrases[(number + k) % phrases.length]), phrase = order.find((p) => p.length <= room);
    if (!phrase) { line.push(spare[adverb % spare.length]); adverb += 2; continue; } // "ontem cedo", not "ontem hoje"
    const lead = bare ? [] : [coordinators[number++ % coordinators.length]];
    if (bare) number++;
    line.push(...(closing ? [...phrase, ...lead] : [...lead, ...phrase]));
  }
  return line;
}
