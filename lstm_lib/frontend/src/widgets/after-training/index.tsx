// Before and after training: what a gradient says of a network that has learned, what it does not, and which numbers say the rest.
import type { JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { defineWidget, useWidget, type View } from "../../host/widget.tsx";
import { Composer } from "../../sentences/Composer.tsx";
import { Notices } from "../../sentences/Notices.tsx";
import pairCss from "../../sentences/pair.css";
import { PairSentence } from "../../sentences/PairSentence.tsx";
import { PairStrip } from "../../sentences/PairStrip.tsx";
import sentencesCss from "../../sentences/sentences.css";
import { networkName, useWords } from "../../sentences/write.ts";
import { Frame, See } from "../../ui/controls.tsx";
import { Rich } from "../../ui/Rich.tsx";
import css from "./after-training.css";
import { Chart } from "./Chart.tsx";
import { Quantities, Training } from "./Controls.tsx";
import { goesBack } from "./lines.ts";
import { Push } from "./Push.tsx";
import { Rows, Table } from "./Rows.tsx";
import { QUANTITIES, defaults, type AfterTrainingState } from "./state.ts";
import { createStore, type Store } from "./store.ts";
import { seeSentence } from "./write.ts";

function AfterTraining(view: View<AfterTrainingState>): JSX.Element {
  const { t, hidden, state } = view, store = useMemo(() => createStore(state), []), [open, setOpen] = useState(false);
  useEffect(() => store.dispose, []);
  const pair = store.pair.value, loading = store.loading.value, ready = store.measured.value.length > 0, composing = !hidden("composer");
  return (
    <Frame title={t("after-training.title")}>
      {composing && (
        <div class="tools"><button type="button" class="textbtn" aria-expanded={open} onClick={() => setOpen(!open)}>{t("difference.compose")}</button></div>
      )}
      {composing && (open || !pair) && <Composer text={state.sentence.value} onText={(text) => { state.sentence.value = text; }} />}
      {!pair && <p class="state" role="status">{t("difference.empty")}</p>}
      {pair && !(hidden("composer") && hidden("distance")) && <PairSentence store={store} />}
      <Trouble store={store} />
      {pair && !hidden("strip") && <PairStrip store={store} back={goesBack(state.quantity.value)} />}
      {pair && <Training store={store} />}
      {pair && <Quantities store={store} />}
      {pair && !ready && loading.length > 0 && <p class="state waiting" role="status" aria-busy="true">{t("common.loading")}</p>}
      {pair && ready && <>
        {!(hidden("chart") && hidden("scrubber")) && <Chart store={store} />}
        {!hidden("rows") && <Rows store={store} />}
        {!hidden("push") && store.rested.value && <Push store={store} />}
        {!hidden("see") && <Seen store={store} />}
        {!hidden("table") && <Table store={store} />}
      </>}
    </Frame>
  );
}

/** What could not be read as it was given. */
function Trouble({ store }: { store: Store }): JSX.Element {
  const { t } = useWidget(), words = useWords(), pair = store.pair.value;
  const subject = (line: string[]) => line.slice(pair!.subject[0], pair!.subject[1] + 1).join(" ");
  return (
    <>
      {store.failed.value.map((name) => <p key={name} class="state failed" role="alert">{t("difference.not_loaded", { name: networkName(name, words) })}</p>)}
      {pair?.completed && <div class="notices"><p>{t("difference.completed", { feminine: subject(pair.feminine), masculine: subject(pair.masculine) })}</p></div>}
      {pair && pair.governor !== null && pair.expected && (
        <div class="notices"><p><Rich text={t("difference.governor", { noun: pair.feminine[pair.governor], copula: pair.feminine[pair.governor + 1] })} /></p></div>
      )}
      <Notices unknown={store.unknown.value} cut={store.cut.value} />
    </>
  );
}

function Seen({ store }: { store: Store }): JSX.Element {
  return <See text={seeSentence(store.measured.value, store.lines.value, store.state.quantity.value, store.pair.value!, store.step.value, useWords())} />;
}

export default defineWidget<AfterTrainingState>({ name: "after-training", defaults, css: sentencesCss + pairCss + css, unlinked: ["weights"],
  choices: { quantity: QUANTITIES }, view: AfterTraining });
