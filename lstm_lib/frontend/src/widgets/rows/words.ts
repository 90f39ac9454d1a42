// What is said about a reading; every word and number comes from the recorded probabilities.
import type { Surroundings } from "../../host/widget.tsx";
import { answer, readers, settled, type Answer, type Item } from "./data.ts";
import type { Network } from "./state.ts";

export type Words = Pick<Surroundings, "t" | "num" | "percent">;

/** A recorded probability has two decimals: what it rounds to 0 or 1 is not certain. */
export function share(value: number, { percent, t }: Words): string {
  if (value >= 0.995) return t("rows.over", { share: percent(0.99) });
  return value < 0.005 ? t("rows.under", { share: percent(0.01) }) : percent(value);
}

export const nameOf = (network: Network, { t }: Words): string => t(`rows.name.${network}`);
export const itemName = (item: Item, number: number, { t }: Words): string => t(`rows.item.${item.kind}`, { number: number + 1, label: item.label });

/** "4, 62 %: certo" */
export const answerText = ({ digit, share: value, right }: Answer, words: Words): string =>
  words.t(right ? "rows.answer.right" : "rows.answer.wrong", { digit, share: share(value, words) });

const bold = (text: string | number) => `**${text}**`;

/** The sentence under the maps: what each network answers after this row, who is right, and since when each does not change its mind. */
export function seeText(item: Item, row: number, words: Words): string {
  const { t } = words, networks = readers(item), total = item.rows.length, kind = item.kind;
  const now = networks.map((network) => ({ network, ...answer(item, network, row) }));
  const list = (parts: string[]) => parts.reduce((text, part, k) => text + (k === 0 ? "" : k === parts.length - 1 ? t("rows.and") : ", ") + part, "");
  const said = [t(`rows.see.${kind}`, { row: row + 1, total, label: bold(item.label), list: list(now.map((one) => t("rows.see.one", { name: nameOf(one.network, words), digit: bold(one.digit), share: share(one.share, words) }))) })];
  const right = now.filter((one) => one.right).length;
  said.push(t(right === now.length ? "rows.see.all_right" : right === 0 ? "rows.see.none_right" : "rows.see.some_right", { right, count: now.length }));
  const ends = networks.map((network) => ({ network, from: settled(item, network), last: answer(item, network, total - 1) }));
  said.push(t(`rows.see.settled.${kind}`, { list: list(ends.map((one) => t(one.last.right ? "rows.see.settled.one" : "rows.see.settled.wrong", { name: nameOf(one.network, words), row: bold(one.from + 1), digit: one.last.digit }))) }));
  return said.join(" ");
}
