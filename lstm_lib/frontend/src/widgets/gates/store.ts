// One trace behind everything. Weights, sentence, intervention and shift go in; every mark of the explorable reads
// what is computed here, so no two of them can disagree.
import { batch, computed, effect, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import { cellFactor, forwardLSTM, horizon, type ForwardOptions, type LSTMTrace, type Quantity } from "../../core/lstm.ts";
import type { Signals } from "../../host/bind.ts";
import { cutWords } from "../../sentences/cut.ts";
import { sequenceOf, watchSource, type Own, type Sequence, type Source, type Status } from "../../network/source.ts";
import { THRESHOLDS as FORMS, formsMass } from "../../sentences/forms.ts";
import { clamp } from "../../ui/scale.ts";
import { QUANTITIES, defaults, type Action, type GatesState } from "./state.ts";
import { THRESHOLDS } from "../../network/verdicts.ts";
import { cellLimit, rank, type Ranking } from "./units.ts";

/** A softmax over all words at every step: worth a millisecond, not more. */
const MOST_MASSES = 100;

export interface Run { trace: LSTMTrace; share: Float64Array | null }
export interface Store {
  state: Signals<GatesState>;
  status: ReadonlySignal<Status>;
  own: Signal<Own | null>;
  source: ReadonlySignal<Source | null>;
  sequence: ReadonlySignal<Sequence | null>;
  /** The run on the page: with the reader's intervention. */
  run: ReadonlySignal<Run | null>;
  /** The same without the intervention; the same object when there is none. */
  plain: ReadonlySignal<Run | null>;
  /** The other sentence, without intervention. */
  other: ReadonlySignal<Run | null>;
  otherWords: ReadonlySignal<string[]>;
  step: ReadonlySignal<number>;
  unit: ReadonlySignal<number>;
  /** The intervention if it is one on this network and sequence. */
  acting: ReadonlySignal<{ action: Exclude<Action, "none">; unit: number; step: number } | null>;
  /** Where the network expects an adjective at all, per step; null without words, and beyond `MOST_MASSES` steps. */
  likely: ReadonlySignal<boolean[] | null>;
  limit: ReadonlySignal<number>;
  ranking: ReadonlySignal<Ranking | null>;
  horizon: ReadonlySignal<number>;
  /** Rows of the maps from the top. */
  order: ReadonlySignal<number[]>;
  sorted: Signal<boolean>;
  setStep: (step: number) => void;
  setUnit: (unit: number) => void;
  pick: (quantity: Quantity, step?: number, unit?: number) => void;
  act: (action: Action) => void;
  /** Before another network: an intervention was one on the network before. */
  leave: () => void;
  dispose: () => void;
}

export function createStore(state: Signals<GatesState>): Store {
  const own = signal<Own | null>(null), sorted = signal(false), { status, source, dispose } = watchSource(state);

  // A link may name a quantity that there is not: then none was named.
  const stopTidying = effect(() => {
    if (!QUANTITIES.includes(state.quantity.value)) state.quantity.value = defaults.quantity;
  });

  const sequence = computed(() => (source.value ? sequenceOf(source.value, state) : null));

  const step = computed(() => clamp(Math.round(state.step.value) || 0, 0, Math.max(0, (sequence.value?.T ?? 1) - 1)));
  const unit = computed(() => clamp(Math.round(state.unit.value) || 0, 0, Math.max(0, (source.value?.network.hidden_size ?? 1) - 1)));

  // A link may name a unit or a step that this network or sentence does not have: the last one is meant (as in Python).
  const acting = computed(() => {
    const action = state.action.value, T = sequence.value?.T ?? 0, H = source.value?.network.hidden_size ?? 0;
    if ((action !== "off" && action !== "flip") || !T || !H) return null;
    const within = (value: number, count: number) => clamp(Math.round(value) || 0, 0, count - 1);
    return { action, unit: within(state.action_unit.value, H), step: within(state.action_step.value, T) };
  });

  const go = (from: Source, inputs: Float64Array, T: number, options: ForwardOptions): Run => {
    const trace = forwardLSTM(from.network, inputs, T, options);
    return { trace, share: from.lm ? from.lm.shareFeminine(trace) : null };
  };
  const shift = computed(() => (Number.isFinite(state.forget_bias_shift.value) ? state.forget_bias_shift.value : 0));
  const plain = computed<Run | null>(() => {
    const from = source.value, given = sequence.value;
    return from && given?.T ? go(from, given.inputs, given.T, { forget_bias_shift: shift.value }) : null;
  });
  const run = computed<Run | null>(() => {
    const from = source.value, given = sequence.value, act = acting.value;
    if (!from || !given?.T || !act) return plain.value;
    const factor = cellFactor(given.T, from.network.hidden_size, act.unit, act.action, act.step);
    return go(from, given.inputs, given.T, { forget_bias_shift: shift.value, cell_factor: factor });
  });
  const likely = computed(() => {
    const lm = source.value?.lm, trace = run.value?.trace;
    if (!lm || !trace || trace.T > MOST_MASSES) return null;
    return Array.from({ length: trace.T }, (_, t) => formsMass(lm, trace, t) >= FORMS.likely);
  });
  const otherWords = computed(() => (source.value?.lm ? cutWords(state.compare.value).words : []));
  const other = computed<Run | null>(() => {
    const from = source.value, words = otherWords.value;
    return from?.lm && words.length ? go(from, from.lm.embed(words), words.length, { forget_bias_shift: shift.value }) : null;
  });

  const ranking = computed(() => (plain.value && other.value ? rank(plain.value.trace, other.value.trace) : null));
  const order = computed(() => {
    const H = source.value?.network.hidden_size ?? 0;
    return sorted.value && ranking.value ? ranking.value.order : Array.from({ length: H }, (_, u) => u);
  });
  const limit = computed(() => cellLimit(run.value?.trace ?? null, plain.value?.trace ?? null, other.value?.trace ?? null));
  const far = computed(() => (run.value ? horizon(run.value.trace, unit.value, step.value, THRESHOLDS.horizon) : 0));

  const setStep = (value: number) => { state.step.value = clamp(value, 0, Math.max(0, (sequence.peek()?.T ?? 1) - 1)); };
  const setUnit = (value: number) => { state.unit.value = clamp(value, 0, Math.max(0, (source.peek()?.network.hidden_size ?? 1) - 1)); };
  return {
    state, status, own, source, sequence, run, plain, other, otherWords, step, unit, acting, likely, limit, ranking, order, sorted,
    horizon: far, setStep, setUnit,
    pick: (quantity, at, of) => batch(() => {
      state.quantity.value = quantity;
      if (at !== undefined) setStep(at);
      if (of !== undefined) setUnit(of);
    }),
    act: (action) => batch(() => {
      state.action.value = action;
      if (action === "none") return;
      state.action_unit.value = unit.peek();
      state.action_step.value = action === "flip" ? step.peek() : 0;
    }),
    leave: () => { state.action.value = "none"; },
    dispose: () => { dispose(); stopTidying(); },
  };
}
