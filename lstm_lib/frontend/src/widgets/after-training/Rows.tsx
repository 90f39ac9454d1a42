// One row for each network: whether it is right, and all four measures at the end of their ways, side by side.
import type { JSX } from "preact";
import { useWidget } from "../../host/widget.tsx";
import { Sign, marks } from "../../sentences/Marker.tsx";
import { networkName, useWords } from "../../sentences/write.ts";
import { Fold, ValueTable } from "../../ui/controls.tsx";
import { Rich } from "../../ui/Rich.tsx";
import { Tick } from "../../ui/Verdict.tsx";
import { endOf, type Line, type Measured } from "./lines.ts";
import { QUANTITIES } from "./state.ts";
import type { Store } from "./store.ts";
import { leftAt, lineName, verdictWord, writeEnd, writeLog } from "./write.ts";

export function Rows({ store }: { store: Store }): JSX.Element {
  const { t } = useWidget(), words = useWords(), pair = store.pair.value!, { models, quantity, trained } = store.state;
  const steady = store.resting.value || quantity.value === "jacobian";
  const mark = marks(models.value), noun = pair.feminine[pair.start];
  return (
    <table class="rows">
      <thead><tr>
        <th scope="col">{t("difference.rows.network")}</th>
        <th scope="col">{t("after-training.rows.answer")}</th>
        {QUANTITIES.map((name) => <th key={name} scope="col" class={quantity.value === name ? "chosen" : ""}><Rich text={t(`after-training.rows.${name}`, { noun })} /></th>)}
      </tr></thead>
      <tbody>
        {store.measured.value.map((one) => (
          <tr key={one.name}>
            <th scope="row"><div><Sign mark={mark[models.value.indexOf(one.name)]} /><span><b>{networkName(one.name, words)}</b>
              <small>{trainedOn(one, trained.value, t)}</small></span></div></th>
            <td class="answer"><span class={`said ${one.right ? "ok" : "no"}`}><Tick right={one.right} />{t(one.right ? "after-training.right" : "after-training.wrong")}</span></td>
            {QUANTITIES.map((name) => <Measure key={name} line={name === "jacobian" && !steady ? "later" : endOf(one, name)} label={t(`after-training.rows.${name}`, { noun })} chosen={quantity.value === name} />)}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function trainedOn({ lm }: Measured, trained: boolean, t: (key: string, params?: Record<string, string | number>) => string): string {
  if (!trained) return t("after-training.fresh");
  try {
    const range: unknown = JSON.parse(lm.metadata["distances"] ?? "null");
    if (Array.isArray(range) && range.length === 2 && range.every(Number.isFinite)) return t("difference.trained", { from: range[0], to: range[1] });
  } catch { /* a file of the reader's own says nothing of it */ }
  return "";
}

function Measure({ line, label, chosen }: { line: Omit<Line, "logs"> | null | "later"; label: string; chosen: boolean }): JSX.Element {
  const { t } = useWidget(), words = useWords();
  return (
    <td class={`measure${chosen ? " chosen" : ""}`}>
      <span class="label"><Rich text={label} /></span>
      {line === "later" ? <span class="none">…</span> : line ? <><b class={line.of === "cell" ? "q-c" : ""}>{verdictWord(line, words)}</b> <span class="num">{line.verdict === "none" ? "" : writeEnd(line, words)}</span></>
        : <span class="none">{t("after-training.no_cell")}</span>}
    </td>
  );
}

/** Every number of the chart, for those who read rather than look. */
export function Table({ store }: { store: Store }): JSX.Element {
  const { t } = useWidget(), words = useWords();
  return (
    <Fold label={t("common.table")}>
      {() => {
        const lines = store.lines.value, pair = store.pair.value!, step = store.step.value;
        return (
          <ValueTable caption={t("after-training.table")} columns={[t("difference.table_word"), ...lines.map((line) => lineName(line, words))]}
            rows={pair.feminine.map((word, k) => ({
              key: k, head: word === pair.masculine[k] ? word : t("difference.pair", { feminine: word, masculine: pair.masculine[k] }), current: k === step,
              cells: lines.map((line) => writeLog(line.kind, leftAt(line, k, pair.start), words)),
            }))} />
        );
      }}
    </Fold>
  );
}
