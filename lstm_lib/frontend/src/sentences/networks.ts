// Several language models side by side: fetched by name, or from the bytes that Python sends, in the order asked for.
import { computed, effect, signal, type ReadonlySignal } from "@preact/signals";
import { LanguageModel } from "../core/language_model.ts";
import { hasKey, type Params } from "../host/locale.ts";
import { loadModel } from "../host/models.ts";

export type Weights = Record<string, unknown>;
export interface Loaded { name: string; status: "loading" | "error" | "ready"; lm: LanguageModel | null }

/** The shipped networks that a reader can choose from. */
export const SHIPPED = ["agreement/lstm", "agreement/gru", "agreement/rnn", "agreement/lstm-long", "agreement/rnn-long"] as const;
export const MOST_NETWORKS = 4;

/** The names that count: known to be texts, each once, not too many. */
export const tidyNames = (names: unknown): string[] =>
  Array.isArray(names) ? [...new Set(names.filter((name): name is string => typeof name === "string" && name !== ""))].slice(0, MOST_NETWORKS) : [];

function bytesOf(value: unknown): DataView | null {
  if (value instanceof ArrayBuffer) return value.byteLength ? new DataView(value) : null;
  return ArrayBuffer.isView(value) && value.byteLength ? new DataView(value.buffer, value.byteOffset, value.byteLength) : null;
}

/** Follow the names (and the bytes that some of them have); each network is read once and kept. */
export function watchNetworks(names: ReadonlySignal<string[]>, weights: ReadonlySignal<Weights>): { networks: ReadonlySignal<Loaded[]>; dispose: () => void } {
  const shelf = new Map<string, { bytes: DataView | null; entry: Loaded }>(), turn = signal(0);
  let over = false;
  const parse = (name: string, view: DataView): Loaded => {
    try { return { name, status: "ready", lm: LanguageModel.fromSafetensors(view) }; } catch (error) { console.warn("lstm-widget:", error); return { name, status: "error", lm: null }; }
  };
  const stop = effect(() => {
    for (const name of tidyNames(names.value)) {
      const given = weights.value?.[name], bytes = bytesOf(given), kept = shelf.get(name);
      if (kept && (bytes === null ? kept.bytes === null : kept.bytes?.buffer === bytes.buffer && kept.bytes.byteOffset === bytes.byteOffset)) continue;
      if (bytes) { shelf.set(name, { bytes, entry: parse(name, bytes) }); turn.value = turn.peek() + 1; continue; }
      const place = { bytes: null, entry: { name, status: "loading", lm: null } as Loaded };
      shelf.set(name, place);
      const settle = (entry: Loaded) => { if (!over && shelf.get(name) === place) { place.entry = entry; turn.value = turn.peek() + 1; } };
      loadModel(name).then((view) => settle(parse(name, view)), () => settle({ name, status: "error", lm: null }));
    }
  });
  const networks = computed(() => {
    turn.value; weights.value; // what has arrived since
    return tidyNames(names.value).map((name) => shelf.get(name)?.entry ?? { name, status: "loading" as const, lm: null });
  });
  return { networks, dispose: () => { over = true; stop(); } };
}

/** What a network is called on the page: "LSTM", "RNN, only long sentences", or the name that Python gave it. */
export function networkName(name: string, language: "pt" | "en", t: (key: string, params?: Params) => string, short = false): string {
  const key = `sentences.network.${name.replace(/^agreement\//, "")}${short ? ".short" : ""}`;
  return hasKey(language, key) ? t(key) : name;
}
