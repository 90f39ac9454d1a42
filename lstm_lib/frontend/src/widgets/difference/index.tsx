// The trace of a difference: two sentences that differ in the subject only, and what each network still knows of it.
import type { JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { defineWidget, useWidget, type View } from "../../host/widget.tsx";
import { Composer } from "../../sentences/Composer.tsx";
import { Notices } from "../../sentences/Notices.tsx";
import pairCss from "../../sentences/pair.css";
import { PairSentence } from "../../sentences/PairSentence.tsx";
import { PairStrip } from "../../sentences/PairStrip.tsx";
import { networkName, useWords } from "../../sentences/write.ts";
import sentencesCss from "../../sentences/sentences.css";
import { Frame, See } from "../../ui/controls.tsx";
import { Rich } from "../../ui/Rich.tsx";
import { Chart } from "./Chart.tsx";
import { Choices } from "./Controls.tsx";
import css from "./difference.css";
import { Rows, Table } from "./Rows.tsx";
import { OF, SCALES, defaults, type DifferenceState } from "./state.ts";
import { createStore, type Store } from "./store.ts";
import { seeSentence } from "./write.ts";

function Difference(view: View<DifferenceState>): JSX.Element {
  const { t, hidden, state } = view, store = useMemo(() => createStore(state), []), [open, setOpen] = useState(false);
  useEffect(() => store.dispose, []);
  const pair = store.pair.value, loading = store.loading.value, ready = store.compared.value.length > 0, composing = !hidden("composer");
  return (
    <Frame title={t("difference.title")}>
      {composing && (
        <div class="tools"><button type="button" class="textbtn" aria-expanded={open} onClick={() => setOpen(!open)}>{t("difference.compose")}</button></div>
      )}
      {composing && (open || !pair) && <Composer text={state.sentence.value} onText={(text) => { state.sentence.value = text; }} />}
      {!pair && <p class="state" role="status">{t("difference.empty")}</p>}
      {pair && !(hidden("composer") && hidden("distance")) && <PairSentence store={store} />}
      <Trouble store={store} />
      {pair && !hidden("strip") && <PairStrip store={store} />}
      {pair && <Choices store={store} />}
      {pair && !ready && loading.length > 0 && <p class="state waiting" role="status" aria-busy="true">{t("common.loading")}</p>}
      {pair && ready && <>
        {!(hidden("chart") && hidden("scrubber")) && <Chart store={store} />}
        {!hidden("answers") && <Rows store={store} />}
        {!hidden("see") && <Seen store={store} />}
        {!hidden("table") && <Table store={store} />}
      </>}
    </Frame>
  );
}

/** What could not be read as it was given. */
function Trouble({ store }: { store: Store }): JSX.Element {
  const { t } = useWidget(), words = useWords(), pair = store.pair.value, failed = store.failed.value;
  const subject = (line: string[]) => line.slice(pair!.subject[0], pair!.subject[1] + 1).join(" ");
  return (
    <>
      {failed.map((name) => <p key={name} class="state failed" role="alert">{t("difference.not_loaded", { name: networkName(name, words) })}</p>)}
      {pair?.completed && <div class="notices"><p>{t("difference.completed", { feminine: subject(pair.feminine), masculine: subject(pair.masculine) })}</p></div>}
      {pair && pair.governor !== null && pair.expected && (
        <div class="notices"><p><Rich text={t("difference.governor", { noun: pair.feminine[pair.governor], copula: pair.feminine[pair.governor + 1] })} /></p></div>
      )}
      <Notices unknown={store.unknown.value} cut={store.cut.value} />
    </>
  );
}

function Seen({ store }: { store: Store }): JSX.Element {
  return <See text={seeSentence(store.compared.value, store.pair.value!, store.step.value, useWords())} />;
}

export default defineWidget<DifferenceState>({ name: "difference", defaults, css: sentencesCss + pairCss + css, unlinked: ["weights"],
  choices: { scale: SCALES, of: OF }, view: Difference });
