// From the state to everything that is drawn and said: the sequence, the network, its run, the echo, the fixed points.
import { forwardRNN, type RNNWeights } from "../../core/rnn.ts";
import { course, echo, fixedPoints, halfLife, recurrentMatrix, regime, singular, spectralRadius, type Course, type FixedPoint, type Matrix, type Regime } from "../../core/dynamics.ts";
import { preset, presets, readSignal } from "../../core/signals.ts";
import { clamp } from "../../ui/scale.ts";
import { defaults, type State } from "./state.ts";

export const MOST_STEPS = 40;

export interface Scene {
  unit: boolean;
  T: number;
  H: number;
  values: number[];
  /** Words of the sentence that was typed, one for each step, or none. */
  words: string[];
  source: "inputs" | "text" | "preset";
  /** How many steps were typed, if more than are read; else 0. */
  cut: number;
  step: number;
  net: RNNWeights;
  /** T × H: the run, and the run in which the followed input is silent. */
  hidden: Float64Array;
  without: Float64Array;
  /** The steps that are not silent, and the one whose echo is followed. */
  heard: number[];
  origin: number;
  echo: Float64Array;
  half: number | null;
  course: Course;
  regime: Regime | Course;
  points: FixedPoint[];
  matrix: Matrix;
  rho: number;
  sigma: number;
}

/** Beyond this a unit does nothing new, and a number no longer fits its place. */
const LARGEST = 1000;
export const finite = (value: unknown, otherwise: number): number => (typeof value === "number" && Number.isFinite(value) ? clamp(value, -LARGEST, LARGEST) : otherwise);
const list = (value: unknown, length = 0): number[] =>
  Array.isArray(value) && value.length > 0 && (!length || value.length === length) && value.every((v) => typeof v === "number" && Number.isFinite(v)) ? value.map((v: number) => clamp(v, -LARGEST, LARGEST)) : [];

/** The sequence that a state means: own numbers, else the text, else the preset. */
export function sequenceOf(state: Pick<State, "inputs" | "text" | "preset" | "steps">): Pick<Scene, "values" | "words" | "source" | "cut"> {
  const own = list(state.inputs), read = state.text ? readSignal(String(state.text)) : null;
  const typed = read && (read.kind === "words" || read.kind === "numbers") ? read : null;
  const words = typed?.kind === "words" && (!own.length || own.length === Math.min(typed.words.length, MOST_STEPS)) ? typed.words.slice(0, MOST_STEPS) : [];
  const whole = own.length ? own : typed?.values, length = clamp(Math.round(finite(state.steps, defaults.steps)), 2, MOST_STEPS);
  if (!whole) return { values: preset(presets.includes(state.preset) ? state.preset : "impulse", length), words, source: "preset", cut: 0 };
  return { values: whole.slice(0, MOST_STEPS), words, source: own.length ? "inputs" : "text", cut: whole.length > MOST_STEPS ? whole.length : 0 };
}

export function networkOf(state: State): { net: RNNWeights; matrix: Matrix } {
  const u = finite(state.input_weight, defaults.input_weight), b = finite(state.bias, defaults.bias);
  if (state.mode !== "layer") {
    const w = finite(state.weight, defaults.weight);
    return { net: network(1, [u], [w], [b]), matrix: [w, 0, 0, 0] };
  }
  const own = list(state.matrix, 4), angle = (finite(state.direction, 0) * Math.PI) / 180;
  const matrix = (own.length ? own : recurrentMatrix(finite(state.gain, defaults.gain), finite(state.angle, defaults.angle), finite(state.skew, defaults.skew))) as Matrix;
  const vector = list(state.vector, 2), biases = list(state.biases, 2);
  return { net: network(2, vector.length ? vector : [u * Math.cos(angle), u * Math.sin(angle)], [...matrix], biases.length ? biases : [b, b]), matrix };
}

const network = (H: number, weight_ih: number[], weight_hh: number[], bias: number[]): RNNWeights => ({
  input_size: 1, hidden_size: H, weight_ih: Float64Array.from(weight_ih), weight_hh: Float64Array.from(weight_hh),
  bias_ih: Float64Array.from(bias), bias_hh: new Float64Array(H), nonlinearity: "tanh",
});

export function sceneOf(state: State, sequence = sequenceOf(state)): Scene {
  const { values } = sequence, T = values.length, { net, matrix } = networkOf(state), unit = net.hidden_size === 1;
  const step = clamp(Math.round(finite(state.step, 0)), 0, T - 1), inputs = Float64Array.from(values);
  const heard = values.flatMap((v, k) => (v === 0 ? [] : [k])), origin = heard.includes(state.follow) ? state.follow : heard[0] ?? 0;
  const made = echo(net, inputs, T, origin), without = inputs.slice(), weight = net.weight_hh[0], bias = net.bias_ih[0];
  without[origin] = 0;
  const kind = course(made);
  return {
    ...sequence, unit, T, H: net.hidden_size, step, net, matrix, heard, origin, echo: made, course: kind,
    hidden: forwardRNN(net, inputs, T).hidden, without: forwardRNN(net, without, T).hidden, half: halfLife(made),
    regime: unit ? regime(weight, bias) : kind, points: unit ? fixedPoints(weight, bias) : [],
    rho: unit ? Math.abs(weight) : spectralRadius(matrix), sigma: unit ? Math.abs(weight) : singular(matrix).largest,
  };
}

/** Where one regime gives way to another as w goes from low to high with this bias: [from, to, name], in order. */
export function zones(bias: number, low: number, high: number, parts = 200): [number, number, Regime][] {
  const found: [number, number, Regime][] = [];
  for (let k = 0; k <= parts; k++) {
    const w = low + ((high - low) * k) / parts, name = regime(w, bias), last = found[found.length - 1];
    if (last && last[2] === name) last[1] = w; else found.push([w, w, name]);
  }
  return found;
}
