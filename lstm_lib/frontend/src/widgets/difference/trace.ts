// The lines of a comparison, and what each network answers.
import { cellDifference, hiddenDifference, keptUnit, verdictOf, type Verdict } from "../../core/difference.ts";
import { isLSTMTrace, type LanguageModel, type Trace } from "../../core/language_model.ts";
import { THRESHOLDS, formsMass, probabilityOf } from "../../sentences/forms.ts";
import type { Gender } from "../../sentences/rule.ts";
import { FORMS, type Pair } from "../../sentences/pair.ts";

export interface Line {
  name: string;
  /** Of the cell state: which unit. Of the hidden state: null. */
  unit: number | null;
  values: Float64Array;
  /** Value at the main noun. */
  first: number;
  verdict: Verdict;
}

export interface Answer {
  feminine: Gender; // the form that is likelier after the feminine sentence
  masculine: Gender;
  likely: boolean; // whether an adjective is expected there at all, after either
}

export interface Compared {
  name: string;
  lm: LanguageModel;
  hidden: Line;
  cell: Line | null;
  answer: Answer;
  /** Shortest and longest distance in its training sentences, if its file says so. */
  trained: [number, number] | null;
}

/** Share of the start that is left at a word; null where the line starts at zero. */
export const shareAt = (line: Line, step: number): number | null => (line.first > 0 ? line.values[step] / line.first : null);

function line(name: string, unit: number | null, values: Float64Array, start: number): Line {
  const first = values[start];
  return { name, unit, values, first, verdict: verdictOf(first > 0 ? values[values.length - 1] / first : null) };
}

/** Everything that one network makes of a pair; `unit` −1 stands for the one that keeps most. */
export function compare(name: string, lm: LanguageModel, pair: Pair, of: "hidden" | "cell", unit: number): Compared {
  const [a, b] = [pair.feminine, pair.masculine].map((words) => lm.forward(lm.embed(words), words.length)), { start } = pair;
  let cell: Line | null = null;
  if (of === "cell" && isLSTMTrace(a) && isLSTMTrace(b)) {
    const chosen = unit < 0 ? keptUnit(a, b, start) : Math.min(unit, a.H - 1);
    cell = line(name, chosen, cellDifference(a, b, chosen), start);
  }
  return {
    name, lm, cell, trained: trainedOn(lm), hidden: line(name, null, hiddenDifference(a, b), start),
    answer: { feminine: form(lm, a), masculine: form(lm, b), likely: [a, b].some((trace) => formsMass(lm, trace, trace.T - 1) >= THRESHOLDS.likely) },
  };
}

/** Of cansada and cansado, the likelier after the last word. */
function form(lm: LanguageModel, trace: Trace): Gender {
  const at = probabilityOf(lm, trace, trace.T - 1);
  return at(FORMS.f) >= at(FORMS.m) ? "f" : "m";
}

function trainedOn(lm: LanguageModel): [number, number] | null {
  try {
    const range: unknown = JSON.parse(lm.metadata["distances"] ?? "null");
    return Array.isArray(range) && range.length === 2 && range.every(Number.isFinite) ? [range[0], range[1]] : null;
  } catch { return null; }
}
