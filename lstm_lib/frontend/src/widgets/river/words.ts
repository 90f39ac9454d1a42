// What is said of a day: every figure comes from the record. The same as lstm_lib.river_story.
import type { Surroundings } from "../../host/widget.tsx";
import { formatInteger } from "../../ui/format.ts";
import { EFFICIENCIES, NETWORKS, OBSERVED, PREDICTED, RAIN, TEMPERATURE, dateOf, pastOf } from "./data.ts";

export type Words = Pick<Surroundings, "t" | "num" | "percent" | "language">;

export function nameOf(model: string, { t }: Words): string {
  const { network, past } = pastOf(model);
  return network === "ridge" ? t("river.name.ridge") : t("river.name", { network: network.toUpperCase(), past });
}

export function dated(at: number, { t }: Words): string {
  const { day, month, year } = dateOf(at);
  return t("river.date", { day, month: t(`river.month.${month}`), year });
}

/** "300 m³/s", with one decimal below 100. */
export const flowText = (value: number, { t, num, language }: Words): string => t("river.flow", { value: value >= 100 ? formatInteger(Math.round(value), language.value) : num(value, { digits: 1 }) });

/** The sentence under the drawings: what flowed, what was said, from which past. */
export function seeText(day: number, model: string, words: Words): string {
  const { t, num, percent, language } = words, { network, past } = pastOf(model), seen = OBSERVED[day], said = PREDICTED[model][day], off = said / seen - 1;
  const how = t(`river.see.${off < 0 ? "less" : "more"}`, { share: percent(Math.abs(off)) }), bold = (text: string) => `**${text}**`;
  const parts = [t("river.see.day", { date: dated(day, words), observed: bold(flowText(seen, words)), name: t(`river.the.${network}`, { past }), predicted: bold(flowText(said, words)), how })];
  if (day + 1 >= past) {
    const from = day + 1 - past, rain = RAIN.slice(from, day + 1).reduce((a, b) => a + b, 0), cold = TEMPERATURE.slice(from, day + 1).filter((value) => value < 0).length;
    parts.push(t("river.see.past", { past, cold, rain: formatInteger(Math.round(rain), language.value) }));
  }
  for (const name of NETWORKS) {
    const listed = EFFICIENCIES[name].map((one) => t("river.see.at", { value: bold(num(one.mean)), past: one.at }));
    parts.push(t("river.see.reach", { network: name.toUpperCase(), listed: listed.join(", ") }));
  }
  return parts.join(" ");
}
