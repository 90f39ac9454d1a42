// The areas: every network and baseline on real data and on the tasks of 1997, with every seed, and who wins or ties by a stated rule.
import type { JSX } from "preact";
import { defineWidget, type View } from "../../host/widget.tsx";
import { Button, Fold, Frame, See, Select, ValueTable } from "../../ui/controls.tsx";
import { useSize } from "../../ui/hooks.ts";
import { NetworkMark } from "../../ui/NetworkMark.tsx";
import css from "./areas.css";
import { AREAS, COUNT, LENGTHS, aboutOf, entries, find, isTask, lengthOf, markName, paper, type Entry } from "./data.ts";
import { Plot } from "./Plot.tsx";
import { defaults, type AreasState } from "./state.ts";
import { areaName, meanText, metricText, nameOf, outcomeText, paperText, parametersText, secondsText, seeText, written } from "./words.ts";

function AreasView(view: View<AreasState>): JSX.Element {
  const { state, t, hidden } = view, { ref, width } = useSize<HTMLDivElement>();
  const area = AREAS.includes(state.area.value) ? state.area.value : AREAS[0], length = lengthOf(area, state.length.value), { lengths } = aboutOf(area);
  const chosen = find(area, length, state.network.value), pick = (entry: Entry) => { state.network.value = entry.key; };
  return (
    <Frame title={t("areas.title")} meta={t("areas.meta", { count: COUNT })}>
      {!hidden("tools") && (
        <div class="tools">
          <Select label={t("areas.choose")} value={area} onChange={(to) => { state.area.value = to; state.network.value = ""; }} options={AREAS.map((key) => ({ value: key, label: areaName(key, view) }))} />
          {lengths.length > 0 && (
            <div class="row segmented" role="group" aria-label={t("areas.lengths")}>
              {lengths.map((T) => <Button key={T} pressed={T === length} onClick={() => { state.length.value = T; }}>{t("areas.length", { T })}</Button>)}
            </div>
          )}
        </div>
      )}
      {!hidden("outcome") && <p class="outcome">{outcomeText(area, length, view)}</p>}
      <div ref={ref}>{!hidden("plot") && <><Plot {...{ view, width, area, length, chosen, pick }} /><Key {...{ view, area, length, chosen }} /></>}</div>
      {!hidden("see") && <See text={seeText(area, length, chosen, view)} />}
      {!hidden("table") && <Table {...{ view, area, length, chosen }} />}
    </Frame>
  );
}

/** What the marks mean, and the rule of winning. */
function Key({ view: { t }, area, length, chosen }: { view: View<AreasState>; area: string; length: number; chosen: Entry }): JSX.Element {
  const mark = markName(chosen) ?? "lstm-b1", line = (name: string, d: string): [string, JSX.Element] => [name, <path class={`key-${name}`} d={d} />];
  const marks = [line("seed", "M7,6h0"), ["mean", <NetworkMark network={mark} x={7} y={6} />] as [string, JSX.Element], isTask(area) ? line("never", "M4,3l6,6m0,-6l-6,6") : line("baseline", "M7,0v12")];
  if (paper(area, length)) marks.push(line("paper", "M7,-2.5v17"));
  return (
    <p class="legend">
      {marks.map(([name, drawn]) => <span key={name}><svg width="14" height="12" viewBox="0 0 14 12" aria-hidden="true">{drawn}</svg>{t(`areas.key_${name}`)}</span>)}
      <span class="rule">{t("areas.rule")}</span>
    </p>
  );
}

function Table({ view, area, length, chosen }: { view: View<AreasState>; area: string; length: number; chosen: Entry }): JSX.Element {
  const { t } = view, all = entries(area, length), most = Math.max(...all.map((entry) => entry.values.length)), caption = t("areas.table", { area: areaName(area, view) });
  const seed = (entry: Entry, k: number) => (entry.values[k] === undefined ? "" : entry.learned[k] ? written(area, entry.values[k], view) : t("areas.not_learned"));
  const needed = paperText(area, length, view), rows = all.map((entry) => ({
    key: entry.key, head: nameOf(entry, view), current: entry === chosen,
    cells: [meanText(area, entry, view), parametersText(entry, view), secondsText(entry, view), ...Array.from({ length: most }, (_, k) => seed(entry, k))],
  }));
  return (
    <Fold label={t("common.table")}>{() => <>
      <p class="caption">{caption}: {metricText(area, view)}</p>
      <ValueTable caption={caption} columns={[t("areas.column_name"), t("areas.column_mean"), t("areas.column_parameters"), t("areas.column_seconds"), ...Array.from({ length: most }, (_, k) => t("areas.column_seed", { k: k + 1 }))]}
        rows={needed ? [...rows, { key: "paper", head: t("areas.paper_row"), current: false, cells: [needed, ...Array(most + 2).fill("")] }] : rows} />
    </>}</Fold>
  );
}

export default defineWidget<AreasState>({ name: "areas", defaults, css, choices: { area: AREAS, length: [0, ...LENGTHS] }, view: AreasView });
