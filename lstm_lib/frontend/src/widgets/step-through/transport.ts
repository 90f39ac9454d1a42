// Where the next beat leads, in time and in the code, and where playing stops.
import type { LSTMGradients, LSTMTrace } from "../../core/lstm.ts";
import type { Breakpoint, Direction, Stride } from "./state.ts";
import { BACKWARD_LINES, FORWARD_LINES, lineOf, type Name } from "./symbols.ts";

export interface Position { step: number; quantity: Name }

export const linesOf = (view: Direction): readonly Name[] => (view === "backward" ? BACKWARD_LINES : FORWARD_LINES);

/** The place one step or line further (by = 1) or back (−1) as the view runs: forward in time, or from the last step to the
 * first. null where it ends. */
export function move({ step, quantity }: Position, by: 1 | -1, T: number, view: Direction, stride: Stride): Position | null {
  const next = step + (view === "backward" ? -by : by), inside = next >= 0 && next < T;
  if (stride === "step") return inside ? { step: next, quantity } : null;
  const lines = linesOf(view), line = lineOf(quantity, lines) + by;
  if (line >= 0 && line < lines.length) return { step, quantity: lines[line] };
  return inside ? { step: next, quantity: lines[by > 0 ? 0 : lines.length - 1] } : null;
}

/** What a breakpoint asks about; `gradients` only while the error comes back. */
export interface Moment { trace: LSTMTrace; gradients: LSTMGradients | null; step: number; unit: number }

export function meets(breakpoint: Breakpoint, { trace, gradients, step, unit }: Moment): boolean {
  if (typeof breakpoint === "number") return breakpoint === step;
  const { H, T } = trace, at = step * H + unit, before = step ? trace.cell[at - H] : trace.c0[unit];
  switch (breakpoint) {
    case "forget_gate<0.5": return trace.forget_gate[at] < 0.5;
    case "input_gate>0.5": return trace.input_gate[at] > 0.5;
    case "output_gate>0.5": return trace.output_gate[at] > 0.5;
    case "cell_changes_sign": return trace.cell[at] * before < 0;
    // Less than half of what reaches c_t, in size, came along the cell.
    case "highway<0.5": {
      if (!gradients || step >= T - 1) return false;
      const { cell, ...others } = gradients.paths.cell;
      const rest = Object.values(others).reduce((sum, path) => sum + path[at], 0);
      return Math.abs(cell[at]) < Math.abs(rest);
    }
    case "gradient_changes_sign": return !!gradients && step < T - 1 && gradients.cell[at] * gradients.cell[at + H] < 0;
  }
}
