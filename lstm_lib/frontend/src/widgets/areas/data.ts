// The recorded areas as lstm_lib.compared_areas reads them: who is drawn, who wins, who ties.
import shown from "../../../../compared_areas.json";
import { experiments } from "../../../../results/papers1997.json";
import { areas as recordedAreas, runs as recordedRuns } from "../../../../results/areas.json";

interface Run { area: string; stage: string; name: string; seed: number; options?: Record<string, unknown>; scores: Record<string, number>; seconds: number; parameters?: number | null; learned?: boolean | null }
interface Head { key: string; metric: string; better: string; networks: string[]; baselines: string[] }
export interface About { axis: number[]; ticks: number[]; digits: number; percent?: boolean; log?: boolean; lengths: number[]; paper?: Record<string, unknown> }

/** What one network or baseline did in an area; on real data every run counts as learned. */
export interface Entry { key: string; name: string; network: boolean; values: number[]; learned: boolean[]; parameters: number | null; seconds: number; /** Over the seeds, of a task over those that learned; null if none did. */ mean: number | null }

const HEADS = Object.fromEntries((recordedAreas as unknown as Head[]).map((head) => [head.key, head]));
const RUNS = (recordedRuns as unknown as Run[]).filter((run) => run.stage === "test" || run.stage === "baseline");
const CALLED = shown.called as Record<string, Record<string, string>>, MARKS = shown.marks as Record<string, string>, TOLD = shown.told as Record<string, string>;
const ABOUT = shown.areas as Record<string, About>;

export const AREAS = Object.keys(ABOUT);
export const COUNT = RUNS.filter((run) => AREAS.includes(run.area) && HEADS[run.area].metric in run.scores).length;
export const LENGTHS = [...new Set(AREAS.flatMap((area) => ABOUT[area].lengths))];
export const aboutOf = (area: string): About => ABOUT[area];
export const isTask = (area: string): boolean => !!ABOUT[area].log;
export const markName = (entry: Entry): string | null => MARKS[entry.name] ?? null;
export const isTold = (area: string): boolean => area in TOLD;

/** A length that was measured in this area: the one asked for, else the first; 0 where there is none. */
export const lengthOf = (area: string, length: number): number => (ABOUT[area].lengths.includes(length) ? length : ABOUT[area].lengths[0] ?? 0);

const average = (values: number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
const known = new Map<string, Entry[]>();

/** The networks in the order of the record, then the baselines that have this score. */
export function entries(area: string, length = 0): Entry[] {
  const T = lengthOf(area, length), id = `${area}@${T}`, head = HEADS[area];
  if (!known.has(id)) {
    known.set(id, [...head.networks, ...head.baselines].flatMap((key): Entry[] => {
      const runs = RUNS.filter((run) => run.area === area && run.name === key && head.metric in run.scores && (!T || run.options?.["T"] === T)).sort((a, b) => a.seed - b.seed);
      if (!runs.length) return [];
      const values = runs.map((run) => run.scores[head.metric]), learned = runs.map((run) => run.learned !== false), kept = values.filter((_, k) => learned[k]);
      return [{
        key, name: CALLED[area]?.[key] ?? key, network: head.networks.includes(key), values, learned, parameters: runs[0].parameters ?? null,
        seconds: average(runs.map((run) => run.seconds)), mean: kept.length ? average(kept) : null,
      }];
    }));
  }
  return known.get(id)!;
}

/** Scores so that higher is better, minus infinity where the criterion was never met. */
function signed(area: string, entry: Entry): number[] {
  const sign = HEADS[area].better === "higher" ? 1 : -1;
  return entry.values.map((value, k) => (entry.learned[k] ? sign * value : -Infinity));
}

/** Is the worst seed of `one` ahead of the best of `other`? */
export const wins = (area: string, one: Entry, other: Entry): boolean => Math.min(...signed(area, one)) > Math.max(...signed(area, other));

export const KINDS = ["neither", "wins", "ties", "loses"] as const;
export type Against = Record<(typeof KINDS)[number], Entry[]>;

const never = (entry: Entry): boolean => !entry.learned.some(Boolean);

/** Who like the entry never learned the task, and who is behind it, mixed with it, ahead of it. */
export function against(area: string, length: number, entry: Entry): Against {
  const found: Against = { neither: [], wins: [], ties: [], loses: [] };
  const kind = (other: Entry) => (never(entry) && never(other) ? "neither" : wins(area, entry, other) ? "wins" : wins(area, other, entry) ? "loses" : "ties");
  for (const other of entries(area, length)) if (other !== entry) found[kind(other)].push(other);
  return found;
}

/** The entry of the best mean; in a task, among those that learned most often. Null if nothing learned. */
export function best(area: string, length = 0): Entry | null {
  const sign = HEADS[area].better === "higher" ? -1 : 1, share = (entry: Entry) => entry.learned.filter(Boolean).length / entry.learned.length;
  return entries(area, length).filter((entry) => entry.mean !== null).sort((a, b) => share(b) - share(a) || sign * (a.mean! - b.mean!))[0] ?? null;
}

/** The entry of this name; with "", or where the area has none, that of the area's own LSTM. */
export function find(area: string, length: number, key: string): Entry {
  const all = entries(area, length);
  for (const wanted of [key, ...shown.own]) { const found = all.find((entry) => entry.key === wanted); if (found) return found; }
  return all[0];
}

/** Fewest and most sequences that the LSTM of the paper of 1997 needed in the same task at this length; null where it has no such experiment. */
export function paper(area: string, length: number): [number, number] | null {
  const same = ABOUT[area].paper, T = lengthOf(area, length);
  if (!same) return null;
  const rows = (experiments as unknown as Record<string, { rows: Record<string, unknown>[] }>)[area].rows;
  const needed = rows.filter((row) => Object.entries(same).every(([key, value]) => row[key] === value) && (row["T"] ?? T) === T).map((row) => row["sequences"] as number);
  return needed.length ? [Math.min(...needed), Math.max(...needed)] : null;
}
