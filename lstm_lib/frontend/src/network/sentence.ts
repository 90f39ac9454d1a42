// "What you see", in words, from the same numbers as the drawing.
import type { Params } from "../host/locale.ts";
import type { NumberOptions } from "../ui/format.ts";
import { expectation, writeShare } from "../sentences/forms.ts";
import { verdictOf, type Update } from "./verdicts.ts";

export interface Words {
  t: (key: string, params?: Params) => string;
  num: (value: number, options?: NumberOptions) => string;
  percent: (share: number, digits?: number) => string;
}

export interface Seen {
  /** The word, or "" for a sequence of numbers. */
  word: string;
  step: number;
  unit: number;
  update: Update;
  share: number | null;
  /** False where the network expects no adjective there at all. */
  likely: boolean;
  /** Share at this step without the intervention; null when there is none. */
  shareBefore: number | null;
}

/** Where the reader is, with its preposition: "at “joão”", "at step 5". */
export function whereIs(word: string, step: number, t: Words["t"]): string {
  return word ? t("network.where_word", { word }) : t("network.where_step", { number: step + 1 });
}

/** The sentence, with the marks of Rich (**value**, *form*). */
export function seeSentence(seen: Seen, { t, num, percent }: Words): string {
  const { update, unit, step, word } = seen, verdict = verdictOf(update), kind = word ? "word" : "step";
  const state = (value: number) => `**${num(value, { sign: true })}**`;
  const parts = [t(`network.see.state_${kind}`, { word, number: step + 1, unit, value: state(update.after), verdict: t(`network.verdict.${verdict}`) })];
  const raw = update.kept + update.written;
  if (verdict === "off") parts.push(t("network.see.off", { raw: state(raw) }));
  else if (verdict === "inverted") parts.push(t("network.see.inverted", { raw: state(raw), value: state(update.after) }));
  else if (step === 0 && update.before === 0) parts.push(t(`network.see.first_${kind}`, { word, written: state(update.written) }));
  else {
    parts.push(t(`network.see.update_${kind}`, {
      word, before: state(update.before), forget: `**${writeShare(update.forget, percent)}**`, written: state(update.written),
    }));
  }
  if (seen.share !== null) {
    const say = (share: number) => `**${writeShare(share, percent)}**`;
    parts.push(t(`network.see.share.${seen.likely ? expectation(seen.share) : "unlikely"}`, { share: say(seen.share) }));
    if (seen.shareBefore !== null) parts.push(t("network.see.before", { share: say(seen.shareBefore) }));
  }
  return parts.join(" ");
}
