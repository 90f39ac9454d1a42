// The measured runs, and what can be asked of them. Nothing here is a curve fitted or filled in: a point without runs is empty.
import file from "../../../../results/horizon.json";
import shared from "../../../../learning_horizon.json";
import { LAGS, MIXTURE, type Against } from "./state.ts";

export interface Run {
  experiment: "horizon" | "mixture" | "narrow" | "patience";
  network: string;
  window: [number, number];
  seed: number;
  steps: number;
  /** Reached the target on its window and stopped there. */
  learned: boolean;
  /** Right answers out of `settings.test_sentences`: on its own window, by distance, by number of distractors. */
  window_right: number;
  right: Record<string, number>;
  right_by_distractors: Record<string, number>;
}
export interface Network { key: string; cell: string; forget_bias: number | null; learning_rate: number; hidden_size: number; core_parameters: number }
export interface Results { settings: { test_sentences: number; stop_at: number; width: number; distractors_at: number }; networks: Network[]; runs: Run[] }

export const RECORDED = file as unknown as Results;
const USUAL = new Set(Object.entries(shared.networks).filter(([, mark]) => mark.shown).map(([key]) => key));

// Of two genders half of the answers are right by chance; the others say when a run is right, guesses, or answers the other one.
export const { chance: CHANCE, right: RIGHT, guessing: GUESSING, inverted: INVERTED } = shared.thresholds;

/** What became of one training: right everywhere; right in its window, but not at every distance; above chance; at chance. */
export const KINDS = ["learned", "window", "half", "guesses"] as const;
export type Kind = (typeof KINDS)[number];

export function kindOf(run: Run, sentences: number): Kind {
  const own = run.window_right / sentences;
  if (own >= RIGHT) return Math.min(...Object.values(run.right)) / sentences >= RIGHT ? "learned" : "window";
  return own > GUESSING ? "half" : "guesses";
}

/** Several runs of one network at one place: their shares of right answers and what they are, in the order of the seeds. */
export interface Spread { at: number; values: number[]; kinds: Kind[]; low: number; high: number; mean: number }

export function spread(at: number, values: number[], kinds: Kind[] = []): Spread | null {
  if (!values.length) return null;
  return { at, values, kinds, low: Math.min(...values), high: Math.max(...values), mean: values.reduce((a, b) => a + b, 0) / values.length };
}

/** What the runs of one point did. */
export interface Summary {
  runs: Run[]; window: [number, number]; own: Spread | null;
  kinds: Record<Kind, number>;
  /** The kind to name first: the best if any run learned, else the most frequent; null without runs. */
  outcome: Kind | null;
  /** How many trainings ended because they reached the target, and in how many steps; the limit of the others. */
  reached: number; steps: [number, number] | null; limit: number | null;
}

function outcomeOf(kinds: Record<Kind, number>): Kind | null {
  if (kinds.learned) return "learned";
  return KINDS.reduce<Kind | null>((best, kind) => (kinds[kind] > (best ? kinds[best] : 0) ? kind : best), null);
}

export interface Horizon {
  networks: Network[];
  /** Accuracy in its window, twice in a row, at which a training ends. */
  target: number;
  /** How far the distractors' test looks, in words. */
  distractors_at: number;
  runsOf(network: string, lag: number): Run[];
  /** Accuracy on the window of its training. */
  own(network: string, lag: number): Spread | null;
  /** Accuracy at every tested distance, or number of distractors. */
  curve(network: string, lag: number, against: Against): Spread[];
  summary(network: string, lag: number): Summary;
  /** The largest lag up to which every seed learned, and the smallest from which none did; null: there is none. */
  reach(network: string): { all: number | null; none: number | null };
  /** Lower end of the accuracy axis: a round number below all that the plots can show, the same whatever is selected. */
  floor: number;
  count: number;
}

/** The runs never change: what was asked once need not be computed again while a slider moves. */
function remembered<A extends (string | number)[], R>(compute: (...args: A) => R): (...args: A) => R {
  const known = new Map<string, R>();
  return (...args) => {
    const key = args.join();
    if (!known.has(key)) known.set(key, compute(...args));
    return known.get(key)!;
  };
}

export function createHorizon(results: Results): Horizon {
  const N = results.settings.test_sentences, by = new Map<string, Run[]>();
  const used = results.runs.filter((run) => run.experiment === "horizon" || run.experiment === "mixture");
  for (const run of used) {
    const key = `${run.network}@${run.experiment === "mixture" ? MIXTURE : run.window[0]}`;
    by.set(key, [...(by.get(key) ?? []), run].sort((a, b) => a.seed - b.seed));
  }
  const runsOf = (network: string, lag: number) => by.get(`${network}@${lag}`) ?? [];
  const kinds = (runs: Run[]) => runs.map((run) => kindOf(run, N));
  const own = remembered((network: string, lag: number) => { const runs = runsOf(network, lag); return spread(lag, runs.map((run) => run.window_right / N), kinds(runs)); });
  const lowest = Math.min(CHANCE, ...used.flatMap((run) => [run.window_right, ...Object.values(run.right), ...Object.values(run.right_by_distractors)].map((n) => n / N)));
  const ends = (numbers: number[]): [number, number] | null => (numbers.length ? [Math.min(...numbers), Math.max(...numbers)] : null);
  const summary = remembered((network: string, lag: number): Summary => {
    const runs = runsOf(network, lag), found = kinds(runs), reached = runs.filter((run) => run.learned);
    const counts = Object.fromEntries(KINDS.map((kind) => [kind, found.filter((k) => k === kind).length])) as Record<Kind, number>;
    return {
      runs, kinds: counts, own: own(network, lag), outcome: outcomeOf(counts),
      window: runs[0]?.window ?? (lag === MIXTURE ? [5, 40] : [lag, lag + results.settings.width]),
      reached: reached.length, steps: ends(reached.map((run) => run.steps)), limit: ends(runs.filter((run) => !run.learned).map((run) => run.steps))?.[1] ?? null,
    };
  });
  return {
    networks: results.networks, target: results.settings.stop_at, distractors_at: results.settings.distractors_at, runsOf, own, summary, count: used.length,
    floor: Math.max(0, Math.min(0.4, Math.floor(lowest * 10 - 1e-9) / 10)),
    curve: remembered((network: string, lag: number, against: Against) => {
      const runs = runsOf(network, lag), of = (run: Run) => (against === "distance" ? run.right : run.right_by_distractors);
      const places = [...new Set(runs.flatMap((run) => Object.keys(of(run)).map(Number)))].sort((a, b) => a - b);
      return places.map((at) => { const there = runs.filter((run) => of(run)[at] !== undefined); return spread(at, there.map((run) => of(run)[at] / N), kinds(there))!; });
    }),
    reach(network) {
      const known = LAGS.map((lag) => ({ lag, ...summary(network, lag) })).filter((point) => point.runs.length);
      let all: number | null = null, none: number | null = null;
      for (const point of known) { if (point.kinds.learned < point.runs.length) break; all = point.lag; }
      for (const point of [...known].reverse()) { if (point.kinds.learned) break; none = point.lag; }
      return { all, none };
    },
  };
}

/** The networks to draw: those asked for that exist, else the usual ones; the selected one is always among them. */
export function shownNetworks(networks: Network[], asked: string[], selected: string): Network[] {
  const known = asked.filter((key) => networks.some((n) => n.key === key)), set = new Set(known.length ? known : USUAL);
  return networks.filter((n) => set.has(n.key) || n.key === selected);
}
