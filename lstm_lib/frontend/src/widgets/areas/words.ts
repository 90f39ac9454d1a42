// What is said of an area: every word and figure comes from its runs. The same as lstm_lib.compared_areas.
import type { Surroundings } from "../../host/widget.tsx";
import { formatInteger } from "../../ui/format.ts";
import { KINDS, aboutOf, against, best, isTask, isTold, lengthOf, paper, type Entry } from "./data.ts";

export type Words = Pick<Surroundings, "t" | "num" | "percent" | "language">;

export const nameOf = (entry: Entry, { t }: Words): string => t(`areas.name.${entry.name}`);
export const areaName = (area: string, { t }: Words): string => t(`areas.area.${area}`);
export const metricText = (area: string, { t }: Words): string => t(`areas.metric.${isTask(area) ? "task" : area}`);

/** A score as the area writes it; sequences as a whole number. */
export function written(area: string, value: number, { num, percent, language }: Words): string {
  const { log, percent: share, digits } = aboutOf(area);
  return log ? formatInteger(Math.round(value), language.value) : share ? percent(value, digits) : num(value, { digits });
}

/** A number of the axis. */
export function ticked(area: string, value: number, { num, percent, language }: Words): string {
  const { log, percent: share } = aboutOf(area);
  return log ? formatInteger(value, language.value) : share ? percent(value) : num(value, { digits: String(value).slice(2).length });
}

const capital = (said: string): string => said[0].toUpperCase() + said.slice(1);
const learnedOf = (entry: Entry): number => entry.learned.filter(Boolean).length;

/** The mean as the row shows it, or in how many seeds the task was learned. */
export function meanText(area: string, entry: Entry, words: Words): string {
  const learned = learnedOf(entry), count = entry.learned.length;
  return learned === count ? written(area, entry.mean!, words) : words.t("areas.learned", { learned, count });
}

export const secondsText = (entry: Entry, { t, num }: Words): string => t("areas.seconds", { seconds: num(entry.seconds, { digits: entry.seconds < 10 ? 1 : 0 }) });
export const parametersText = (entry: Entry, { language }: Words): string => (entry.parameters === null ? "" : formatInteger(entry.parameters, language.value));

function joined(found: Entry[], words: Words): string {
  const names = found.map((entry) => nameOf(entry, words));
  return names.length > 1 ? words.t("areas.and", { first: names.slice(0, -1).join(", "), last: names[names.length - 1] }) : names[0];
}

/** What the LSTM of the paper of 1997 needed, "74 000" or a range; "" where it has no such experiment. */
export function paperText(area: string, length: number, words: Words): string {
  const found = paper(area, length);
  if (!found) return "";
  const [low, high] = found.map((value) => written(area, value, words));
  return low === high ? low : words.t("areas.range", { low, high });
}

/** The result at first sight: who has the best mean, and whose seeds mix with theirs. */
export function outcomeText(area: string, length: number, words: Words): string {
  const { t } = words, first = best(area, length);
  if (!first) return capital(t("areas.outcome.none"));
  const { ties } = against(area, length, first), name = nameOf(first, words);
  if (!ties.length) return capital(t("areas.outcome.alone", { best: name }));
  return capital(ties.length > 3 ? t("areas.outcome.many", { best: name, count: ties.length }) : t("areas.outcome.ties", { best: name, others: joined(ties, words) }));
}

function scoresText(area: string, entry: Entry, words: Words): string {
  const { t } = words, learned = learnedOf(entry), count = entry.values.length, write = (value: number) => written(area, value, words);
  if (!learned) return t("areas.see.never", { count, allowed: write(Math.max(...entry.values)) });
  const mean = `**${write(entry.mean!)}**`;
  if (learned < count) return t("areas.see.sometimes", { mean, learned, count });
  if (count === 1) return t("areas.see.once", { mean });
  return t("areas.see.seeds", { mean, count, low: write(Math.min(...entry.values)), high: write(Math.max(...entry.values)) });
}

/** The sentence under the drawing: the area, the chosen entry, and whom it is ahead of. */
export function seeText(area: string, length: number, entry: Entry, words: Words): string {
  const { t } = words, T = lengthOf(area, length), first = best(area, length);
  const name = areaName(area, words), where = capital(T ? t("areas.see.at", { area: name, T }) : name);
  const lead = first ? t("areas.see.lead", { where, best: nameOf(first, words), metric: metricText(area, words) }) : t("areas.see.none", { where });
  const found = against(area, length, entry), parts = KINDS.filter((kind) => found[kind].length).map((kind) => t(`areas.see.${kind}`, { others: joined(found[kind], words) }));
  const said = capital(t("areas.see.entry", { name: nameOf(entry, words), scores: scoresText(area, entry, words), against: parts.join("; ") }));
  const needed = paperText(area, length, words), told = needed ? [t("areas.see.paper", { value: `**${needed}**` })] : isTold(area) ? [t(`areas.told.${area}`)] : [];
  return [lead, said, ...told].join(" ");
}
