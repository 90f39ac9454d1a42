// What a gradient says of a trained network, and what it does not: lstm_lib/after_training.py in TypeScript, for one pair of sentences.
import shared from "../../../after_training.json";
import { hiddenDifference, keptUnit } from "./difference.ts";
import { largestSingularValue, jacobian, spectralRadius, stateSize } from "./jacobian.ts";
import { isGRUTrace, isLSTMTrace, type LanguageModel, type Trace } from "./language_model.ts";
import { backwardGRU, type GRUWeights } from "./gru.ts";
import { backwardLSTM, type LSTMTrace, type LSTMWeights } from "./lstm.ts";
import { backwardRNN, type RNNTrace, type RNNWeights } from "./rnn.ts";
import { generator } from "./random.ts";

/** Two sentences, equal but for the subject, and the forms that the first one asks for. */
export interface Twins { words: readonly [readonly string[], readonly string[]]; start: number; right: string; wrong: string; secondRight: string; secondWrong: string }

export interface Measures {
  T: number;
  start: number;
  /** Score of the right form minus that of the wrong one, in the first sentence and in the second. */
  margins: [number, number];
  /** How steeply the first margin changes when the state after the main noun is pushed towards the second's: the slope of `pushed` at 0. */
  slope: number;
  /** log10 of ‖dL/dh_t‖ and ‖dL/dc_t‖ (T); null without a cell. */
  hidden: Float64Array;
  cell: Float64Array | null;
  /** The unit that stores the gender, and dc_T[u]/dc_t[u] (T). */
  unit: number | null;
  kept: Float64Array | null;
  /** ‖h_t − h'_t‖ (T). */
  difference: Float64Array;
  traces: [Trace, Trace];
}

const log10 = (value: number) => (value > 0 ? Math.log10(value) : -Infinity);

/** log10 of the norm of every row of an array (T × n). */
function logNorms(values: Float64Array, T: number): Float64Array {
  const n = values.length / T, out = new Float64Array(T);
  for (let t = 0; t < T; t++) {
    let top = 0, sum = 0;
    for (let k = t * n; k < (t + 1) * n; k++) top = Math.max(top, Math.abs(values[k]));
    if (top > 0) for (let k = t * n; k < (t + 1) * n; k++) sum += (values[k] / top) ** 2;
    out[t] = top > 0 ? Math.log10(top) + Math.log10(sum) / 2 : -Infinity;
  }
  return out;
}

/** The row by which the score of `right` minus that of `wrong` answers to h, and its bias. */
function reader(lm: LanguageModel, right: string, wrong: string): { row: Float64Array; bias: number } {
  const H = lm.network.hidden_size, a = lm.vocabulary.indexOf(right), b = lm.vocabulary.indexOf(wrong), row = new Float64Array(H);
  if (a < 0 || b < 0) return { row, bias: 0 };
  for (let u = 0; u < H; u++) row[u] = lm.decoder_weight[a * H + u] - lm.decoder_weight[b * H + u];
  return { row, bias: lm.decoder_bias[a] - lm.decoder_bias[b] };
}

function score({ row, bias }: { row: Float64Array; bias: number }, { T, H, hidden }: Trace): number {
  let sum = bias;
  for (let u = 0, at = (T - 1) * H; u < H; u++) sum += row[u] * hidden[at + u];
  return sum;
}

function backward(trace: Trace, network: LanguageModel["network"], direct: Float64Array): { hidden: Float64Array; cell: Float64Array | null; highway: Float64Array | null } {
  if (isLSTMTrace(trace)) {
    const { hidden, cell, paths } = backwardLSTM(trace, network as LSTMWeights, direct);
    return { hidden, cell, highway: paths.cell.cell };
  }
  if (isGRUTrace(trace)) return { hidden: backwardGRU(trace, network as GRUWeights, direct).hidden, cell: null, highway: null };
  return { hidden: backwardRNN(trace as RNNTrace, network as RNNWeights, direct).hidden, cell: null, highway: null };
}

/** The unit that was found to store the gender when the model was made, if its file says so; else null. */
function genderUnit(lm: LanguageModel): number | null {
  try {
    const found: unknown = Object.values(JSON.parse(lm.metadata["scores"] ?? "{}").gender_unit ?? {})[0], unit = (found as { unit?: unknown } | undefined)?.unit;
    return typeof unit === "number" && unit >= 0 && unit < lm.network.hidden_size ? unit : null;
  } catch { return null; }
}

/** Everything but the Jacobian; `unit` −1 stands for the one that stores the gender, or else keeps the largest difference. */
export function measure(lm: LanguageModel, twins: Twins, unit = -1): Measures {
  const [a, b] = twins.words.map((words) => lm.forward(lm.embed([...words]), words.length)), { T, H } = a, { start } = twins;
  const read = reader(lm, twins.right, twins.wrong), direct = new Float64Array(T * H);
  direct.set(read.row, (T - 1) * H);
  const gradients = backward(a, lm.network, direct), both = isLSTMTrace(a) && isLSTMTrace(b) ? [a, b] as const : null;
  const chosen = both ? (unit < 0 ? genderUnit(lm) ?? keptUnit(both[0], both[1], start) : Math.min(unit, H - 1)) : null;
  let slope = 0;
  for (let k = start * H; k < (start + 1) * H; k++) {
    slope += gradients.hidden[k] * (b.hidden[k] - a.hidden[k]);
    if (both) slope += gradients.highway![k] * (both[1].cell[k] - both[0].cell[k]);
  }
  return {
    T, start, slope, traces: [a, b], margins: [score(read, a), score(reader(lm, twins.secondRight, twins.secondWrong), b)],
    hidden: logNorms(gradients.hidden, T), cell: gradients.cell && logNorms(gradients.cell, T),
    unit: chosen, kept: both && keptOf(both[0], lm.network as LSTMWeights, chosen!), difference: hiddenDifference(a, b),
  };
}

/** dc_T[u]/dc_t[u], total (T). */
function keptOf(trace: LSTMTrace, weights: LSTMWeights, unit: number): Float64Array {
  const { T, H } = trace, d_cell = new Float64Array(T * H);
  d_cell[(T - 1) * H + unit] = 1;
  const { cell } = backwardLSTM(trace, weights, new Float64Array(T * H), d_cell);
  return Float64Array.from({ length: T }, (_, t) => cell[t * H + unit]);
}

/**
 * log10 of ‖ds_T/ds_t‖₂ (T): of the product of the one-step Jacobians, scaled at every step so that nothing over- or underflows.
 * With `only`, at that step alone, which is faster; the others are NaN.
 */
export function stateJacobian(trace: Trace, network: LanguageModel["network"], only: number | null = null): Float64Array {
  const { T } = trace, n = stateSize(trace), out = new Float64Array(T).fill(NaN);
  let product: Float64Array | null = null, next: Float64Array = new Float64Array(n * n), scale = 0;
  out[T - 1] = 0;
  for (let t = T - 1; t > (only ?? 0); t--) {
    const step = jacobian(trace, network, t);
    if (product) { multiplySquare(product, step, next, n); [product, next] = [next, product]; } else product = step;
    let top = 0;
    for (const x of product) top = Math.max(top, Math.abs(x));
    if (!(top > 0)) { out.fill(-Infinity, 0, t); break; }
    for (let k = 0; k < product.length; k++) product[k] /= top;
    scale += Math.log10(top);
    if (only === null || t - 1 === only) out[t - 1] = scale + Math.log10(largestSingularValue(product, n, n));
  }
  return out;
}

/** out = a b, square matrices of size n; four rows of b at once share each pass over a row of out. */
function multiplySquare(a: Float64Array, b: Float64Array, out: Float64Array, n: number): void {
  out.fill(0);
  for (let i = 0; i < n; i++) {
    const row = i * n;
    let k = 0;
    for (; k + 3 < n; k += 4) {
      const p = a[row + k], q = a[row + k + 1], r = a[row + k + 2], s = a[row + k + 3], f = k * n, g = f + n, h = g + n, m = h + n;
      for (let j = 0; j < n; j++) out[row + j] += p * b[f + j] + q * b[g + j] + r * b[h + j] + s * b[m + j];
    }
    for (; k < n; k++) for (let j = 0, p = a[row + k], f = k * n; j < n; j++) out[row + j] += p * b[f + j];
  }
}

/** log10 of the factor per step that theory gives for an RNN: the largest singular value and the spectral radius of its matrix. */
export function theory(lm: LanguageModel): { largest: number; radius: number } | null {
  if (!lm.cell.startsWith("rnn")) return null;
  const { weight_hh, hidden_size: H } = lm.network;
  return { largest: log10(largestSingularValue(weight_hh, H, H)), radius: log10(spectralRadius(weight_hh, H)) };
}

/** A network of the same sizes with fresh weights by the recipe of the book's training; seed null: that of its own recipe. */
export function untrained(lm: LanguageModel, seed: number | null = null): LanguageModel {
  const { network, embedding, decoder_weight, decoder_bias } = lm, H = network.hidden_size, bound = 1 / Math.sqrt(H);
  const draw = generator(seed ?? (Number(lm.metadata["seed"] ?? 0) || 0), shared.stream), uniform = (n: number) => draw.uniforms(-bound, bound, n);
  const words = draw.normals(embedding.length), fresh = { ...network };
  fresh.weight_ih = uniform(network.weight_ih.length);
  fresh.weight_hh = uniform(network.weight_hh.length);
  fresh.bias_ih = uniform(network.bias_ih.length);
  fresh.bias_hh = uniform(network.bias_hh.length);
  if (lm.cell === "lstm") { fresh.bias_ih.fill(shared.forget_bias, H, 2 * H); fresh.bias_hh.fill(0, H, 2 * H); }
  return lm.withWeights({ network: fresh, embedding: words, decoder_weight: uniform(decoder_weight.length), decoder_bias: uniform(decoder_bias.length) });
}

/** Score of the first sentence's right form at the end, for a state after the main noun that is `share` of the way from the first to the second. */
export function pushed(lm: LanguageModel, twins: Twins, { traces: [a, b], start, T }: Measures, share: number): number {
  const { H } = a, read = reader(lm, twins.right, twins.wrong), at = start * H;
  const mix = (x: Float64Array, y: Float64Array) => Float64Array.from({ length: H }, (_, u) => (1 - share) * x[at + u] + share * y[at + u]);
  const h0 = mix(a.hidden, b.hidden), rest = [...twins.words[0].slice(start + 1)];
  if (!rest.length) return h0.reduce((sum, h, u) => sum + read.row[u] * h, read.bias);
  const c0 = isLSTMTrace(a) && isLSTMTrace(b) ? mix(a.cell, b.cell) : null;
  return score(read, lm.forward(lm.embed(rest), T - start - 1, c0 ? { h0, c0 } : { h0 }));
}
