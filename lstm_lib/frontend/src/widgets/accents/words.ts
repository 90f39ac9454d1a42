// The computed sentences: what each network chose for the chosen letter, what it had seen, and whether that is right.
import type { Params } from "../../host/locale.ts";
import { able, options, seen, shareAt, type Answer, type Answers, type Networks } from "./answers.ts";

export interface Voice { t: (key: string, params?: Params) => string; percent: (share: number, digits?: number) => string }

/** A share that never says 0 or 100 when it is neither: in words, or `short` with a sign. */
export function writeShare(share: number, { percent, t }: Voice, short = false): string {
  const key = (name: string) => `accents.${name}${short ? ".short" : ""}`;
  if (share >= 0.995 && share < 1) return t(key("more_than"), { share: percent(0.99) });
  if (share < 0.005 && share > 0) return t(key("less_than"), { share: percent(0.01) });
  return percent(share);
}

/** "right", "wrong", or that nobody has said what is right. */
export const verdictKey = ({ right }: Answer): string => `accents.verdict.${right === null ? "unknown" : right ? "right" : "wrong"}`;

export function seeSentence(found: Answers, networks: Networks, letter: number, voice: Voice): string {
  const { t } = voice, forms = [...found.bare], at = forms[letter];
  const words = found.answers.map((answer) => t(answer.right === null ? "accents.see.word" : answer.right ? "accents.see.word_right" : "accents.see.word_wrong", { name: t(`accents.name.${answer.name}`), word: answer.reading.word }));
  const start = t("accents.see.words", { first: words[0], second: words[1] });
  if (!able(networks, at)) return `${start} ${t("accents.see.plain", { number: letter + 1, letter: at })}`;
  const chosen = found.answers.map((answer) => t("accents.see.choice", {
    name: t(`accents.name.${answer.name}`), seen: seen(answer.name, found.bare, letter), form: options(answer, networks, letter).find((one) => one.chosen)!.form,
    share: writeShare(shareAt(answer, letter), voice),
  }));
  return `${start} ${t("accents.see.letter", { number: letter + 1, letter: at, first: chosen[0], second: chosen[1] })}`;
}
