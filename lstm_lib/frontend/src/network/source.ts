// The LSTM that an explorable looks into: a shipped one by name, or the bytes of a file; and what it reads.
import { computed, effect, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import { FORMAT, LanguageModel } from "../core/language_model.ts";
import type { LSTMWeights } from "../core/lstm.ts";
import { FileProblem, readWeights } from "../core/own_weights.ts";
import { parseSafetensors } from "../core/safetensors.ts";
import { loadModel } from "../host/models.ts";
import { MOST_WORDS, cutWords } from "../sentences/cut.ts";

/** A network, with its words if it is a language model. */
export interface Source { network: LSTMWeights; lm: LanguageModel | null; name: string }
export interface Problem { key: string; params: Record<string, string | number> }
export type Status = { kind: "loading" } | { kind: "none" } | { kind: "error"; problem: Problem } | { kind: "ready"; source: Source };
export interface Sequence { words: string[]; inputs: Float64Array; T: number; unknown: string[]; cut: boolean; uneven: number | null }

/** The part of an explorable's state that names a network and what it reads. */
export interface Given {
  model: Signal<string>;
  weights: Signal<DataView | null>;
  sentence: Signal<string>;
  inputs: Signal<number[][]>;
}

/** The reader's own network is in the state like any other; here is what it took the place of. */
export interface Own { name: string; random: boolean; previous: { weights: DataView | null; inputs: number[][]; step: number; unit: number } }

/** Bytes of a trait, whatever the host hands over; null if there are none. */
export function bytesOf(value: unknown): DataView | null {
  if (value instanceof DataView) return value.byteLength ? value : null;
  if (value instanceof ArrayBuffer) return value.byteLength ? new DataView(value) : null;
  if (ArrayBuffer.isView(value)) return value.byteLength ? new DataView(value.buffer, value.byteOffset, value.byteLength) : null;
  return null;
}

/** A language model of the book's if the file holds one, else the one-layer nn.LSTM in it (safetensors or JSON), which may
 * be a part of the reader's own model. */
export function sourceOf(view: DataView): Source {
  const safetensors = view.byteLength > 9 && view.getUint8(8) === 0x7b;
  if (safetensors && parseSafetensors(view).metadata["format"] === FORMAT) {
    const lm = LanguageModel.fromSafetensors(view);
    return { network: lm.lstm, lm, name: lm.name };
  }
  return { network: readWeights(view), lm: null, name: "" };
}

export function problemOf(error: unknown): Problem {
  if (error instanceof FileProblem) return { key: error.key, params: error.params };
  return { key: "network.error.failed", params: { reason: error instanceof Error ? error.message : String(error) } };
}

/** Rows of numbers as one flat matrix, or the first row whose length is not `size`. */
export function flatten(rows: readonly (readonly number[])[], size: number): { inputs: Float64Array; uneven: number | null } {
  const inputs = new Float64Array(rows.length * size);
  for (let t = 0; t < rows.length; t++) {
    if (!Array.isArray(rows[t]) || rows[t].length !== size || !rows[t].every(Number.isFinite)) return { inputs, uneven: t };
    inputs.set(rows[t], t * size);
  }
  return { inputs, uneven: null };
}

/** Follow `weights` (first) and `model`: what was asked for last is what arrives. */
export function watchSource(state: Given): { status: ReadonlySignal<Status>; source: ReadonlySignal<Source | null>; dispose: () => void } {
  const status = signal<Status>({ kind: "loading" });
  let ticket = 0;
  const stop = effect(() => {
    const bytes = bytesOf(state.weights.value), name = state.model.value, mine = ++ticket;
    const settle = (next: Status) => { if (mine === ticket) status.value = next; };
    const parse = (view: DataView) => {
      try { settle({ kind: "ready", source: sourceOf(view) }); } catch (error) { settle({ kind: "error", problem: problemOf(error) }); }
    };
    if (bytes) { parse(bytes); return; }
    if (!name) { settle({ kind: "none" }); return; }
    settle({ kind: "loading" });
    loadModel(name).then(parse, () => settle({ kind: "error", problem: { key: "network.error.not_loaded", params: { name } } }));
  });
  const source = computed(() => (status.value.kind === "ready" ? status.value.source : null));
  return { status, source, dispose: () => { ticket++; stop(); } };
}

/** What the network reads: the words of the sentence, or the rows of numbers. */
export function sequenceOf(from: Source, state: Given): Sequence {
  const { network, lm } = from;
  if (!lm) {
    const rows = state.inputs.value, cut = rows.length > MOST_WORDS, kept = cut ? rows.slice(0, MOST_WORDS) : rows;
    const { inputs, uneven } = flatten(kept, network.input_size);
    return { words: [], inputs, T: uneven === null ? kept.length : 0, unknown: [], cut, uneven };
  }
  const { words, cut } = cutWords(state.sentence.value);
  return { words, inputs: lm.embed(words), T: words.length, unknown: lm.unknown(words), cut, uneven: null };
}
