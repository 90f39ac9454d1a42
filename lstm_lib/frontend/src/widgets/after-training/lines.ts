// What the chart draws of each network: one line or two, with what became of it at the end of its way.
import { verdictOf as keptVerdict } from "../../core/difference.ts";
import type { LanguageModel } from "../../core/language_model.ts";
import type { Measures } from "../../core/after_training.ts";
import { verdictOf as flowVerdict } from "../../core/flow_networks.ts";
import type { Quantity } from "./state.ts";

/** One network in its present state: trained, or fresh. */
export interface Measured {
  name: string;
  lm: LanguageModel;
  measures: Measures;
  /** log10 of ‖ds_T/ds_t‖₂ (T), and at the main noun alone. Like all that follows it is worked out when it is first asked for. */
  jacobian: () => Float64Array;
  jacobianThere: () => number;
  theory: () => { largest: number; radius: number } | null;
  /** Whether the right form is the likelier one in both sentences. */
  right: boolean;
  /** Scores of the first sentence's right form for states on the way from one subject to the other. */
  pushes: () => Float64Array;
}

export interface Line {
  name: string;
  /** The cell's line is drawn in its colour, thick. */
  of: "hidden" | "cell";
  unit: number | null;
  /** log10 at every word; −∞ is an exact zero. */
  logs: Float64Array;
  /** What is left at the end of the way, as a share of the start, in log10. */
  left: number;
  verdict: string;
  /** "gradient", "kept" and so on: how the number is written. */
  kind: "gradient" | "jacobian" | "kept" | "difference";
}

/** Whether a quantity follows the error back, from the last word to the main noun, or the words on. */
export const goesBack = (quantity: Quantity): boolean => quantity !== "difference";

const relative = (logs: Float64Array): Float64Array => { const last = logs[logs.length - 1]; return logs.map((v) => v - last); };

/** The line of a quantity; null where a network has none. */
export function lineOf({ name, measures, jacobian }: Pick<Measured, "name" | "measures" | "jacobian">, kind: Line["kind"], of: Line["of"] = "hidden"): Line | null {
  const { start, hidden, cell, kept, difference, unit } = measures;
  if (kind === "gradient") {
    const from = of === "cell" ? cell : hidden;
    if (!from) return null;
    const logs = relative(from);
    return { name, of, unit: null, logs, left: logs[start], verdict: flowVerdict(logs[start]), kind };
  }
  if (kind === "jacobian") {
    const logs = jacobian();
    return { name, of: "hidden", unit: null, logs, left: logs[start], verdict: flowVerdict(logs[start]), kind };
  }
  if (kind === "kept") {
    if (!kept) return null;
    const logs = kept.map((v) => (v ? Math.log10(Math.abs(v)) : -Infinity));
    return { name, of: "cell", unit, logs, left: logs[start], verdict: keptVerdict(10 ** logs[start]), kind };
  }
  const logs = difference.map((v) => (v > 0 ? Math.log10(v) : -Infinity)), left = logs[logs.length - 1] - logs[start];
  return { name, of: "hidden", unit: null, logs, left, verdict: keptVerdict(logs[start] > -Infinity ? 10 ** left : null), kind };
}

/** What became of a quantity at the end of its way, without the line that leads there; null where a network has none. */
export function endOf(one: Measured, kind: Line["kind"]): Omit<Line, "logs"> | null {
  if (kind !== "jacobian") return lineOf(one, kind);
  const left = one.jacobianThere();
  return { name: one.name, of: "hidden", unit: null, left, verdict: flowVerdict(left), kind };
}

/** All lines of the chart: hidden states in the order of the networks, then cells. */
export function linesOf(measured: readonly Measured[], quantity: Quantity): Line[] {
  const lines = measured.map((one) => lineOf(one, quantity)), cells = quantity === "gradient" ? measured.map((one) => lineOf(one, "gradient", "cell")) : [];
  return [...lines, ...cells].filter((line): line is Line => line !== null);
}
