// Landmarks: published results of LSTM networks in time and as a table, with how much error each removed where that can be said.
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { defineWidget, type View } from "../../host/widget.tsx";
import { Announcer, Button, Frame, Select } from "../../ui/controls.tsx";
import { useSize } from "../../ui/hooks.ts";
import { Rich, plain } from "../../ui/Rich.tsx";
import { AREAS, ROWS, SORTS, chosen, ordered, type Row } from "./data.ts";
import css from "./landmarks.css";
import { Panel } from "./Panel.tsx";
import { useEntries } from "./Source.tsx";
import { defaults, type LandmarksState } from "./state.ts";
import { Table } from "./Table.tsx";
import { Timeline } from "./Timeline.tsx";
import { areaName, chosenText, seeText } from "./words.ts";

function LandmarksView(view: View<LandmarksState>): JSX.Element {
  const { state, t, hidden } = view, { ref, width } = useSize<HTMLDivElement>(), links = useEntries();
  const area = AREAS.includes(state.area.value) ? state.area.value : "", sort = SORTS.includes(state.sort.value) ? state.sort.value : "removed";
  const rows = useMemo(() => ordered(sort, area), [sort, area]), row = chosen(rows, state.row.value);
  const only = (to: string) => { state.area.value = to; };
  const pick = (to: Row) => {
    if (area && to.area !== area) only(to.area);
    state.row.value = to.id;
  };
  const count = (name: string) => ROWS.filter((one) => one.area === name).length, years = ROWS.map((one) => one.year);
  return (
    <Frame title={t("landmarks.title")} meta={t("landmarks.meta", { rows: ROWS.length, areas: AREAS.length, first: Math.min(...years), last: Math.max(...years) })}>
      {!hidden("tools") && (
        <div class="tools">
          <Select label={t("landmarks.choose")} value={area} onChange={only}
            options={[{ value: "", label: t("landmarks.all_areas", { count: ROWS.length }) }, ...AREAS.map((name) => ({ value: name, label: t("landmarks.area_option", { name: areaName(name, view), count: count(name) }) }))]} />
          <div class="sorts" role="group" aria-label={t("landmarks.sort")}>
            <span class="name" aria-hidden="true">{t("landmarks.sort")}</span>
            <div class="row segmented">{SORTS.map((way) => <Button key={way} pressed={sort === way} onClick={() => { state.sort.value = way; }}>{t(`landmarks.sort.${way}`)}</Button>)}</div>
          </div>
        </div>
      )}
      <div ref={ref} class={`stage${width >= 820 && !hidden("timeline") ? " inside" : ""}`}>
        {!hidden("timeline") && <Timeline {...{ view, width, rows, row, area, pick, only }} />}
        {!hidden("point") && <Panel {...{ view, row, links }} />}
      </div>
      {!hidden("see") && <>
        <p class="see"><b>{t("common.what_you_see")}</b> <Rich text={seeText(area, row, view)} /></p>
        <Announcer text={plain(area ? seeText(area, row, view) : chosenText(row, view))} />
      </>}
      {!hidden("table") && <Table {...{ view, rows, row, pick, links }} />}
    </Frame>
  );
}

export default defineWidget<LandmarksState>({
  name: "landmarks", defaults, css, choices: { area: ["", ...AREAS], sort: SORTS, row: ROWS.map((row) => row.id) }, view: LandmarksView,
});
