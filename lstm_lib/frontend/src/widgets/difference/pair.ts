// Any sentence as a minimal pair, and a longer one: lstm_lib/tasks/agreement/counterparts.py in TypeScript.
// tests/vectors/difference.json keeps the two together.
import lexicon from "../../../../tasks/agreement/agreement.json";

export type Gender = "f" | "m";
export interface Pair {
  feminine: string[];
  masculine: string[];
  /** Position of the main noun. */
  start: number;
  /** First and last position at which the two differ. */
  differ: [number, number];
  /** The words had no subject that could be turned: one was put before them, or an article. */
  completed: boolean;
  /** How far the adjective is from the main noun. */
  distance: number;
  /** The same before words were put in. */
  shortest: number;
  /** Whether words can be put in. */
  elastic: boolean;
  /** Genders of the noun that the adjective agrees with, by the rule; null if the sentence does not end in a copula. */
  expected: [Gender, Gender] | null;
  /** The noun beside the last copula when it is not the main one: position; else null. */
  governor: number | null;
}

const { articles, nouns, names, coordinators, copulas, intensifiers, adverbs, that } = lexicon;
const genders = new Map([...nouns, ...names].map(({ word, genders }) => [word, genders]));
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
  const { from, feminine, masculine, rest, completed } = split(words), start = from + feminine.length - 1;
  const [f, m] = [feminine, masculine].map((subject) => [...words.slice(0, from), ...subject, ...rest]);
  const shortest = f.length - start, lines = [f, m].map((line) => lengthened(line, start, distance));
  const copula = copulaAtEnd(lines[0]), governor = copula === null ? null : governs(lines[0], copula, start);
  const genderOf = (line: string[]): Gender => (governor === null ? "f" : inPlace(line, governor));
  return {
    feminine: lines[0], masculine: lines[1], start, completed, shortest, distance: lines[0].length - start, elastic: gap(f, start) !== null,
    differ: [feminine[0] === masculine[0] ? start : from, start - (feminine.at(-1) === masculine.at(-1) ? 1 : 0)],
    governor, expected: copula === null ? null : governor === null ? ["f", "m"] : [genderOf(lines[0]), genderOf(lines[1])],
  };
}

/** Where the subject begins, its two forms, and the words after it. */
function split(words: readonly string[]): { from: number; feminine: string[]; masculine: string[]; rest: string[]; completed: boolean } {
  const first = words.findIndex((word) => genders.has(word));
  if (isArticle(words[0]) && words.length > 1 && first !== 1 && first !== 2) {
    return { from: 0, feminine: [articles.f, words[1]], masculine: [articles.m, words[1]], rest: words.slice(2), completed: false };
  }
  if (first < 0) return { from: 0, feminine: [articles.f, "menina"], masculine: [articles.m, "menino"], rest: [...words], completed: true };
  const [feminine, masculine] = partners.get(words[first])!, named = first > 0 && isArticle(words[first - 1]), rest = words.slice(first + 1);
  if (!named && feminine !== masculine) return { from: first, feminine: [feminine], masculine: [masculine], rest, completed: false };
  return { from: named ? first - 1 : first, feminine: [articles.f, feminine], masculine: [articles.m, masculine], rest, completed: !named };
}

/** Position of the copula with which the sentence ends, an intensifier aside; null if it does not. */
export function copulaAtEnd(words: readonly string[]): number | null {
  let last = words.length - 1;
  if (last > 0 && intensifiers.includes(words[last])) last--;
  return last >= 0 && copulas.includes(words[last]) ? last : null;
}

/** The noun directly before the copula if that is not the main one; null if the main subject decides. */
function governs(words: readonly string[], copula: number, start: number): number | null {
  return copula - 1 > start && genders.has(words[copula - 1]) ? copula - 1 : null;
}

function inPlace(words: readonly string[], position: number): Gender {
  const own = genders.get(words[position])!;
  return own === "f" || own === "m" ? own : words[position - 1] === articles.m ? "m" : "f";
}

/** The words with the lexicon's phrases put in, until the adjective comes `distance` words after the noun at `position`. */
export function lengthened(words: readonly string[], position: number, distance: number): string[] {
  const missing = distance - (words.length - position), at = missing > 0 ? gap(words, position) : null;
  return at === null ? [...words] : [...words.slice(0, at), ...filling(words, at, missing), ...words.slice(at)];
}

/** Where phrases may be put in without changing what the rule says; null if nowhere. */
function gap(words: readonly string[], position: number): number | null {
  const copula = copulaAtEnd(words);
  if (copula === null) return null;
  if (genders.has(words[copula - 1])) {
    const after = words.findIndex((word, k) => word === that && k > position);
    return after < 0 || after > copula ? null : after + 1;
  }
  const at = coordinators.includes(words[copula - 1]) ? copula - 1 : copula;
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
