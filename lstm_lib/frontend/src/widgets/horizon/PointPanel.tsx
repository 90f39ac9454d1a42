// The selected point in words: what was trained, what became of it, and how far the whole line reaches.
import type { JSX } from "preact";
import type { View } from "../../host/widget.tsx";
import { Select } from "../../ui/controls.tsx";
import { formatInteger } from "../../ui/format.ts";
import type { Horizon } from "./data.ts";
import type { Point } from "./MainPlot.tsx";
import { MIXTURE, type HorizonState } from "./state.ts";
import { between, nameOf, outcomeText, reachText, reachedText } from "./words.ts";

export function PointPanel({ view, horizon, point, pick }: {
  view: View<HorizonState>; horizon: Horizon; point: Point; pick: (point: Partial<Point>) => void;
}): JSX.Element {
  const { t, num, percent, language } = view, found = horizon.summary(point.network, point.lag), [from, to] = found.window;
  const network = horizon.networks.find((n) => n.key === point.network)!, count = (n: number) => formatInteger(n, language.value);
  const facts: [string, string][] = [
    [t("horizon.fact.own"), found.own ? between(found.own, view) : t("horizon.none")],
    [t("horizon.fact.reached", { target: percent(horizon.target) }), reachedText(found, view)],
    [t("horizon.fact.reach"), reachText(horizon, point.network, view)],
    [t("horizon.fact.network"), t("horizon.network", { units: network.hidden_size, parameters: count(network.core_parameters), rate: num(network.learning_rate, { digits: 3 }) })],
  ];
  return (
    <div class="point">
      <div class="what">
        <div class="which">
        <Select label={t("horizon.network_name")} value={point.network} onChange={(value) => pick({ network: value })}
          options={horizon.networks.map((n) => ({ value: n.key, label: nameOf(n.key, view) }))} />
        </div>
        <p class="outcome">{outcomeText(found, view)}</p>
        <p class="trained-on">{t(point.lag === MIXTURE ? "horizon.trained_mixture" : "horizon.trained", { from, to })}</p>
      </div>
      <dl>{facts.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>
    </div>
  );
}
