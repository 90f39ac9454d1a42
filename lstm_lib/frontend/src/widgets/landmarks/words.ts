// What is said of a result: every word and figure comes from its row.
import type { Surroundings } from "../../host/widget.tsx";
import { formatInteger } from "../../ui/format.ts";
import { ROWS, AREAS, WORKS, decimals, errorRemoved, unitOf, type Row } from "./data.ts";

export type Words = Pick<Surroundings, "t" | "num" | "percent" | "language">;
export type Part = "data" | "system" | "baseline" | "caveat";

/** A printed figure with its own decimals, as the language writes it. */
export function written(printed: string | number, { num, percent, language }: Words, unit = ""): string {
  if (typeof printed === "number") return formatInteger(printed, language.value);
  const digits = decimals(printed);
  return unit === "%" ? percent(Number(printed) / 100, digits) : num(Number(printed), { digits });
}

export function textOf(row: Row, part: Part, words: Words): string {
  const also = Object.entries(row.also ?? {}).map(([name, value]) => [name, written(value, words)]);
  return words.t(`landmarks.row.${row.id}.${part}`, Object.fromEntries(also));
}

/** With its first letter as at the start of a sentence; a name such as xLSTM stays as it is. */
export const capital = (text: string): string => (/^.\p{Lu}/u.test(text) ? text : text[0].toUpperCase() + text.slice(1));
export const areaName = (area: string, { t }: Words): string => t(`landmarks.area.${area}`);
export const valueOf = (row: Row, words: Words): string => written(row.value, words, unitOf(row));
export const baselineOf = (row: Row, words: Words): string | null => (row.baseline === null ? null : written(row.baseline, words, unitOf(row)));
export const whyText = (row: Row, { t }: Words): string => (row.why ?? []).map((reason) => t(`landmarks.why.${reason}`)).join("; ");
export const shareText = (row: Row, { percent }: Words): string => percent(errorRemoved(row)!);
export const metricText = (row: Row, { t }: Words): string => t("landmarks.measure_line", { metric: t(`landmarks.metric.${row.metric}`), better: t(`landmarks.${row.better === "lower" ? "lower" : "higher"}`) });

/** What the row says at first sight: how much error was removed, or why that is not said. */
export function outcomeText(row: Row, words: Words): string {
  return row.fair ? words.t("landmarks.outcome.fair", { share: shareText(row, words) }) : words.t("landmarks.outcome.unfair", { why: whyText(row, words) });
}

/** "18,6 % contra 37,6 %", or the one figure where nothing confirmed stands against it. */
export function valuesText(row: Row, words: Words, mark = (text: string) => text): string {
  const baseline = baselineOf(row, words), value = mark(valueOf(row, words));
  return baseline === null ? value : words.t("landmarks.values", { value, baseline: mark(baseline) });
}

/** The two systems of a row in one sentence, or the one that nothing is compared with. */
export function comparedText(row: Row, words: Words): string {
  const system = textOf(row, "system", words);
  if (row.why?.includes("no-baseline")) return capital(words.t("landmarks.alone", { system }));
  return capital(words.t("landmarks.compared", { system, baseline: textOf(row, "baseline", words) }));
}

/** "Graves et al. (2013)", as the book's pages cite. */
export function citation(key: string, { language }: Words): string {
  const { authors, et_al, year } = WORKS[key];
  return `${et_al ? `${authors[0]} et al.` : authors.join(language.value === "pt" ? " e " : " and ")} (${year})`;
}

/** The chosen result in a sentence. */
export function chosenText(row: Row, words: Words): string {
  const { t } = words, bold = (text: string) => `**${text}**`;
  const here = { year: row.year, data: textOf(row, "data", words), metric: t(`landmarks.metric.${row.metric}`), values: valuesText(row, words, bold) };
  return row.fair
    ? t("landmarks.see.fair", { ...here, share: bold(shareText(row, words)), against: t(`landmarks.against.${row.against}`) })
    : t("landmarks.see.unfair", { ...here, why: whyText(row, words) });
}

/** The sentence under the time line: what of it is on the scale, and the chosen result. */
export function seeText(area: string, row: Row, words: Words): string {
  const { t, percent } = words, rows = ROWS.filter((one) => !area || one.area === area);
  const fair = rows.filter((one) => one.fair), removed = fair.map((one) => errorRemoved(one)!);
  const counts = { area: areaName(area || row.area, words), areas: AREAS.length, count: rows.length, fair: fair.length };
  const lead = !area
    ? t("landmarks.see.lead", { ...counts, low: percent(Math.min(...removed)), high: percent(Math.max(...removed)), network: fair.filter((one) => one.against === "network").length })
    : t(`landmarks.see.area.${fair.length ? "some" : rows.length === 1 ? "none_one" : "none"}`, counts);
  return `${capital(lead)} ${chosenText(row, words)}`;
}
