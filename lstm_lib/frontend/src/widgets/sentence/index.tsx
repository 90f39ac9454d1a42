// The sentence: several networks read the same words, a row of bars each, and the thread says what they must keep.
import type { JSX } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import type { LanguageModel } from "../../core/language_model.ts";
import { defineWidget, type View } from "../../host/widget.tsx";
import { Notices } from "../../sentences/Notices.tsx";
import { MOST_NETWORKS, SHIPPED } from "../../sentences/networks.ts";
import { useReading } from "../../sentences/reading.ts";
import sentencesCss from "../../sentences/sentences.css";
import { Rich } from "../../ui/Rich.tsx";
import { Button, Frame, See } from "../../ui/controls.tsx";
import { formatInteger } from "../../ui/format.ts";
import { Ask } from "./Ask.tsx";
import { Build } from "./Build.tsx";
import { Score } from "./Score.tsx";
import css from "./sentence.css";
import { GUESSES, defaults, type Guess, type SentenceState } from "./state.ts";
import { createStore, type Store } from "./store.ts";
import { Table } from "./Table.tsx";
import { nameOf, ruleSentence, seeSentence, type Voice } from "./words.ts";

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

function Sentence(view: View<SentenceState>): JSX.Element {
  const { t, hidden, state, host } = view, store = useMemo(() => createStore(state, () => hidden("predict")), []);
  useEffect(() => store.dispose, []);
  const voice: Voice = { t, percent: view.percent, language: view.language.value };
  const reading = useReading({ steps: () => store.words.peek().length, step: () => store.step.peek(), setStep: store.setStep, autoplay: () => false }, false, host);
  const words = store.words.value, rows = store.rows.value, shown = store.shown.value, place = store.place.value;
  const predict = (guess: Guess) => {
    store.predict(guess);
    if (!calm() && store.rows.peek().length) reading.start();
  };
  const failed = store.networks.value.filter(({ status }) => status === "error");
  return (
    <Frame title={t("sentence.title")} meta={rows.length ? <Meta store={store} voice={voice} /> : null}>
      <div class="controls" onPointerDownCapture={reading.stop} onKeyDownCapture={reading.stop}>
        {!hidden("composer") && <Build store={store} />}
        {!hidden("networks") && <Networks store={store} voice={voice} />}
      </div>
      {store.networks.value.some(({ status }) => status === "loading") && <p class="state" role="status">{t("common.loading")}</p>}
      {failed.map(({ name }) => <p key={name} class="state" role="alert">{t("sentence.not_loaded", { name })}</p>)}
      {!words.length && <Empty store={store} text={t("sentence.empty")} button={t("sentence.empty.button")} next={defaults.sentence} />}
      {words.length > 0 && (
        <>
          <div onPointerDownCapture={reading.stop} onKeyDownCapture={reading.stop}><Score store={store} playing={reading.playing} voice={voice} /></div>
          <div class="below">
            <p class="rule"><b>{t("sentence.rule")}</b> <Rich text={ruleSentence(words, place, shown, voice)} /></p>
            {!hidden("predict") && <Ask store={store} playing={reading.playing} onPredict={predict} onReplay={reading.start} />}
          </div>
          {place.last === null && <Empty store={store} text={t("sentence.unfinished")} button={t("sentence.unfinished.button")} next={`${words.join(" ")} estava muito`} />}
          {store.given.value && <div class="notices"><p>{t("sentence.given", { word: store.given.value })}</p></div>}
          <Notices unknown={store.unknown.value} cut={store.cut.value} />
          {shown && <p class="caption"><Rich text={t("sentence.key")} /></p>}
          {!hidden("see") && (rows.length > 0 || !shown) && <Seen store={store} voice={voice} />}
          {!hidden("table") && shown && <Table store={store} voice={voice} />}
        </>
      )}
    </Frame>
  );
}

function Seen({ store, voice }: { store: Store; voice: Voice }): JSX.Element {
  return <See text={seeSentence({
    words: store.words.value, names: store.networks.value.map(({ name }) => name), step: store.step.value, asked: store.asked.value, rows: store.rows.value, answers: store.answers.value,
    shown: store.shown.value, place: store.place.value,
  }, voice)} />;
}

/** Numbers in the recurrent layer alone: what the networks are made equal in. */
const coreSize = ({ network }: LanguageModel): number =>
  [network.weight_ih, network.weight_hh, network.bias_ih, network.bias_hh].reduce((sum, weights) => sum + weights.length, 0);

/** How large the networks are: about the same. */
function Meta({ store, voice }: { store: Store; voice: Voice }): JSX.Element {
  const sizes = store.rows.value.map(({ name, lm }) => `${nameOf(name, voice)} ${formatInteger(coreSize(lm), voice.language)}`);
  return <>{voice.t("sentence.meta", { sizes: sizes.join(", ") })}</>;
}

/** Which networks read, one row each. */
function Networks({ store, voice }: { store: Store; voice: Voice }): JSX.Element {
  const chosen = store.networks.value.map(({ name }) => name), all = [...chosen.filter((name) => !(SHIPPED as readonly string[]).includes(name)), ...SHIPPED];
  const toggle = (name: string) => {
    const next = all.filter((one) => (one === name) !== chosen.includes(one));
    if (next.length) store.state.models.value = next;
  };
  const full = chosen.length >= MOST_NETWORKS;
  return (
    <div class="networks" role="group" aria-label={voice.t("sentence.networks")}>
      <span class="name" aria-hidden="true">{voice.t("sentence.networks")}</span>
      {all.map((name) => (
        <Button key={name} pressed={chosen.includes(name)} disabled={full && !chosen.includes(name)} onClick={() => toggle(name)}>{nameOf(name, voice)}</Button>
      ))}
    </div>
  );
}

/** Nothing to read, or nothing to ask: why, and what mends it. */
function Empty({ store, text, button, next }: { store: Store; text: string; button: string; next: string }): JSX.Element {
  return (
    <div class="mend" role={store.words.value.length ? undefined : "status"}><p><Rich text={text} /></p><Button onClick={() => store.setSentence(next)}>{button}</Button></div>
  );
}

export default defineWidget<SentenceState>({ name: "sentence", defaults, css: sentencesCss + css, unlinked: ["weights"], choices: { guess: GUESSES }, view: Sentence });
