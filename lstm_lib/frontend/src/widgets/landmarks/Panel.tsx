// The chosen result in words: how much error it removed or why that is not said, what was compared, the caveat and the source.
import type { JSX } from "preact";
import type { View } from "../../host/widget.tsx";
import { Rich } from "../../ui/Rich.tsx";
import { Bar } from "./Bar.tsx";
import { errorRemoved, errorsOf, type Row } from "./data.ts";
import { Source } from "./Source.tsx";
import type { LandmarksState } from "./state.ts";
import { comparedText, metricText, outcomeText, textOf, valuesText, written } from "./words.ts";

export function Panel({ view, row, links }: { view: View<LandmarksState>; row: Row; links: Record<string, string> }): JSX.Element {
  const { t } = view, errors = row.fair ? errorsOf(row)! : null, percentage = (printed: string) => written(printed, view, "%");
  return (
    <div class="point">
      <p class="where"><span>{row.year}</span>{textOf(row, "data", view)}</p>
      <p class={`outcome${row.fair ? "" : " without"}`}>{outcomeText(row, view)}</p>
      {errors && <>
        <Bar share={errorRemoved(row)!} />
        <p class="errors">{t("landmarks.errors", { before: percentage(errors.before), after: percentage(errors.after), against: t(`landmarks.against.${row.against}`) })}</p>
      </>}
      <p class="measured"><Rich text={valuesText(row, view, (value) => `**${value}**`)} /> <span>{metricText(row, view)}</span></p>
      <p class="system">{comparedText(row, view)}</p>
      <p class="caveat">{textOf(row, "caveat", view)} <Source row={row} links={links} /></p>
    </div>
  );
}
