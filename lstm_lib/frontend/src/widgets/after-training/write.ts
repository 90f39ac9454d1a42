// How the measures are written, and "what you see": the same words as in lstm_lib/figures/after_training.py.
import { networkName, writeShare, type Words } from "../../sentences/write.ts";
import type { Pair } from "../../sentences/pair.ts";
import { endOf, type Line, type Measured } from "./lines.ts";
import { PUSH_STEP } from "./state.ts";

/** A number given by its log10: what is left as a share, a factor or a derivative as a number; nothing above zero is written as zero. */
export function writeLog(kind: Line["kind"], log: number, words: Words): string {
  const value = 10 ** log, share = kind === "gradient" || kind === "difference";
  if (value === 0 || log === -Infinity) return words.t("after-training.zero");
  if (share || value < 0.00995) return writeShare(value, words);
  return value < 1e6 ? words.num(value, { digits: value < 100 ? 2 : 0 }) : `10^${words.num(log, { digits: 1 })}`;
}

/** The same at the end of a way: a share of a difference says of what it is one. */
export const writeEnd = ({ kind, left }: Pick<Line, "kind" | "left">, words: Words): string =>
  kind === "difference" && 10 ** left >= 0.00995 ? words.t("difference.of_start", { share: writeLog(kind, left, words) }) : writeLog(kind, left, words);

export const verdictWord = ({ kind, verdict }: Pick<Line, "kind" | "verdict">, { t }: Pick<Words, "t">): string =>
  t(kind === "gradient" || kind === "jacobian" ? `after-training.verdict.${verdict}` : `difference.verdict.${verdict}`);

export function lineName(line: Pick<Line, "name" | "of" | "unit" | "kind">, words: Words): string {
  const name = networkName(line.name, words);
  if (line.kind === "kept") return words.t("difference.cell_line", { name, unit: line.unit! });
  return line.of === "cell" ? words.t("after-training.cell_of", { name }) : name;
}

/** What is left of a line at a word, as log10: for the difference, of that at the main noun. */
export const leftAt = (line: Line, step: number, start: number): number => (line.kind === "difference" ? line.logs[step] - line.logs[start] : line.logs[step]);

/** The first push, in per cent, at which the answer is another; null if none of them changes it. */
export function flipsAt({ pushes }: Pick<Measured, "pushes">): number | null {
  const scores = pushes(), at = scores.findIndex((score) => score > 0 !== scores[0] > 0);
  return at < 0 ? null : at * PUSH_STEP;
}

/** "What you see" at a word, with the marks of Rich. */
export function seeSentence(measured: readonly Measured[], lines: readonly Line[], quantity: Line["kind"], pair: Pair, step: number, words: Words): string {
  const { t } = words, word = pair.feminine[step], noun = pair.feminine[pair.start], join = (parts: string[]) => parts.join("; ");
  const names = (list: readonly Measured[]) => join(list.map(({ name }) => networkName(name, words))), out: string[] = [];
  const list = join(lines.map((line) => t("after-training.see.value", { name: lineName(line, words), value: `**${writeLog(line.kind, leftAt(line, step, pair.start), words)}**` })));
  out.push(lines.length ? t(`after-training.see.${quantity}${quantity === "difference" && step < pair.start ? "_before" : ""}`, { word, noun, list }) : t("after-training.see.no_cell"));
  const right = measured.filter((one) => one.right), wrong = measured.filter((one) => !one.right);
  if (right.length) out.push(t("after-training.see.right", { list: names(right) }));
  if (wrong.length) out.push(t("after-training.see.wrong", { list: names(wrong) }));
  if (quantity === "difference" || quantity === "kept") return out.join(" ");
  const of = (one: Measured) => endOf(one, quantity)!, lost = right.filter((one) => ["fades", "vanishes"].includes(of(one).verdict));
  if (lost.length) out.push(t(`after-training.see.${quantity}_misleads`, { noun, list: names(lost) }));
  const pairs = wrong.flatMap((no) => right.filter((yes) => of(no).left > of(yes).left).map((yes) => [no, yes] as const));
  const worst = pairs.sort(([a, b], [c, d]) => of(c).left - of(d).left - (of(a).left - of(b).left))[0];
  if (worst) out.push(t(`after-training.see.${quantity}_reversed`, { wrong: networkName(worst[0].name, words), right: networkName(worst[1].name, words), noun }));
  return out.join(" ");
}
