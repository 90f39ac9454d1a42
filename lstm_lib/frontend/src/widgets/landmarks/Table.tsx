// All results of the chosen area, in the chosen order; each with its caveat and its source, and a bar only where that is fair.
import type { JSX } from "preact";
import type { View } from "../../host/widget.tsx";
import { Bar } from "./Bar.tsx";
import { errorRemoved, type Row } from "./data.ts";
import { Source } from "./Source.tsx";
import type { LandmarksState } from "./state.ts";
import { areaName, baselineOf, capital, comparedText, metricText, shareText, textOf, valueOf, valuesText, whyText } from "./words.ts";

/** Rows that are shown before the reader asks for the others. */
export const FIRST = 6;

export function Table({ view, rows, row, pick, links }: { view: View<LandmarksState>; rows: Row[]; row: Row; pick: (row: Row) => void; links: Record<string, string> }): JSX.Element {
  const { state, t, percent } = view, sort = state.sort.value, first = state.all.value ? rows.length : Math.min(FIRST, rows.length);
  const sorted = (column: string) => (column === sort ? (column === "removed" ? "descending" : "ascending") : undefined);
  return (
    <>
      <table class="results">
        <caption class="vh">{t("landmarks.table", { sort: `${t("landmarks.sort")} ${t(`landmarks.sort.${sort}`)}` })}</caption>
        <thead>
          <tr>
            <th scope="col" aria-sort={sorted("year")}>{t("landmarks.row_year")}</th>
            <th scope="col" aria-sort={sorted("area")}>{t("landmarks.row_result")}</th>
            <th scope="col">{t("landmarks.row_measure")}</th>
            <th scope="col" aria-sort={sorted("removed")}>{t("landmarks.row_removed")}<span class="ends" aria-hidden="true"><span>0</span><span>{percent(0.5)}</span><span>{percent(1)}</span></span></th>
          </tr>
        </thead>
        <tbody>
          {rows.map((one, k) => ( // the rest is there for print
            <tr key={one.id} data-row={one.id} class={k < first ? undefined : "rest"} aria-current={one === row ? "true" : undefined}>
              <td class="year">{one.year}</td>
              <th scope="row">
                <button type="button" class="pick" aria-pressed={one === row} aria-label={`${textOf(one, "data", view)}, ${one.year}, ${valuesText(one, view)}`} onClick={() => pick(one)}>{textOf(one, "data", view)}</button>
                <span class="area">{areaName(one.area, view)}</span>
                <p>{comparedText(one, view)}</p>
                <p class="caveat">{textOf(one, "caveat", view)} <Source row={one} links={links} /></p>
              </th>
              <td class="measure">
                <b class="v">{valueOf(one, view)}</b>{one.baseline !== null && <span class="base"> {t("landmarks.against")} {baselineOf(one, view)}</span>}
                <span class="metric">{metricText(one, view)}</span>
              </td>
              <td class="removed">
                {one.fair
                  ? <><span class="scale"><Bar share={errorRemoved(one)!} /><b class="v">{shareText(one, view)}</b></span><span class="metric">{t(`landmarks.against.${one.against}`)}</span></>
                  : <span class="why">{capital(whyText(one, view))}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > FIRST && (
        <div class="more">
          <button type="button" class="btn" aria-expanded={state.all.value} onClick={() => { state.all.value = !state.all.value; }}>{t(state.all.value ? "landmarks.fewer" : "landmarks.more", { count: state.all.value ? FIRST : rows.length })}</button>
          <span class="count">{t("landmarks.shown", { shown: first, count: rows.length })}</span>
        </div>
      )}
    </>
  );
}
