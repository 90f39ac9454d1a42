// The selected runs tested away from home: at other distances, or with more distractors. The axis of accuracy is that of the
// main plot; the thin line is the same network trained on the mixture.
import type { JSX } from "preact";
import type { View } from "../../host/widget.tsx";
import { dashOf } from "../../ui/NetworkMark.tsx";
import { linePath, linear } from "../../ui/scale.ts";
import { Levels, Ticks } from "./Axis.tsx";
import type { Horizon } from "./data.ts";
import { labelled, logarithmic, plot as makePlot } from "./layout.ts";
import type { Point } from "./MainPlot.tsx";
import { Series } from "./Series.tsx";
import { MIXTURE, type Against, type HorizonState } from "./state.ts";
import { between, nameOf } from "./words.ts";

export function SidePlot({ view, horizon, point, against, width, height, seeds, numbers, aligned }: {
  view: View<HorizonState>; horizon: Horizon; point: Point; against: Against; width: number; height: number; seeds: boolean; numbers: boolean; aligned: boolean;
}): JSX.Element {
  const { t } = view, points = horizon.curve(point.network, point.lag, against), other = point.lag === MIXTURE ? [] : horizon.curve(point.network, MIXTURE, against);
  const p = makePlot(width, height, horizon.floor, numbers ? 40 : 6, 8, aligned ? undefined : 12), places = (points.length ? points : other).map((s) => s.at);
  const ends: [number, number] = [places[0] ?? 0, places[places.length - 1] ?? 1], inner: [number, number] = [p.left + 10, p.right - 10];
  const x = against === "distance" && ends[0] > 0 ? logarithmic(ends, inner) : linear(ends, inner);
  const [from, to] = horizon.summary(point.network, point.lag).window, name = nameOf(point.network, view);
  const trained = against === "distance" && places.length > 0;
  const told = points.length ? points.map((s) => t(`horizon.${against}_value`, { at: s.at, range: between(s, view) })).join("; ") : t("horizon.none");
  return (
    <svg class="side" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={t(`horizon.${against}_label`, { name, from, to, words: horizon.distractors_at, values: told })}>
      <Levels plot={p} floor={horizon.floor} numbers={numbers} />
      {trained && <path class="trained" d={`M${x(Math.max(from, ends[0]))},${p.bottom}H${x(Math.min(to, ends[1]))}`} />}
      <Ticks plot={p} places={places} x={x} shown={labelled(places, x, 22)} />
      {other.length > 1 && <path class="other" d={linePath(other.map((s) => x(s.at)), other.map((s) => p.y(s.mean)))} style={{ strokeDasharray: dashOf(point.network) }} />}
      <Series network={point.network} points={points} x={x} y={p.y} seeds={seeds} selected joined size={4} />
      <text class="axis" x={p.left} y={p.bottom + 38} aria-hidden="true">{t(`horizon.${against}_axis`, { words: horizon.distractors_at })}</text>
    </svg>
  );
}
