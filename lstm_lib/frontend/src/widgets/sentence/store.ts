// One reading per network behind everything: sentence and networks go in; every mark of the explorable reads what comes out.
import { batch, computed, type ReadonlySignal } from "@preact/signals";
import type { LanguageModel, Trace } from "../../core/language_model.ts";
import type { Signals } from "../../host/bind.ts";
import { cutWords } from "../../sentences/cut.ts";
import { THRESHOLDS, formsMass, probabilityOf } from "../../sentences/forms.ts";
import { tidyNames, watchNetworks, type Loaded } from "../../sentences/networks.ts";
import { place, type Place } from "../../sentences/rule.ts";
import { stepOf } from "../../sentences/step.ts";
import { GUESSES, type Guess, type SentenceState } from "./state.ts";

/** What one network makes of the sentence. */
export interface Row {
  name: string;
  lm: LanguageModel;
  trace: Trace;
  /** Share of the forms in -a among those in -a and -o after each word. */
  share: Float64Array;
  /** Probability of all those forms together after each word. */
  mass: Float64Array;
}

/** What a network expects at the place of the adjective, as lstm_lib.tasks.agreement.answers has it. */
export interface Answer {
  name: string;
  expected: string;
  share: number;
  likely: boolean;
  /** null if the rule demands no form, or the network hardly expects an adjective there. */
  right: boolean | null;
}

export interface Store {
  state: Signals<SentenceState>;
  words: ReadonlySignal<string[]>;
  cut: ReadonlySignal<boolean>;
  /** The adjective that ended the sentence and was left out; "" if there was none. */
  given: ReadonlySignal<string>;
  unknown: ReadonlySignal<string[]>;
  place: ReadonlySignal<Place>;
  networks: ReadonlySignal<Loaded[]>;
  rows: ReadonlySignal<Row[]>;
  /** The word after which the networks are asked. */
  asked: ReadonlySignal<number>;
  answers: ReadonlySignal<Answer[]>;
  /** The two forms of the adjective that all are asked about; null without words or networks. */
  pair: ReadonlySignal<{ feminine: string; masculine: string } | null>;
  step: ReadonlySignal<number>;
  shown: ReadonlySignal<boolean>;
  guess: ReadonlySignal<Guess>;
  setStep: (step: number) => void;
  setSentence: (text: string) => void;
  predict: (guess: Guess) => void;
  again: () => void;
  dispose: () => void;
}

/** Masses after each word; a sentence that begins as the one before does keeps what was computed. */
function masses(lm: LanguageModel, words: readonly string[], trace: Trace, before: { words: string[]; row: Row } | undefined): Float64Array {
  let same = 0;
  while (before && same < words.length && before.words[same] === words[same]) same++;
  return Float64Array.from({ length: trace.T }, (_, t) => (t < same ? before!.row.mass[t] : formsMass(lm, trace, t)));
}

/** The adjective to which the rows together give most probability after step t. */
function likeliest(rows: readonly Row[], t: number): { feminine: string; masculine: string } | null {
  const masses = new Map<string, { feminine: string; masculine: string; mass: number }>();
  for (const { lm, trace } of rows) {
    const at = probabilityOf(lm, trace, t);
    lm.feminine.forEach((feminine, k) => {
      const masculine = lm.masculine[k], key = `${feminine} ${masculine}`, before = masses.get(key)?.mass ?? 0;
      masses.set(key, { feminine, masculine, mass: before + at(feminine) + at(masculine) });
    });
  }
  let best: { feminine: string; masculine: string; mass: number } | null = null;
  for (const one of masses.values()) if (!best || one.mass > best.mass) best = one;
  return best && { feminine: best.feminine, masculine: best.masculine };
}

export function createStore(state: Signals<SentenceState>, alwaysShown: () => boolean): Store {
  const text = computed(() => cutWords(String(state.sentence.value ?? "")));
  // An adjective at the end is what the networks are asked for: they do not get to read it.
  const words = computed(() => { const all = text.value.words, { last } = place(all); return last === null ? all : all.slice(0, last + 1); });
  const names = computed(() => tidyNames(state.models.value));
  const { networks, dispose } = watchNetworks(names, state.weights);

  // A network that was read stays read while another one is added.
  const kept = new WeakMap<LanguageModel, { words: string[]; row: Row }>();
  const rows = computed<Row[]>(() => words.value.length === 0 ? [] : networks.value.flatMap(({ name, lm }) => {
    if (!lm) return [];
    const before = kept.get(lm);
    if (before && before.words === words.value && before.row.name === name) return [before.row];
    const { trace, share_feminine: share } = lm.read(words.value), row = { name, lm, trace, share, mass: masses(lm, words.value, trace, before) };
    kept.set(lm, { words: words.value, row });
    return [row];
  }));
  const where = computed(() => place(words.value)), asked = computed(() => where.value.last ?? Math.max(0, words.value.length - 1));
  const pair = computed(() => (words.value.length ? likeliest(rows.value, asked.value) : null));
  const answers = computed<Answer[]>(() => {
    const forms = pair.value, t = asked.value, { gender, last } = where.value;
    return forms ? rows.value.map(({ name, lm, trace, share, mass }) => {
      const at = probabilityOf(lm, trace, t);
      const feminine = at(forms.feminine) >= at(forms.masculine), likely = mass[t] >= THRESHOLDS.likely;
      return {
        name, expected: feminine ? forms.feminine : forms.masculine, share: share[t], likely,
        right: last !== null && gender && likely ? feminine === (gender === "f") : null,
      };
    }) : [];
  });
  const { step, setStep } = stepOf(state.step, computed(() => words.value.length));
  return {
    state, words, networks, rows, place: where, asked, pair, answers, step,
    cut: computed(() => text.value.cut),
    given: computed(() => text.value.words[words.value.length] ?? ""),
    unknown: computed(() => {
      const known = networks.value.flatMap(({ lm }) => lm ?? []);
      return known.length ? [...new Set(words.value.filter((word) => !known.every((lm) => lm.knows(word))))] : [];
    }),
    shown: computed(() => alwaysShown() || state.reveal.value === true),
    guess: computed(() => (GUESSES.includes(state.guess.value) ? state.guess.value : "")),
    setStep,
    // A prediction was about the sentence as it was.
    setSentence: (next) => batch(() => {
      if (next === state.sentence.peek()) return;
      state.sentence.value = next;
      state.guess.value = "";
      state.step.value = -1;
    }),
    predict: (guess) => batch(() => { state.guess.value = guess; state.reveal.value = true; }),
    again: () => batch(() => { state.guess.value = ""; state.reveal.value = false; state.step.value = -1; }),
    dispose,
  };
}
