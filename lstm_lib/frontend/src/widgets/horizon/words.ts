// What is said about a point: every word and number comes from its runs.
import type { Surroundings } from "../../host/widget.tsx";
import { formatInteger } from "../../ui/format.ts";
import { INVERTED, KINDS, RIGHT, type Horizon, type Spread, type Summary } from "./data.ts";
import { MIXTURE, type Against, type HorizonState } from "./state.ts";

export type Words = Pick<Surroundings, "t" | "num" | "percent" | "language">;

/** A share of right answers; counts out of 500 are exact to one decimal. */
export const share = (value: number, { percent }: Words): string =>
  percent(value, Math.abs(value * 100 - Math.round(value * 100)) < 1e-9 ? 0 : 1);

/** "99,4 % a 100 %", or one value where all are equal. */
export function between({ low, high }: Pick<Spread, "low" | "high">, words: Words): string {
  return low === high ? share(low, words) : words.t("horizon.range", { low: share(low, words), high: share(high, words) });
}

export const nameOf = (network: string, { t }: Words): string => t(`horizon.name.${network}`);
export const pointName = (lag: number, { t }: Words): string => t(lag === MIXTURE ? "horizon.at_mixture" : "horizon.at_lag", { lag });

function stepsText([from, to]: [number, number], { t, language }: Words): string {
  const count = (n: number) => formatInteger(n, language.value);
  return from === to ? t("horizon.steps.same", { from: count(from) }) : t("horizon.steps.range", { from: count(from), to: count(to) });
}

/** "3 de 5, em 300 a 500 passos": how many trainings reached the target in their window. */
export function reachedText(point: Summary, words: Words): string {
  const { t } = words, counts = { reached: point.reached, count: point.runs.length };
  if (!point.runs.length) return t("horizon.none");
  if (!point.steps) return t("horizon.reached.none", { ...counts, steps: stepsText([point.limit!, point.limit!], words) });
  return t("horizon.reached.some", { ...counts, steps: stepsText(point.steps, words) });
}

/** "aprendeu", "aprendeu em 3 de 5", "ficou no acaso em 4 de 5". */
export function outcomeText({ outcome, kinds, runs }: Summary, { t }: Words): string {
  if (!outcome) return t("horizon.outcome.missing");
  const what = t(`horizon.outcome.${outcome}`), n = kinds[outcome];
  return n === runs.length ? what : t("horizon.outcome.some", { what, n, count: runs.length });
}

/** "1 semente acerta na janela do treino, mas não em toda distância; 4 sementes ficaram no acaso". */
export function kindsText(point: Summary, { t, percent }: Words): string {
  return KINDS.filter((kind) => point.kinds[kind]).map((kind) => {
    const n = point.kinds[kind];
    return t(`horizon.kind.${kind}.${n === 1 ? "one" : n === point.runs.length ? "all" : "many"}`, { n, share: percent(RIGHT) });
  }).join("; ");
}

/** Where the chosen second measure is worst, or that it is good throughout. */
function away(horizon: Horizon, curve: Spread[], against: Against, words: Words): string[] {
  const { t } = words, where = horizon.distractors_at;
  if (!curve.length) return [];
  const worst = curve.reduce((a, b) => (b.low < a.low ? b : a)), bold = (text: string) => `**${text}**`;
  if (worst.low >= RIGHT) return [t(`horizon.see.${against}.all`, { words: where, low: bold(share(worst.low, words)), first: curve[0].at, last: curve[curve.length - 1].at })];
  return [t(`horizon.see.${against}.worst`, { words: where, at: worst.at, range: bold(between(worst, words)) }), ...(worst.low < INVERTED ? [t("horizon.see.inverted")] : [])];
}

/** The sentence under the plots: what the selected runs were trained on, what became of them, and how far it carries. */
export function seeText(horizon: Horizon, { network, lag, against }: Pick<HorizonState, "network" | "lag" | "against">, words: Words): string {
  const { t } = words, name = nameOf(network, words), point = horizon.summary(network, lag), [from, to] = point.window;
  const lead = t(lag === MIXTURE ? "horizon.see.mixed" : "horizon.see.lag", { name, from, to });
  if (!point.own) return `${lead}: ${t("horizon.see.missing")}`;
  const bold = (text: string) => `**${text}**`;
  const said = [t("horizon.see", { lead, kinds: kindsText(point, words), range: bold(between(point.own, words)) })];
  if (point.kinds.guesses < point.runs.length) said.push(...away(horizon, horizon.curve(network, lag, against), against, words));
  const mixed = horizon.curve(network, MIXTURE, "distance"), far = mixed[mixed.length - 1];
  if (lag !== MIXTURE && !point.kinds.learned && far && horizon.summary(network, MIXTURE).kinds.learned === mixed[0].values.length) {
    const [first, last] = horizon.summary(network, MIXTURE).window;
    said.push(t("horizon.see.contrast", { first, last, at: far.at, range: bold(between(far, words)) }));
  }
  return said.join(" ");
}

/** How far the whole line reaches. */
export function reachText(horizon: Horizon, network: string, { t }: Words): string {
  const { all, none } = horizon.reach(network);
  if (all === null && none === null) return t("horizon.reach.neither");
  if (all === null) return t("horizon.reach.none", { none: none! });
  return none === null ? t("horizon.reach.all", { all }) : t("horizon.reach.both", { all, none });
}
