// What the explorable says, from the same numbers as the bars.
import type { Language, Params } from "../../host/locale.ts";
import { THRESHOLDS, expectation, writeShare } from "../../sentences/forms.ts";
import { networkName } from "../../sentences/networks.ts";
import { beside, type Place } from "../../sentences/rule.ts";
import type { Answer, Row } from "./store.ts";

export interface Voice {
  t: (key: string, params?: Params) => string;
  percent: (share: number, digits?: number) => string;
  language: Language;
}

/** "a, b and c" */
export function listed(parts: readonly string[], t: Voice["t"]): string {
  return parts.length < 2 ? parts.join("") : t("sentence.list", { first: parts.slice(0, -1).join(", "), last: parts[parts.length - 1] });
}

export const nameOf = (name: string, { t, language }: Voice, short = false): string => networkName(name, language, t, short);

/** Who decides the form and why; with the gender once the answer may be told. */
export function ruleSentence(words: readonly string[], where: Place, told: boolean, { t }: Voice): string {
  const { subject, copula, gender } = where, name = subject === null ? "" : words[subject], verb = copula === null ? "" : words[copula];
  const kind = subject === null ? (copula === null ? "nothing" : "nobody") : copula === null ? "unfinished" : beside(where) ? "beside" : "first";
  const parts = [t(`sentence.rule.${kind}`, { name, verb })];
  if (subject !== null && copula !== null && told) parts.push(t(`sentence.rule.gender.${gender === "" ? "unknown" : gender}`, { name }));
  return parts.join(" ");
}

/** The networks' answers grouped by what they are worth: "LSTM expects cansada (99 % on -a), right". */
function verdicts(answers: readonly Answer[], voice: Voice): string {
  const { t, percent } = voice;
  return answers.map((answer) => {
    const close = expectation(answer.share) === "undecided" ? ".close" : "";
    const key = answer.likely ? (answer.right === null ? "open" : `${answer.right ? "right" : "wrong"}${close}`) : "unlikely";
    return t(`sentence.see.${key}`, { network: nameOf(answer.name, voice), form: answer.expected, share: writeShare(answer.share, percent) });
  }).join("; ");
}

/** "What you see", with the marks of Rich. */
export function seeSentence(seen: {
  words: readonly string[]; names: readonly string[]; step: number; asked: number; rows: readonly Row[]; answers: readonly Answer[]; shown: boolean; place: Place;
}, voice: Voice): string {
  const { t, percent } = voice, { words, step, rows, place } = seen, word = words[step];
  if (!seen.shown) return t("sentence.see.hidden", { count: words.length, networks: listed(seen.names.map((name) => nameOf(name, voice)), t) });
  if (step === seen.asked && seen.answers.length) return t("sentence.see.end", { word, verdicts: verdicts(seen.answers, voice) });
  const shares = listed(rows.map((row) => t(row.mass[step] >= THRESHOLDS.likely ? "sentence.see.share" : "sentence.see.share_only", {
    network: nameOf(row.name, voice), share: writeShare(row.share[step], percent), leaning: t(`sentence.leaning.${expectation(row.share[step])}`),
  })), t);
  const likely = rows.filter((row) => row.mass[step] >= THRESHOLDS.likely).length;
  const hint = likely === 0 ? "none" : likely < rows.length ? "some" : "";
  const who = place.subject === step ? "subject" : place.nouns.includes(step) ? "other" : "";
  return [t("sentence.see.word", { word, shares }), who && t(`sentence.see.${who}`, { word }), hint && t(`sentence.see.likely_${hint}`)].filter(Boolean).join(" ");
}
