// The river, day by day: what flowed, what networks with more or less of a past said of it, and how good each length of past is.
import type { JSX } from "preact";
import { defineWidget, type View } from "../../host/widget.tsx";
import { Button, Fold, Frame, See, ValueTable } from "../../ui/controls.tsx";
import { useSize } from "../../ui/hooks.ts";
import { NetworkMark } from "../../ui/NetworkMark.tsx";
import { clamp } from "../../ui/scale.ts";
import { COUNT, EFFICIENCIES, FLOOD, MARKS, NETWORKS, OBSERVED, PASTS, PREDICTED, RAIN, TEMPERATURE, dateOf, pastOf } from "./data.ts";
import { Days } from "./Days.tsx";
import { Past } from "./Past.tsx";
import css from "./river.css";
import { MODELS, defaults, type RiverState } from "./state.ts";
import { dated, flowText, nameOf, seeText } from "./words.ts";

const AROUND = 7; // days before and after the chosen one in the table

function RiverView(view: View<RiverState>): JSX.Element {
  const { state, t, hidden } = view, { ref, width } = useSize<HTMLDivElement>(), roomy = width >= 640;
  const model = (MODELS as readonly string[]).includes(state.model.value) ? state.model.value : MODELS[0], asked = state.day.value;
  const day = Number.isFinite(asked) ? clamp(Math.round(asked), 0, COUNT - 1) : FLOOD, { network, past } = pastOf(model), go = (to: number) => { state.day.value = clamp(to, 0, COUNT - 1); };
  return (
    <Frame title={t("river.title")} meta={t("river.meta", { days: COUNT, first: dateOf(0).year, last: dateOf(COUNT - 1).year })}>
      {!hidden("models") && (
        <div class="tools">
          <div class="models" role="group" aria-label={t("river.models")}>
            {MODELS.map((key) => <Button key={key} class="model" pressed={key === model} onClick={() => { state.model.value = key; }}><Mark model={key} />{nameOf(key, view)}</Button>)}
          </div>
          <button type="button" class="textbtn" onClick={() => go(FLOOD)}>{t("river.to_flood")}</button>
        </div>
      )}
      <div ref={ref}>{!hidden("plot") && <Days {...{ view, width, day, model, go }} />}</div>
      <div class="below">
        {!hidden("values") && (
          <div class="on-day">
            <p class="sub">{t("river.day_values")}</p>
            <p class="when">{dated(day, view)}</p>
            <dl>
              <div class="measured"><dt>{t("river.observed")}</dt><dd>{flowText(OBSERVED[day], view)}</dd></div>
              {MODELS.map((key) => <div key={key} class={key === model ? "now" : undefined}><dt><Mark model={key} />{nameOf(key, view)}</dt><dd>{flowText(PREDICTED[key][day], view)}</dd></div>)}
            </dl>
          </div>
        )}
        {!hidden("past") && <div class="by-past"><p class="sub">{t("river.by_past")}</p><Past {...{ view, network, past }} width={roomy ? Math.round(width * 0.52) : width} /></div>}
      </div>
      {!hidden("see") && <See text={seeText(day, model, view)} />}
      {!hidden("table") && <Tables view={view} day={day} />}
    </Frame>
  );
}

/** The mark of a network; a bar for the regression. */
function Mark({ model }: { model: string }): JSX.Element {
  const mark = MARKS[pastOf(model).network];
  return <svg class="sign" width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">{mark ? <NetworkMark network={mark} x={7} y={7} /> : <path class="bar" d="M1,7h12" />}</svg>;
}

function Tables({ view, day }: { view: View<RiverState>; day: number }): JSX.Element {
  const { t, num } = view, from = clamp(day - AROUND, 0, COUNT - 1 - 2 * AROUND), seeds = Math.max(...NETWORKS.flatMap((name) => EFFICIENCIES[name].map((one) => one.values.length)));
  return (
    <Fold label={t("common.table")}>{() => <>
      <p class="caption">{t("river.table", { date: dated(day, view) })}</p>
      <ValueTable caption={t("river.table", { date: dated(day, view) })} columns={[t("river.column_day"), t("river.observed"), ...MODELS.map((key) => nameOf(key, view)), t("river.column_rain"), t("river.column_temperature")]}
        rows={Array.from({ length: 2 * AROUND + 1 }, (_, k) => from + k).map((at) => ({ key: at, head: dated(at, view), current: at === day, cells: [OBSERVED[at], ...MODELS.map((key) => PREDICTED[key][at]), RAIN[at], TEMPERATURE[at]].map((value) => num(value, { digits: 1 })) }))} />
      <p class="caption">{t("river.table_past")}</p>
      <ValueTable caption={t("river.table_past")} columns={[t("river.column_past"), ...Array.from({ length: seeds }, (_, k) => String(k + 1))]}
        rows={NETWORKS.flatMap((name) => PASTS[name].map((past, k) => ({ key: `${name}-${past}`, head: t("river.name", { network: name.toUpperCase(), past }), cells: EFFICIENCIES[name][k].values.map((value) => num(value, { digits: 3 })) })))} />
    </>}</Fold>
  );
}

export default defineWidget<RiverState>({ name: "river", defaults, css, choices: { model: MODELS }, view: RiverView });
