// One trace and its gradients behind everything: equations, drawing, weights, code and the way back read what is computed here.
import { batch, computed, effect, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import type { LanguageModel } from "../../core/language_model.ts";
import { backwardLSTM, forwardLSTM, type LSTMGradients, type LSTMTrace, type LSTMWeights } from "../../core/lstm.ts";
import { same, type Signals } from "../../host/bind.ts";
import { sequenceOf, watchSource, type Own, type Sequence, type Source, type Status } from "../../network/source.ts";
import { clamp } from "../../ui/scale.ts";
import { lossOf, type Loss } from "./loss.ts";
import { defaults, CONDITIONS, QUANTITIES, VIEWS, type Breakpoint, type Direction, type StepThroughState } from "./state.ts";
import { COMPUTED, lineOf, type Name } from "./symbols.ts";
import { linesOf, meets, move, type Position } from "./transport.ts";

export interface Store {
  state: Signals<StepThroughState>;
  status: ReadonlySignal<Status>;
  own: Signal<Own | null>;
  source: ReadonlySignal<Source | null>;
  lm: ReadonlySignal<LanguageModel | null>;
  sequence: ReadonlySignal<Sequence | null>;
  weights: ReadonlySignal<LSTMWeights | null>;
  /** null while there is no network, or nothing that it could read. */
  trace: ReadonlySignal<LSTMTrace | null>;
  /** What is differentiated, with its direct dL/dh_t. */
  loss: ReadonlySignal<Loss | null>;
  /** Total derivatives and their paths; computed when first asked for. */
  gradients: ReadonlySignal<LSTMGradients | null>;
  /** Within what the sequence and the network have. */
  step: ReadonlySignal<number>;
  unit: ReadonlySignal<number>;
  /** The symbol that is lit: what the pointer or the focus is on, else what was chosen. */
  quantity: ReadonlySignal<Name>;
  view: ReadonlySignal<Direction>;
  /** What the pointer or the focus is on; null for nothing. */
  pointed: ReadonlySignal<Name | null>;
  /** The breakpoint that stopped the playing, until the reader moves on. */
  stopped: ReadonlySignal<Breakpoint | null>;
  breakpoints: ReadonlySignal<Breakpoint[]>;
  /** While the reader goes line by line: whether the line that computes the symbol has not had its turn in this step. */
  later: (name: Name) => boolean;
  point: (name: Name | null) => void;
  pick: (name: Name) => void;
  setStep: (step: number) => void;
  setUnit: (unit: number) => void;
  setView: (view: Direction) => void;
  /** One step or line on (1) or back (−1) in the direction of the view; false at the end. */
  advance: (by: 1 | -1) => boolean;
  play: () => void;
  pause: () => void;
  toggleBreakpoint: (breakpoint: Breakpoint) => void;
  leave: () => void;
  dispose: () => void;
}

/** Steps and known conditions, each once; a link writes a step beside a condition as text. */
export function tidyBreakpoints(given: unknown): Breakpoint[] {
  const all = Array.isArray(given) ? given.map((one: unknown) => (typeof one === "string" && /^\d+$/.test(one) ? Number(one) : one)) : [];
  return [...new Set(all)].filter((one): one is Breakpoint => (Number.isInteger(one) && (one as number) >= 0) || (CONDITIONS as readonly unknown[]).includes(one));
}

export function createStore(state: Signals<StepThroughState>): Store {
  const own = signal<Own | null>(null), pointed = signal<Name | null>(null), stopped = signal<Breakpoint | null>(null);
  const { status, source, dispose } = watchSource(state);

  // A link or a notebook may name what there is not: then nothing was named.
  const stopTidying = effect(() => {
    if (!QUANTITIES.includes(state.quantity.value)) state.quantity.value = defaults.quantity;
    if (!VIEWS.includes(state.view.value)) state.view.value = defaults.view;
    const tidy = tidyBreakpoints(state.breakpoints.value);
    if (!same(tidy, state.breakpoints.value)) state.breakpoints.value = tidy;
  });

  const lm = computed(() => source.value?.lm ?? null), weights = computed(() => source.value?.network ?? null);
  const sequence = computed(() => (source.value ? sequenceOf(source.value, state) : null));
  const trace = computed(() => {
    const given = sequence.value;
    return weights.value && given?.T ? forwardLSTM(weights.value, given.inputs, given.T) : null;
  });
  const loss = computed(() => (trace.value ? lossOf(trace.value, lm.value, sequence.value!.words) : null));
  const gradients = computed(() => (trace.value && loss.value ? backwardLSTM(trace.value, weights.value!, loss.value.direct) : null));

  const within = (value: number, count: number) => clamp(Math.round(value) || 0, 0, Math.max(0, count - 1));
  const step = computed(() => within(state.step.value, sequence.value?.T ?? 0));
  const unit = computed(() => within(state.unit.value, weights.value?.hidden_size ?? 0));
  const view = computed(() => state.view.value);
  const breakpoints = computed(() => tidyBreakpoints(state.breakpoints.value));

  const place = (): Position => ({ step: step.peek(), quantity: state.quantity.peek() });
  const put = (to: Position) => batch(() => { state.step.value = to.step; state.quantity.value = to.quantity; });
  const advance = (by: 1 | -1): boolean => {
    const to = move(place(), by, trace.peek()?.T ?? 0, state.view.peek(), state.stride.peek());
    stopped.value = null;
    if (to) put(to);
    return to !== null;
  };
  const pause = () => { state.playing.value = false; };

  // Playing: one beat after the other, until the end, a breakpoint, or the reader's hand.
  const beat = () => {
    const before = step.peek();
    if (!advance(1)) { pause(); return; }
    if (step.peek() === before) return;
    const met = breakpoints.peek().find((one) => meets(one, {
      trace: trace.peek()!, gradients: state.view.peek() === "backward" ? gradients.peek() : null, step: step.peek(), unit: unit.peek() }));
    if (met !== undefined) { stopped.value = met; pause(); }
  };
  const stopPlaying = effect(() => {
    if (!state.playing.value || !trace.value) return;
    const pace = state.pace.value, timer = setInterval(beat, 1000 / (pace > 0 && Number.isFinite(pace) ? Math.min(pace, 20) : defaults.pace));
    return () => clearInterval(timer);
  });

  return {
    state, status, own, source, lm, sequence, weights, trace, loss, gradients, step, unit, view, pointed, stopped, breakpoints,
    quantity: computed(() => pointed.value ?? state.quantity.value),
    later: (name) => {
      const lines = linesOf(state.view.value);
      return state.stride.value === "line" && lines.includes(COMPUTED[name] ?? name) && lineOf(COMPUTED[name] ?? name, lines) > lineOf(state.quantity.value, lines);
    },
    point: (name) => { pointed.value = name; },
    pick: (name) => { state.quantity.value = name; },
    setStep: (to) => batch(() => { pause(); stopped.value = null; state.step.value = within(to, sequence.peek()?.T ?? 0); }),
    setUnit: (to) => { state.unit.value = within(to, weights.peek()?.hidden_size ?? 0); },
    setView: (to) => batch(() => { pause(); stopped.value = null; state.view.value = to; }),
    advance,
    play: () => batch(() => {
      const T = trace.peek()?.T ?? 0, back = state.view.peek() === "backward";
      if (!T) return;
      stopped.value = null;
      if (!move(place(), 1, T, state.view.peek(), state.stride.peek())) state.step.value = back ? T - 1 : 0; // from the end: once more
      state.playing.value = true;
    }),
    pause,
    toggleBreakpoint: (one) => {
      const now = breakpoints.peek();
      state.breakpoints.value = now.includes(one) ? now.filter((other) => other !== one) : [...now, one];
    },
    leave: () => batch(() => { pause(); stopped.value = null; state.breakpoints.value = breakpoints.peek().filter((one) => typeof one !== "number"); }),
    dispose: () => { dispose(); stopTidying(); stopPlaying(); },
  };
}
