// One comparison behind everything: networks, pair of sentences and chosen word go in; every mark reads what comes out.
import { computed, effect, signal, type ReadonlySignal } from "@preact/signals";
import { LanguageModel } from "../../core/language_model.ts";
import { tokenize } from "../../core/tokenize.ts";
import type { Signals } from "../../host/bind.ts";
import { loadModel } from "../../host/models.ts";
import { clamp } from "../../ui/scale.ts";
import { counterparts, type Pair } from "./pair.ts";
import { LONGEST, type DifferenceState } from "./state.ts";
import { compare, type Compared, type Line } from "./trace.ts";

/** Longer texts are read up to here; the page says so. */
export const MOST_STEPS = 1000;

export interface Store {
  state: Signals<DifferenceState>;
  /** Names that are still on their way, and those that could not be loaded. */
  loading: ReadonlySignal<string[]>;
  failed: ReadonlySignal<string[]>;
  pair: ReadonlySignal<Pair | null>;
  cut: ReadonlySignal<boolean>;
  unknown: ReadonlySignal<string[]>;
  compared: ReadonlySignal<Compared[]>;
  /** Every line of the chart: hidden states in the order of the networks, then cells. */
  lines: ReadonlySignal<Line[]>;
  step: ReadonlySignal<number>;
  setStep: (step: number) => void;
  dispose: () => void;
}

type Slot = { kind: "loading" } | { kind: "failed" } | { kind: "ready"; lm: LanguageModel };

export function createStore(state: Signals<DifferenceState>): Store {
  const slots = signal<ReadonlyMap<string, Slot>>(new Map());
  const names = computed(() => [...new Set(state.models.value.filter((name) => typeof name === "string" && name))]);
  let alive = true;
  const stopLoading = effect(() => {
    for (const name of names.value) {
      if (slots.peek().has(name)) continue;
      const settle = (slot: Slot) => { if (alive) slots.value = new Map(slots.peek()).set(name, slot); };
      settle({ kind: "loading" });
      loadModel(name).then((view) => settle({ kind: "ready", lm: LanguageModel.fromSafetensors(view) })).catch(() => settle({ kind: "failed" }));
    }
  });
  const of = (kind: Slot["kind"]) => computed(() => names.value.filter((name) => slots.value.get(name)?.kind === kind));

  const words = computed(() => tokenize(String(state.sentence.value)));
  const distance = computed(() => clamp(Math.round(state.distance.value) || 0, 0, LONGEST));
  const pair = computed<Pair | null>(() => (words.value.length ? counterparts(words.value.slice(0, MOST_STEPS), distance.value) : null));
  const compared = computed<Compared[]>(() => {
    const both = pair.value, unit = Math.round(state.unit.value);
    if (!both) return [];
    return names.value.flatMap((name) => {
      const slot = slots.value.get(name);
      return slot?.kind === "ready" ? [compare(name, slot.lm, both, state.of.value, Number.isFinite(unit) ? unit : -1)] : [];
    });
  });
  const last = computed(() => Math.max(0, (pair.value?.feminine.length ?? 1) - 1));
  const step = computed(() => {
    const wanted = Math.round(state.step.value);
    return wanted >= 0 && wanted <= last.value ? wanted : last.value;
  });
  return {
    state, pair, compared, step, loading: of("loading"), failed: of("failed"),
    cut: computed(() => words.value.length > MOST_STEPS),
    unknown: computed(() => {
      const both = pair.value, lm = compared.value[0]?.lm;
      return both && lm ? lm.unknown([...both.feminine, ...both.masculine]) : [];
    }),
    lines: computed(() => [...compared.value.map((c) => c.hidden), ...compared.value.flatMap((c) => (c.cell ? [c.cell] : []))]),
    // The last word is written as −1, so that the reader stays at the end when the sentence grows.
    setStep: (value) => { state.step.value = value >= last.peek() ? -1 : Math.max(0, value); },
    dispose: () => { alive = false; stopLoading(); },
  };
}
