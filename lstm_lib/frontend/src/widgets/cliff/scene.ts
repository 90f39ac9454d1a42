// From the state to what is drawn and said: the unit, both walks, and where each is after `move` steps.
import { edge, gradientAt, outcome, walk, type Outcome, type Unit, type Walk } from "../../core/error_surface.ts";
import { clamp } from "../../ui/scale.ts";
import { PICTURE, defaults, type State } from "./state.ts";

export type Name = "free" | "clipped";
export const NAMES: readonly Name[] = ["free", "clipped"];
export const MOST_MOVES = 200, MOST_STEPS = 50;

export interface Scene {
  unit: Unit; start: [number, number]; rate: number; maxNorm: number; moves: number; move: number;
  walks: Record<Name, Walk>; outcomes: Record<Name, Outcome>;
  /** The walk's first step that is longer than the picture is wide, or −1. */
  thrownAt: number;
  /** The edge at the start's w: its bias and the length of the gradient there. */
  edgeBias: number; edgeNorm: number;
}

const number = (value: unknown, otherwise: number, low: number, high: number): number => (typeof value === "number" && Number.isFinite(value) ? clamp(value, low, high) : otherwise);

export function unitOf(s: Pick<State, "steps" | "initial" | "target">): Unit {
  return {
    steps: Math.round(number(s.steps, defaults.steps, 2, MOST_STEPS)), initial: number(s.initial, defaults.initial, -0.99, 0.99), target: number(s.target, defaults.target, -1, 1),
  };
}

export function sceneOf(s: Omit<State, "hide" | "lang">): Scene {
  const unit = unitOf(s), start: [number, number] = [number(s.weight, defaults.weight, ...PICTURE.weight), number(s.bias, defaults.bias, ...PICTURE.bias)];
  const rate = number(s.learning_rate, defaults.learning_rate, 1e-6, 100), maxNorm = number(s.max_norm, defaults.max_norm, 1e-6, 1e6);
  const moves = Math.round(number(s.moves, defaults.moves, 1, MOST_MOVES)), move = Math.round(number(s.move, 0, 0, moves));
  const walks = { free: walk(unit, start, moves, rate, 0), clipped: walk(unit, start, moves, rate, maxNorm) };
  const edgeBias = edge(start[0], unit.initial), [, byWeight, byBias] = gradientAt(start[0], edgeBias, unit);
  return {
    unit, start, rate, maxNorm, moves, move, walks, edgeBias, edgeNorm: Math.hypot(byWeight, byBias),
    outcomes: { free: outcome(walks.free, move), clipped: outcome(walks.clipped, move) },
    thrownAt: walks.free.lengths.findIndex((length) => length > 3),
  };
}
