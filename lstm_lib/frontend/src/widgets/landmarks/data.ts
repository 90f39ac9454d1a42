// The published results as lstm_lib.landmarks reads them: what is on the scale of error removed, and every order of the rows.
import file from "../../../../results/landmarks.json";

export interface Row {
  id: string; area: string; year: number; metric: string; better: string;
  /** The figures as printed, such as "33.30": their decimals count. */
  value: string; baseline: string | null;
  /** Both figures are errors, or accuracies, of comparable systems on one test set. */
  fair: boolean; against?: string; why?: string[];
  key: string; other_keys?: string[]; also?: Record<string, string | number>;
}
export interface Work { authors: string[]; et_al: boolean; year: number; title: string }

export const ROWS = file.rows as unknown as Row[];
export const AREAS = file.areas;
export const WORKS = file.works as Record<string, Work>;
export const EVENTS = Object.entries(file.events).map(([year, key]) => ({ year: Number(year), key }));
export const SORTS = ["removed", "year", "area"];
const MEASURES = file.measures as Record<string, { kind: string; unit: string }>;

export const unitOf = (row: Row): string => MEASURES[row.metric].unit;
export const decimals = (printed: string): number => printed.split(".")[1]?.length ?? 0;

/** Errors of baseline and system in per cent; null for another measure than errors and accuracies. */
export function errorsOf(row: Row): { before: string; after: string } | null {
  const { kind } = MEASURES[row.metric];
  if (kind === "other" || row.baseline === null) return null;
  if (kind === "error") return { before: row.baseline, after: row.value };
  const digits = Math.max(decimals(row.baseline), decimals(row.value)), rest = (printed: string) => (100 - Number(printed)).toFixed(digits);
  return { before: rest(row.baseline), after: rest(row.value) };
}

/** Share of the baseline's error that the system removed; null where that would not be fair. */
export function errorRemoved(row: Row): number | null {
  const errors = row.fair ? errorsOf(row) : null;
  return errors && (Number(errors.before) - Number(errors.after)) / Number(errors.before);
}

/** The rows of an area, or all: by error removed (then by year), by year, or by area. */
export function ordered(sort: string, area = ""): Row[] {
  const rows = ROWS.filter((row) => !area || row.area === area);
  if (sort === "year") return rows.sort((a, b) => a.year - b.year);
  if (sort !== "removed") return rows;
  const rank = (row: Row) => -(errorRemoved(row) ?? -1);
  return rows.sort((a, b) => rank(a) - rank(b) || (a.fair ? 0 : a.year - b.year));
}

/** The chosen row: the one asked for if it is shown, else the first. */
export const chosen = (rows: Row[], id: string): Row => rows.find((row) => row.id === id) ?? rows[0];
