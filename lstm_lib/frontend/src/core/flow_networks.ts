// The networks of gradient flow and what they read: lstm_lib/gradient_flow.py, where the settings are explained. The same
// numbers from the same seed.
import shared from "../../../gradient_flow.json";
import type { GRUWeights } from "./gru.ts";
import type { LSTMWeights } from "./lstm.ts";
import { BLOCKS, KINDS, equalSize, parameterCount, type Kind } from "./parameters.ts";
import { generator, type Generator } from "./random.ts";
import type { RNNWeights } from "./rnn.ts";

export { BLOCKS, KINDS, type Kind };
export type Scheme = "torch" | "orthogonal" | "identity" | "chrono";

export interface Settings {
  steps: number;
  gain: number;
  activation: "tanh" | "relu";
  forget_bias: number;
  scheme: Scheme;
  seed: number;
  hidden_size: number;
  /** How many steps back the error goes at most; 0 is all the way. */
  window: number;
}
export type Verdict = "explodes" | "arrives" | "fades" | "vanishes";
export interface Weights { rnn: RNNWeights; gru: GRUWeights; lstm: LSTMWeights }

export const INPUTS = shared.inputs, LIMITS = shared.limits as Record<"steps" | "gain" | "forget_bias" | "hidden_size", [number, number]>;
const VERDICTS = shared.verdicts as [Verdict, number][];

/** The defaults with some changed. */
export const settings = (changes: Partial<Settings> = {}): Settings => ({ ...(shared.defaults as Settings), ...changes });

/** The word for a gradient of which 10^log is left; an exact zero, −Infinity, vanishes. */
export const verdictOf = (log: number): Verdict => VERDICTS.find(([, bound]) => !bound || log >= Math.log10(bound))![0];

/** x (T × 16, row-major); a shorter T is the beginning of a longer one. */
export const inputs = ({ seed, steps }: Pick<Settings, "seed" | "steps">): Float64Array =>
  generator(seed, shared.streams.inputs).uniforms(-Math.sqrt(3), Math.sqrt(3), steps * INPUTS);

/** H of each network: that whose parameter count is nearest to an LSTM's with this hidden size. */
export const hiddenSize = (kind: Kind, hidden_size: number): number => equalSize(kind, INPUTS, parameterCount("lstm", INPUTS, hidden_size));

/** How a network of this kind begins: schemes that are not for it become torch's, and only chrono asks for the steps. */
export function beginning(kind: Kind, s: Settings): { scheme: Scheme; max_lag: number } {
  const scheme = (s.scheme === "identity" && kind !== "rnn") || (s.scheme === "chrono" && kind === "rnn") ? "torch" : s.scheme;
  return { scheme, max_lag: scheme === "chrono" ? Math.max(3, s.steps) : 0 };
}

/** The first weights, before gain; the LSTM's forget bias as in `s`. The order of the draws is that of lstm_lib/initialise.py. */
export function firstWeights(kind: Kind, s: Settings): Weights[Kind] {
  const H = hiddenSize(kind, s.hidden_size), blocks = BLOCKS[kind], rows = blocks * H, { scheme, max_lag } = beginning(kind, s);
  const rng = generator(s.seed, shared.streams[kind]), bound = 1 / Math.sqrt(H);
  const w: Weights["lstm"] = scheme === "orthogonal" ? {
    input_size: INPUTS, hidden_size: H, weight_ih: rng.uniforms(-Math.sqrt(6 / (INPUTS + H)), Math.sqrt(6 / (INPUTS + H)), rows * INPUTS),
    weight_hh: new Float64Array(rows * H), bias_ih: new Float64Array(rows), bias_hh: new Float64Array(rows),
  } : {
    input_size: INPUTS, hidden_size: H, weight_ih: rng.uniforms(-bound, bound, rows * INPUTS),
    weight_hh: rng.uniforms(-bound, bound, rows * H), bias_ih: rng.uniforms(-bound, bound, rows), bias_hh: rng.uniforms(-bound, bound, rows),
  };
  if (scheme === "orthogonal") for (let block = 0; block < blocks; block++) w.weight_hh.set(rotation(rng, H), block * H * H);
  if (scheme === "identity") {
    for (let r = 0; r < H; r++) for (let c = 0; c < H; c++) w.weight_hh[r * H + c] = r === c ? 1 : 0;
    w.bias_ih.fill(0);
    w.bias_hh.fill(0);
  }
  const open = (block: number, value: (u: number) => number) => {
    for (let u = 0; u < H; u++) { w.bias_ih[block * H + u] = value(u); w.bias_hh[block * H + u] = 0; }
  };
  if (scheme === "chrono") {
    const bias = rng.uniforms(1, max_lag - 1, H).map(Math.log);
    open(1, (u) => bias[u]); // f in the LSTM, z in the GRU: what is kept
    if (kind === "lstm") open(0, (u) => -bias[u]);
  } else if (kind === "lstm") open(1, () => s.forget_bias);
  return kind === "rnn" ? { ...w, nonlinearity: s.activation } : w;
}

/** The recurrent matrix times `gain`. */
export const gained = <W extends Weights[Kind]>(w: W, gain: number): W => ({ ...w, weight_hh: w.weight_hh.map((x) => gain * x) });

export function networks(s: Settings): Weights {
  const made = (kind: Kind) => gained(firstWeights(kind, s), s.gain);
  return { rnn: made("rnn") as RNNWeights, gru: made("gru"), lstm: made("lstm") };
}

/** A random orthogonal matrix: the columns of a Gaussian one made orthogonal, each against those before it, twice for rounding. */
function rotation(rng: Generator, n: number): Float64Array {
  const drawn = rng.normals(n * n), columns: Float64Array[] = [], out = new Float64Array(n * n);
  for (let c = 0; c < n; c++) {
    const v = Float64Array.from({ length: n }, (_, r) => drawn[r * n + c]);
    for (let twice = 0; twice < 2; twice++) {
      for (const q of columns) {
        let along = 0;
        for (let r = 0; r < n; r++) along += q[r] * v[r];
        for (let r = 0; r < n; r++) v[r] -= along * q[r];
      }
    }
    let norm = 0;
    for (let r = 0; r < n; r++) norm += v[r] * v[r];
    norm = Math.sqrt(norm);
    for (let r = 0; r < n; r++) out[r * n + c] = v[r] /= norm;
    columns.push(v);
  }
  return out;
}
