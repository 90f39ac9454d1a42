// Where a sentence leaves room for an adjective, and which noun decides its form: lstm_lib.tasks.agreement.place and governor,
// held to the same cases (tests/vectors/place.json).
import * as task from "../../../tasks/agreement/agreement.json";

export type Gender = "f" | "m";

export interface Place {
  /** Position of the last word before the adjective; null if the sentence does not end where an adjective can come. */
  last: number | null;
  copula: number | null;
  /** The noun that decides; null if there is none. */
  subject: number | null;
  /** "" if the sentence does not tell. */
  gender: Gender | "";
  nouns: number[];
}

const genders = new Map([...task.nouns, ...task.names].map(({ word, genders }) => [word, genders]));
const articles = new Map(Object.entries(task.articles).map(([gender, article]) => [article, gender as Gender]));
const adjectives = new Set(task.adjectives.flat()), intensifiers = new Set(task.intensifiers), copulas = new Set(task.copulas), say = new Set(task.say);
const known = new Set([
  task.end, task.that, ...articles.keys(), ...genders.keys(), ...say, ...copulas, ...intensifiers, ...task.connectives, ...task.coordinators,
  ...task.intransitive, ...task.transitive, ...task.prepositions, ...task.adverbs, ...task.phrases.flatMap((phrase) => phrase.split(" ")), ...adjectives,
]);

/** A noun of the task, an unknown word after an article, or an unknown word before a verb of saying. */
function isNoun(words: readonly string[], at: number): boolean {
  if (genders.has(words[at])) return true;
  if (known.has(words[at])) return false;
  return (at > 0 && articles.has(words[at - 1])) || (at + 1 < words.length && say.has(words[at + 1]));
}

/** A noun's own gender; that of the article where the noun has two, or is not known. */
function genderOf(words: readonly string[], at: number): Gender | "" {
  const own = genders.get(words[at]) ?? "";
  return own.length === 1 ? own as Gender : articles.get(words[at - 1]) ?? "";
}

/** The rule: the noun directly before the copula, else the first noun; null if there is no known noun before it. */
export function governor(words: readonly string[], copula: number): number | null {
  if (copula > 0 && genders.has(words[copula - 1])) return copula - 1;
  const first = words.findIndex((word) => genders.has(word));
  return first >= 0 && first < copula ? first : null;
}

/** The place of the adjective at the end of the words (which may end in the adjective itself), and its noun. */
export function place(words: readonly string[]): Place {
  const end = words.length - (adjectives.has(words[words.length - 1]) ? 1 : 0);
  let copula = end - 1;
  while (copula >= 0 && intensifiers.has(words[copula])) copula--;
  const found = copula >= 0 && copulas.has(words[copula]);
  const nouns = [...words.keys()].filter((at) => isNoun(words, at)), before = nouns.filter((at) => at < (found ? copula : words.length));
  const subject = before.length ? (found && before[before.length - 1] === copula - 1 ? copula - 1 : before[0]) : null;
  return { last: found ? end - 1 : null, copula: found ? copula : null, subject, gender: subject === null ? "" : genderOf(words, subject), nouns };
}

/** Whether the copula comes directly after its subject. */
export const beside = ({ copula, subject }: Place): boolean => copula !== null && subject === copula - 1;
