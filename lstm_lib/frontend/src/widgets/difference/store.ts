// One comparison behind everything: networks, pair of sentences and chosen word go in; every mark reads what comes out.
import { computed, type ReadonlySignal } from "@preact/signals";
import type { Signals } from "../../host/bind.ts";
import { cutWords } from "../../sentences/cut.ts";
import { tidyNames, watchNetworks, type Loaded } from "../../sentences/networks.ts";
import { counterparts, type Pair } from "../../sentences/pair.ts";
import { stepOf } from "../../sentences/step.ts";
import { clamp } from "../../ui/scale.ts";
import { LONGEST, type DifferenceState } from "./state.ts";
import { compare, type Compared, type Line } from "./trace.ts";

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

export function createStore(state: Signals<DifferenceState>): Store {
  const names = computed(() => tidyNames(state.models.value)), { networks, dispose } = watchNetworks(names, state.weights);
  const of = (status: Loaded["status"]) => computed(() => networks.value.filter((network) => network.status === status).map(({ name }) => name));

  const text = computed(() => cutWords(String(state.sentence.value ?? "")));
  const distance = computed(() => clamp(Math.round(state.distance.value) || 0, 0, LONGEST));
  const pair = computed<Pair | null>(() => (text.value.words.length ? counterparts(text.value.words, distance.value) : null));
  const compared = computed<Compared[]>(() => {
    const both = pair.value, unit = Math.round(state.unit.value);
    if (!both) return [];
    return networks.value.flatMap(({ name, lm }) => (lm ? [compare(name, lm, both, state.of.value, Number.isFinite(unit) ? unit : -1)] : []));
  });
  const { step, setStep } = stepOf(state.step, computed(() => pair.value?.feminine.length ?? 0));
  return {
    state, pair, compared, step, loading: of("loading"), failed: of("error"),
    cut: computed(() => text.value.cut),
    unknown: computed(() => {
      const both = pair.value, lm = compared.value[0]?.lm;
      return both && lm ? lm.unknown([...both.feminine, ...both.masculine]) : [];
    }),
    lines: computed(() => [...compared.value.map((c) => c.hidden), ...compared.value.flatMap((c) => (c.cell ? [c.cell] : []))]),
    setStep, dispose,
  };
}
