// All that the plots draw, as numbers: every point, and every seed of the selected one.
import type { JSX } from "preact";
import type { View } from "../../host/widget.tsx";
import { Fold, ValueTable } from "../../ui/controls.tsx";
import type { Horizon, Network } from "./data.ts";
import type { Point } from "./MainPlot.tsx";
import { AGAINST, LAGS, MIXTURE, type HorizonState } from "./state.ts";
import { between, nameOf, pointName, share } from "./words.ts";

export function Tables({ view, horizon, networks, point }: { view: View<HorizonState>; horizon: Horizon; networks: Network[]; point: Point }): JSX.Element {
  const { t } = view, name = nameOf(point.network, view), runs = horizon.runsOf(point.network, point.lag);
  return (
    <Fold label={t("common.table")}>{() => <>
      <p class="caption">{t("horizon.table")}</p>
      <ValueTable caption={t("horizon.table")} columns={[t("horizon.table_lag"), ...networks.map((n) => nameOf(n.key, view))]}
        rows={[MIXTURE, ...LAGS].map((lag) => ({
          key: lag, head: lag === MIXTURE ? t("horizon.mixture") : lag, current: lag === point.lag,
          cells: networks.map((n) => {
            const found = horizon.summary(n.key, lag);
            return found.own ? <>{between(found.own, view)}<span class="of">{t("horizon.table_learned", { learned: found.kinds.learned, count: found.runs.length })}</span></> : t("horizon.none");
          }),
        }))} />
      {runs.length > 0 && AGAINST.map((against) => (
        <div key={against} class="seeds-table">
          <p class="caption">{t(`horizon.table_${against}`, { name, at: pointName(point.lag, view), words: horizon.distractors_at })}</p>
          <ValueTable caption={t(`horizon.${against}`)} columns={[t(`horizon.column_${against}`), ...runs.map((run) => t("horizon.seed", { seed: run.seed }))]}
            rows={horizon.curve(point.network, point.lag, against).map((spread) => ({ key: spread.at, head: spread.at, cells: spread.values.map((value) => share(value, view)) }))} />
        </div>
      ))}
    </>}</Fold>
  );
}
