// How a distance and a share are written, and "what you see": the same words as in lstm_lib/figures/difference.py.
import type { Language, Params } from "../../host/locale.ts";
import { networkName as nameOf } from "../../sentences/networks.ts";
import { formatInteger, type NumberOptions } from "../../ui/format.ts";
import { FORMS, type Pair } from "./pair.ts";
import { shareAt, type Answer, type Compared, type Line } from "./trace.ts";

export interface Words {
  t: (key: string, params?: Params) => string;
  num: (value: number, options?: NumberOptions) => string;
  percent: (share: number, digits?: number) => string;
  language: Language;
}

const TINIEST = 1e-6, RAREST = 1e12;

/** Two significant digits at least; nothing above zero is written as zero. */
export function writeDistance(value: number, { t, num }: Words): string {
  if (value === 0) return "0";
  if (value < TINIEST) return t("difference.tiny", { value: num(TINIEST, { digits: 6 }) });
  return num(value, { digits: Math.min(7, Math.max(2, 1 - Math.floor(Math.log10(value) + 1e-12))) });
}

/** A percentage down to 1 %, below it one part in so many. */
export function writeShare(share: number | null, { t, num, percent, language }: Words): string {
  if (share === null) return t("difference.share.none");
  if (share === 0) return t("difference.share.zero");
  if (share >= 0.00995) return percent(share, share < 0.0995 ? 1 : 0);
  const many = 1 / share, size = 10 ** Math.max(0, Math.floor(Math.log10(many)) - 1), rounded = Math.round(many / size) * size;
  if (rounded >= RAREST) return t("difference.share.rarest");
  for (const [unit, key] of [[1e9, "billion"], [1e6, "million"]] as const) {
    if (rounded >= unit) {
      const count = rounded / unit;
      return t(`difference.share.${key}${count < 2 ? "_one" : ""}`, { count: num(count, { digits: count < 10 && count % 1 ? 1 : 0 }) });
    }
  }
  return t("difference.share.one_in", { count: formatInteger(rounded, language) });
}

/** The same at the end of a line: "88 % of the start"; one part in so many says of what by itself. */
export const writeLeft = (share: number, words: Words): string =>
  share >= 0.00995 ? words.t("difference.of_start", { share: writeShare(share, words) }) : writeShare(share, words);

/** What a network is called: the same in every explorable that reads sentences. */
export const networkName = (name: string, { t, language }: Pick<Words, "t" | "language">): string => nameOf(name, language, t);

/** Name at the end of a line. */
export const lineName = (line: Line, words: Pick<Words, "t" | "language">): string =>
  line.unit === null ? networkName(line.name, words) : words.t("difference.cell_line", { name: networkName(line.name, words), unit: line.unit });

export const sameForm = (answer: Answer): boolean => answer.feminine === answer.masculine;

/** Whether the two answers are what the rule wants; null where it wants nothing or no adjective is expected. */
export function right(answer: Answer, pair: Pair): boolean | null {
  if (!pair.expected || !answer.likely) return null;
  return answer.feminine === pair.expected[0] && answer.masculine === pair.expected[1];
}

/** "What you see" at a word, with the marks of Rich. */
export function seeSentence(compared: readonly Compared[], pair: Pair, step: number, words: Words): string {
  const { t } = words, noun = pair.feminine[pair.start], word = pair.feminine[step], list = (parts: string[]) => parts.join("; ");
  const lines = compared.flatMap(({ hidden, cell }) => (cell ? [hidden, cell] : [hidden]));
  const value = (line: Line) => `**${writeDistance(line.values[step], words)}**`, out: string[] = [];
  if (step <= pair.start) {
    out.push(t(step < pair.start ? "difference.see.before" : "difference.see.start", {
      word, noun, list: list(lines.map((line) => t("difference.see.value", { name: lineName(line, words), value: value(line) }))),
    }));
  } else {
    const said = lines.map((line) => t(line.first > 0 ? "difference.see.share" : "difference.see.no_start", {
      name: lineName(line, words), share: `**${writeShare(shareAt(line, step), words)}**`, value: value(line),
    }));
    out.push(t(step - pair.start === 1 ? "difference.see.after_one" : "difference.see.after", { word, noun, count: step - pair.start, list: list(said) }));
  }
  const answers = compared.map(({ name, answer }) => t(!answer.likely ? "difference.see.no_answer" : sameForm(answer) ? "difference.see.same" : "difference.see.different", {
    name: networkName(name, words), feminine: FORMS[answer.feminine], masculine: FORMS[answer.masculine],
  }));
  if (pair.expected) out.push(t("difference.see.answers", { list: list(answers) }));
  return out.join(" ");
}
