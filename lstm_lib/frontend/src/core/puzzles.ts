// Memory puzzles for one cell whose gates are set by hand (lstm_lib/puzzles.json, read by Python too).
// The candidate is the input, g_t = x_t;  c_t = f_t c_(t-1) + i_t g_t with c_0 = 0;  h_t = o_t tanh(c_t).
import data from "../../../puzzles.json";

export type GateName = "forget_gate" | "input_gate" | "output_gate";
export const GATES: GateName[] = ["forget_gate", "input_gate", "output_gate"];
export type Gates = Record<GateName, number[]>;
type Text = { pt: string; en: string };

export interface Target { step: number; quantity: "cell" | "hidden"; low: number; high: number } // steps count from 1
export interface Case { name?: Text; inputs: number[]; targets: Target[] }
export interface Puzzle {
  id: string; title: Text; task: Text; lesson: Text;
  cases: Case[];
  marks?: Record<string, Text>; // words on a step, by its number
  shared?: GateName[]; // one value for all steps
  locked?: Partial<Record<GateName, number>>; // cannot be set
  solution: Gates;
}

export const puzzles = data.puzzles as unknown as Puzzle[];
export const puzzleOf = (id: string): Puzzle => puzzles.find((p) => p.id === id) ?? puzzles[0];
export const stepsOf = (puzzle: Puzzle): number => puzzle.cases[0].inputs.length;

/** Gates as the puzzle allows them: right length, within [0, 1], locked and shared ones obeyed; 1 where nothing is given. */
export function settle(puzzle: Puzzle, given: Partial<Record<GateName, readonly number[]>>): Gates {
  const T = stepsOf(puzzle), out = {} as Gates;
  for (const gate of GATES) {
    const values = given[gate] ?? [], usable = values.length === T && values.every((v) => Number.isFinite(v));
    const lock = puzzle.locked?.[gate];
    out[gate] = Array.from({ length: T }, (_, t) => lock ?? (usable ? Math.min(1, Math.max(0, values[puzzle.shared?.includes(gate) ? 0 : t])) : 1));
  }
  return out;
}

/** `gates` with one value changed: at one step, or at all of them where the puzzle shares the gate. */
export function withGate(puzzle: Puzzle, gates: Gates, gate: GateName, step: number, value: number): number[] {
  if (puzzle.locked?.[gate] !== undefined) return gates[gate];
  const clean = Math.min(1, Math.max(0, Math.round(value * 100) / 100));
  return gates[gate].map((v, t) => (t === step || puzzle.shared?.includes(gate) ? clean : v));
}

export interface Run extends Gates { inputs: number[]; cell: number[]; hidden: number[] }

export function run(puzzle: Puzzle, gates: Gates, which: number): Run {
  const { inputs } = puzzle.cases[which], cell: number[] = [], hidden: number[] = [];
  inputs.forEach((x, t) => {
    cell.push(gates.forget_gate[t] * (t ? cell[t - 1] : 0) + gates.input_gate[t] * x);
    hidden.push(gates.output_gate[t] * Math.tanh(cell[t]));
  });
  return { ...gates, inputs, cell, hidden };
}

/** Why a quantity is outside its band; `at` is a step counted from 1, the numbers come from the trace. */
export type Cause =
  | { kind: "out-early" | "out-late" | "out-open" | "out-closed"; gate: number; passes: number }
  | { kind: "extra-now" | "extra-old"; at: number; weight: number }
  | { kind: "erased" | "unwritten"; at: number; gate: number };

export interface Problem { case: number; step: number; quantity: "cell" | "hidden"; value: number; low: number; high: number; cause: Cause }
export interface Judgement { solved: boolean; cases: { solved: boolean; problems: Problem[] }[] }

const SLACK = 1e-9; // 0.8 · 0.8 · 0.8 must not miss its own band by rounding
export const inside = (value: number, target: Target) => value >= target.low - SLACK && value <= target.high + SLACK;

/** Solved, or exactly what is still wrong. */
export function judge(puzzle: Puzzle, gates: Gates): Judgement {
  const cases = puzzle.cases.map((c, which) => {
    const trace = run(puzzle, gates, which), ideal = run(puzzle, puzzle.solution, which);
    const problems = c.targets.filter((target) => !inside(trace[target.quantity][target.step - 1], target)).map((target) => ({
      case: which, step: target.step, quantity: target.quantity, value: trace[target.quantity][target.step - 1],
      low: target.low, high: target.high,
      cause: target.quantity === "cell" ? cellCause(trace, ideal, target.step - 1, target.low) : hiddenCause(trace, ideal, c, target),
    })).sort((a, b) => a.step - b.step);
    return { solved: problems.length === 0, problems };
  });
  return { solved: cases.every((c) => c.solved), cases };
}

/** h = o tanh(c): either some opening of o would do, and o is to blame, or none would, and the cell is. */
function hiddenCause(trace: Run, ideal: Run, c: Case, { step, low, high }: Target): Cause {
  const t = step - 1, passes = Math.tanh(trace.cell[t]), value = trace.hidden[t], gate = trace.output_gate[t];
  const unreachable = low > Math.max(0, passes) + SLACK || high < Math.min(0, passes) - SLACK;
  const quiet = low <= 0 && high >= 0, tooFar = quiet || (low > 0 ? value > high : value < low);
  // A louder h through an opening that is right means that the cell holds too much.
  if (unreachable || (tooFar && !quiet && gate <= ideal.output_gate[t])) {
    return cellCause(trace, ideal, t, Math.abs(low) >= 1 ? Math.sign(low) * Infinity : Math.atanh(low));
  }
  if (!tooFar) return { kind: "out-closed", gate, passes };
  const speaks = (other: Target) => other.quantity === "hidden" && (other.low > 0 || other.high < 0);
  const later = c.targets.some((o) => speaks(o) && o.step > step), earlier = c.targets.some((o) => speaks(o) && o.step < step);
  return { kind: !quiet ? "out-open" : later ? "out-early" : earlier ? "out-late" : "out-open", gate, passes };
}

/** Weight in c_t of what each step wrote: i_s x_s f_(s+1) ... f_t. Their sum is c_t. */
export function weights(trace: Run, t: number): number[] {
  const out: number[] = [];
  for (let s = t, keep = 1; s >= 0; keep *= trace.forget_gate[s], s--) out[s] = trace.input_gate[s] * trace.inputs[s] * keep;
  return out;
}

/**
 * The step whose weight in c_t is furthest off, in the harmful direction, from the one it has in the stored solution.
 * There is one: the weights add up to c_t, and the solution's to a value inside the band.
 */
function cellCause(trace: Run, ideal: Run, t: number, low: number): Cause {
  const wanted = trace.cell[t] < low ? 1 : -1, now = weights(trace, t), then = weights(ideal, t);
  let off = 0, at = t;
  now.forEach((weight, s) => {
    const harm = wanted * (then[s] - weight);
    if (harm > off + SLACK) { off = harm; at = s; }
  });
  if (wanted * now[at] < -SLACK || Math.abs(now[at]) > Math.abs(then[at])) {
    return { kind: at === t ? "extra-now" : "extra-old", at: at + 1, weight: now[at] };
  }
  const unwritten = Math.abs(ideal.input_gate[at] - trace.input_gate[at]) * Math.abs(trace.inputs[at]);
  if (at === t || unwritten >= 0.5 * off) return { kind: "unwritten", at: at + 1, gate: trace.input_gate[at] };
  let weakest = at + 1;
  for (let r = at + 1; r <= t; r++) if (trace.forget_gate[r] < trace.forget_gate[weakest]) weakest = r;
  return { kind: "erased", at: weakest + 1, gate: trace.forget_gate[weakest] };
}
