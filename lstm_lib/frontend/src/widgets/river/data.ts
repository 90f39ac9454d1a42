// The test years of the river and the runs by days of past, as lstm_lib.river_story reads them.
import file from "../../../../results/examples/river.json";
import { runs } from "../../../../results/areas.json";
import { spread, type Spread } from "../horizon/data.ts";

interface Run { area: string; stage: string; name: string; seed: number; options?: Record<string, unknown>; scores: Record<string, number> }

export const RAIN = file.rain, TEMPERATURE = file.temperature, OBSERVED = file.observed;
export const PREDICTED = file.predicted as Record<string, number[]>;
export const COUNT = OBSERVED.length;
export const FLOOD = OBSERVED.indexOf(Math.max(...OBSERVED));
export const NETWORKS = ["lstm", "rnn"] as const;
export const PASTS: Record<string, number[]> = { lstm: [10, 30, 90, 365], rnn: [10, 30, 90] };
const RIDGE_PAST = 365, DAY = 86400000, START = Date.parse(`${file.days[0]}T00:00:00Z`);

/** How a network is marked: this chapter's LSTM starts with forget bias 1. */
export const MARKS: Record<string, string | null> = { lstm: "lstm-b1", rnn: "rnn", ridge: null };

export const dateOf = (day: number): { day: number; month: number; year: number } => {
  const at = new Date(START + day * DAY);
  return { day: at.getUTCDate(), month: at.getUTCMonth() + 1, year: at.getUTCFullYear() };
};

export function pastOf(model: string): { network: string; past: number } {
  const [network, past] = model.split("-");
  return { network, past: past ? Number(past) : RIDGE_PAST };
}

/** The efficiencies of all seeds at every length of past. */
export const EFFICIENCIES: Record<string, Spread[]> = Object.fromEntries(NETWORKS.map((name) => [name, PASTS[name].map((past) => {
  const found = (runs as unknown as Run[]).filter((run) => run.area === "river" && run.stage === "story" && run.name === name && run.options?.["past"] === past).sort((a, b) => a.seed - b.seed);
  return spread(past, found.map((run) => run.scores["nse"]), found.map(() => "learned"))!;
})]));
