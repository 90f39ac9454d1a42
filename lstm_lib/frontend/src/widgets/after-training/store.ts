// One measurement behind everything: networks, sentences and training go in; every mark reads what comes out.
import { computed, effect, signal, type ReadonlySignal } from "@preact/signals";
import { measure, pushed, stateJacobian, theory, untrained, type Twins } from "../../core/after_training.ts";
import type { LanguageModel } from "../../core/language_model.ts";
import type { Signals } from "../../host/bind.ts";
import { cutWords } from "../../sentences/cut.ts";
import { tidyNames, watchNetworks, type Loaded } from "../../sentences/networks.ts";
import { FORMS, counterparts, type Pair } from "../../sentences/pair.ts";
import { clamp } from "../../ui/scale.ts";
import { goesBack, linesOf, type Line, type Measured } from "./lines.ts";
import { LONGEST, PUSHES, PUSH_STEP, type AfterTrainingState } from "./state.ts";

/** So many milliseconds after the last change of the sentence, what takes longer is worked out. */
const REST = 90;

export interface Store {
  state: Signals<AfterTrainingState>;
  /** Names that are still on their way, and those that could not be loaded. */
  loading: ReadonlySignal<string[]>;
  failed: ReadonlySignal<string[]>;
  pair: ReadonlySignal<Pair | null>;
  cut: ReadonlySignal<boolean>;
  unknown: ReadonlySignal<string[]>;
  measured: ReadonlySignal<Measured[]>;
  lines: ReadonlySignal<Line[]>;
  /** The pair and its networks once the reader rests: what takes longer than a frame waits for that. */
  rested: ReadonlySignal<{ pair: Pair; measured: Measured[] } | null>;
  resting: ReadonlySignal<boolean>;
  /** Where the way of the present quantity ends. */
  end: ReadonlySignal<number>;
  step: ReadonlySignal<number>;
  setStep: (step: number) => void;
  /** The push in per cent, on the slider's grid. */
  push: ReadonlySignal<number>;
  dispose: () => void;
}

/** The pair as the measurement takes it. */
export function twinsOf({ feminine, masculine, start, expected }: Pair): Twins {
  const [a, b] = expected ?? (["f", "m"] as const), other = (gender: "f" | "m") => FORMS[gender === "f" ? "m" : "f"];
  return { words: [feminine, masculine], start, right: FORMS[a], wrong: other(a), secondRight: FORMS[b], secondWrong: other(b) };
}

const once = <T>(make: () => T): (() => T) => { let found: { value: T } | null = null; return () => (found ??= { value: make() }).value; };

export function measureAll(name: string, lm: LanguageModel, twins: Twins, unit: number): Measured {
  const measures = measure(lm, twins, unit), [trace] = measures.traces, jacobian = once(() => stateJacobian(trace, lm.network));
  let whole = false;
  return {
    name, lm, measures, right: Math.min(...measures.margins) > 0, theory: once(() => theory(lm)),
    jacobian: () => { whole = true; return jacobian(); },
    jacobianThere: once(() => (whole ? jacobian() : stateJacobian(trace, lm.network, twins.start))[twins.start]),
    pushes: once(() => Float64Array.from({ length: PUSHES }, (_, k) => pushed(lm, twins, measures, k / (PUSHES - 1)))),
  };
}

export function createStore(state: Signals<AfterTrainingState>): Store {
  const names = computed(() => tidyNames(state.models.value)), { networks, dispose } = watchNetworks(names, state.weights);
  const of = (status: Loaded["status"]) => computed(() => networks.value.filter((network) => network.status === status).map(({ name }) => name));
  const text = computed(() => cutWords(String(state.sentence.value ?? "")));
  const distance = computed(() => clamp(Math.round(state.distance.value) || 0, 0, LONGEST));
  const pair = computed<Pair | null>(() => (text.value.words.length ? counterparts(text.value.words, distance.value) : null));

  // A network that is fresh, or measured, once is not made again while the pair stays: choosing another one costs that one only.
  const fresh = new WeakMap<LanguageModel, LanguageModel>();
  const freshOf = (lm: LanguageModel): LanguageModel => { let found = fresh.get(lm); if (!found) fresh.set(lm, found = untrained(lm)); return found; };
  let kept: { pair: Pair | null; unit: number; found: Map<LanguageModel, Measured> } = { pair: null, unit: -1, found: new Map() };
  const measured = computed<Measured[]>(() => {
    const both = pair.value, wanted = Math.round(state.unit.value), unit = Number.isFinite(wanted) ? wanted : -1, trained = state.trained.value;
    if (!both) return [];
    if (kept.pair !== both || kept.unit !== unit) kept = { pair: both, unit, found: new Map() };
    return networks.value.flatMap(({ name, lm }) => {
      if (!lm) return [];
      const used = trained ? lm : freshOf(lm);
      let one = kept.found.get(used);
      if (!one) kept.found.set(used, one = measureAll(name, used, twinsOf(both), unit));
      return [one];
    });
  });
  const restingPair = signal<Pair | null>(null);
  let timer = 0;
  const stop = effect(() => {
    const both = pair.value;
    clearTimeout(timer);
    if (restingPair.peek() === null || both === null || !measured.peek().length) restingPair.value = both;
    else timer = setTimeout(() => { restingPair.value = both; }, REST) as unknown as number;
  });
  const resting = computed(() => restingPair.value === pair.value);
  let last: { pair: Pair; measured: Measured[] } | null = null;
  const rested = computed(() => {
    if (resting.value) last = pair.value ? { pair: pair.value, measured: measured.value } : null;
    return last;
  });
  const count = computed(() => pair.value?.feminine.length ?? 0);
  const end = computed(() => (goesBack(state.quantity.value) ? pair.value?.start ?? 0 : Math.max(0, count.value - 1)));
  return {
    state, pair, measured, end, rested, resting, loading: of("loading"), failed: of("error"),
    cut: computed(() => text.value.cut),
    unknown: computed(() => {
      const both = pair.value, lm = measured.value[0]?.lm;
      return both && lm ? lm.unknown([...both.feminine, ...both.masculine]) : [];
    }),
    lines: computed(() => linesOf(measured.value, state.quantity.value)),
    step: computed(() => { const at = Math.round(state.step.value); return at >= 0 ? clamp(at, 0, Math.max(0, count.value - 1)) : end.value; }),
    setStep: (step) => { state.step.value = step === end.peek() ? -1 : Math.max(0, step); },
    push: computed(() => clamp(PUSH_STEP * Math.round((Number(state.push.value) || 0) / PUSH_STEP), 0, 100)),
    dispose: () => { clearTimeout(timer); stop(); dispose(); },
  };
}
