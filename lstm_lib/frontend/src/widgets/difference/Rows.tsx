// One row for each network: the distance at the chosen word, what that is of the start, and what the network answers at the end.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useWidget } from "../../host/widget.tsx";
import { Sign, marks } from "../../sentences/Marker.tsx";
import { FORMS, type Pair } from "../../sentences/pair.ts";
import { networkName, useWords, writeDistance, writeShare } from "../../sentences/write.ts";
import { ValueTable } from "../../ui/controls.tsx";
import { Rich } from "../../ui/Rich.tsx";
import { Tick } from "../../ui/Verdict.tsx";
import type { Store } from "./store.ts";
import { shareAt, type Answer, type Line } from "./trace.ts";
import { lineName, right, sameForm } from "./write.ts";

export function Rows({ store }: { store: Store }): JSX.Element {
  const { t } = useWidget(), words = useWords(), pair = store.pair.value!, step = store.step.value, compared = store.compared.value;
  const mark = marks(store.state.models.value), word = pair.feminine[step];
  return (
    <table class="rows">
      <thead><tr>
        <th scope="col">{t("difference.rows.network")}</th>
        <th scope="col"><Rich text={t("difference.rows.here", { word })} /></th>
        <th scope="col">{t("difference.rows.share")}</th>
        <th scope="col">{t("difference.rows.answers")}</th>
      </tr></thead>
      <tbody>
        {compared.map(({ name, hidden, answer, trained }) => (
          <tr key={name}>
            <th scope="row"><div><Sign mark={mark[store.state.models.value.indexOf(name)]} /><span><b>{networkName(name, words)}</b>
              {trained && <small>{t("difference.trained", { from: trained[0], to: trained[1] })}</small>}</span></div></th>
            <Measured line={hidden} step={step} start={pair.start} />
            <td class="answer"><Answered answer={answer} pair={pair} /></td>
          </tr>
        ))}
        {compared.map(({ name, cell }) => cell && (
          <tr key={`${name} cell`} class="of-cell">
            <th scope="row"><div><svg class="sign" width="16" height="16" viewBox="-8 -8 16 16" aria-hidden="true"><path class="dash" d="M-7,0H7" /></svg>
              <span><b>{lineName(cell, words)}</b><small><Rich text={t(store.state.unit.value < 0 ? "difference.unit_found" : "difference.unit_given")} /></small></span></div></th>
            <Measured line={cell} step={step} start={pair.start} />
            <td class="answer" />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The number at the chosen word, and what part of the start it is. */
function Measured({ line, step, start }: { line: Line; step: number; start: number }): JSX.Element {
  const { t } = useWidget(), words = useWords();
  return (
    <>
      <td class="num" data-label={t("difference.rows.here_short")}>{writeDistance(line.values[step], words)}</td>
      <td class="num left" data-label={t("difference.rows.share")}>{step < start ? "–" : writeShare(shareAt(line, step), words)}</td>
    </>
  );
}

/** The two forms, whether they differ, and a sign where the rule says what they should be. */
function Answered({ answer, pair }: { answer: Answer; pair: Pair }): JSX.Element {
  const { t } = useWidget(), good = right(answer, pair);
  if (!answer.likely) return <span class="none">{t("difference.answer.none")}</span>;
  return (
    <>
      <span class="forms"><i>{FORMS[answer.feminine]}</i><span aria-hidden="true"> · </span><i>{FORMS[answer.masculine]}</i></span>
      <span class={`said ${good === null ? "" : good ? "ok" : "no"}`}>
        {good !== null && <Tick right={good} />}
        {t(sameForm(answer) ? "difference.answer.same" : "difference.answer.different")}
        {good !== null && <span class="vh"> ({t(good ? "difference.answer.right" : "difference.answer.wrong")})</span>}
      </span>
    </>
  );
}

/** Every number of the chart, for those who read rather than look. */
export function Table({ store }: { store: Store }): JSX.Element {
  const { t } = useWidget(), words = useWords(), [open, setOpen] = useState(false), lines = store.lines.value, pair = store.pair.value!, step = store.step.value;
  return (
    <details class="fold" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("common.table")}</summary>
      {open && (
        <div class="folded">
          <ValueTable caption={t("difference.table")} columns={[t("difference.table_word"), ...lines.map((line) => lineName(line, words))]}
            rows={pair.feminine.map((word, k) => ({
              key: k, head: word === pair.masculine[k] ? word : t("difference.pair", { feminine: word, masculine: pair.masculine[k] }), current: k === step,
              cells: lines.map((line) => writeDistance(line.values[k], words)),
            }))} />
        </div>
      )}
    </details>
  );
}
