// What all marks read: the run in the state as it is now. Only the logarithms are kept, so that nothing over- or underflows.
import { INPUTS, settings as completed, verdictOf, type Flow, type Settings } from "../../core/gradient_flow.ts";
import { parameterCount } from "../../core/parameters.ts";
import { clamp } from "../../ui/scale.ts";
import { ACTIVATIONS, MOST_BIAS, MOST_GAIN, MOST_STEPS, NETWORKS, SCHEMES, type FlowState, type NetworkName } from "./state.ts";

export interface TheoryLine { key: string; logs: Float64Array }

export interface Line {
  name: NetworkName;
  of: "hidden" | "cell";
  relu: boolean;
  /** log10 of the norm at every step, clipping included; step 1 first. */
  logs: Float64Array;
  /** The same before clipping, and by how much clipping moved it: 0 or less. */
  raw: Float64Array;
  shift: number;
  theory: TheoryLine[];
}

export interface Scene {
  settings: Settings;
  T: number;
  window: number;
  clip: number;
  /** Lines that are drawn, and the one of the unrolled network. */
  lines: Line[];
  line: Line;
  flow: Flow;
  /** How many parameters the unrolled network has. */
  parameters: number;
  /** By what the step back to t = k + 1 multiplied the norm of the unrolled network; NaN where there is nothing left. */
  factors: Float64Array;
  /** What theory says that each factor is, where it says the same of all. */
  predicted: number | null;
  /** LSTM: what the forget gates let through at each step back, on the whole. */
  gate: Float64Array | null;
  verdictAt: (line: Line, t: number) => string;
}

const whole = (value: unknown, low: number, high: number, fallback: number): number => (typeof value === "number" && Number.isFinite(value) ? clamp(Math.round(value), low, high) : fallback);
const real = (value: unknown, low: number, high: number, fallback: number): number => (typeof value === "number" && Number.isFinite(value) ? clamp(value, low, high) : fallback);
const one = <T>(value: T, values: readonly T[]): T => (values.includes(value) ? value : values[0]);

/** The settings of a state, held to what can be. */
export function settingsOf(state: Pick<FlowState, "steps" | "gain" | "activation" | "forget_bias" | "scheme" | "seed" | "window">): Settings {
  return completed({
    steps: whole(state.steps, 2, MOST_STEPS, 40), gain: real(state.gain, 0, MOST_GAIN, 1), activation: one(state.activation, ACTIVATIONS), forget_bias: real(state.forget_bias, 0, MOST_BIAS, 1),
    scheme: one(state.scheme, SCHEMES), seed: whole(state.seed, 0, 2 ** 31 - 1, 0), window: whole(state.window, 0, MOST_STEPS, 0),
  });
}

/** The networks whose lines are drawn, the unrolled one always among them. */
export function shown(networks: readonly string[], network: NetworkName): NetworkName[] {
  const known = NETWORKS.filter((name) => networks.includes(name));
  return known.length ? NETWORKS.filter((name) => known.includes(name) || name === network) : [...NETWORKS];
}

export const positionOf = (step: number, T: number): number => (Number.isFinite(step) && step > 0 ? Math.min(Math.round(step), T) : 1);

export function sceneOf(settings: Settings, flowOf: (name: NetworkName) => Flow, view: Pick<FlowState, "networks" | "network" | "of" | "clip">): Scene {
  const { steps: T, window } = settings, network = one(view.network, NETWORKS), clip = real(view.clip, 0, Infinity, 0);
  const lines = shown(Array.isArray(view.networks) ? view.networks : [], network).map((name): Line => {
    const flow = flowOf(name), of = view.of === "cell" && flow.cell ? "cell" : "hidden", raw = of === "cell" ? flow.cell! : flow.hidden;
    const shift = clip > 0 ? Math.min(0, Math.log10(clip) - flow.weightNorm()) : 0, logs = shift < 0 ? raw.map((log) => log + shift) : raw, start = logs[T - 1];
    const keys = Object.keys(flow.theory).filter((key) => key !== "radius_bare" && (key !== "gates" || of === "cell"));
    return { name, of, relu: name === "rnn" && settings.activation === "relu", raw, logs, shift, theory: keys.map((key) => ({ key, logs: flow.theory[key].map((log) => start + log) })) };
  });
  const line = lines.find(({ name }) => name === network)!, flow = flowOf(network), factors = new Float64Array(T - 1);
  for (let k = 0; k < T - 1; k++) factors[k] = line.logs[k + 1] === -Infinity ? NaN : 10 ** (line.logs[k] - line.logs[k + 1]);
  const gates = line.of === "cell" ? flow.theory["gates"] : undefined, typical = flow.theory["radius"];
  return {
    settings, T, window, clip, lines, line, flow, factors, parameters: parameterCount(network, INPUTS, flow.H), predicted: typical ? 10 ** (typical[0] / (T - 1)) : null,
    gate: gates ? Float64Array.from({ length: T - 1 }, (_, k) => 10 ** (gates[k] - gates[k + 1])) : null,
    verdictAt: (of, t) => (window > 0 && T - t > window ? "cut" : verdictOf(of.logs[t - 1] - of.logs[T - 1])),
  };
}
