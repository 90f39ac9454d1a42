// What became of a line, and "what you see": the same words as in lstm_lib/figures/difference.py.
import { FORMS, type Pair } from "../../sentences/pair.ts";
import { networkName, writeDistance, writeShare, type Words } from "../../sentences/write.ts";
import { shareAt, type Answer, type Compared, type Line } from "./trace.ts";

/** The same at the end of a line: "88 % of the start"; one part in so many says of what by itself. */
export const writeLeft = (share: number, words: Words): string =>
  share >= 0.00995 ? words.t("difference.of_start", { share: writeShare(share, words) }) : writeShare(share, words);

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
