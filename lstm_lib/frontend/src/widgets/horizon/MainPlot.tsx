// Accuracy against the minimal lag of the training data, with the mixture as a column of its own at the left: a network that
// fails at a lag and the same network that succeeds on the mixture stand in one picture.
import type { JSX } from "preact";
import { useMemo, useRef } from "preact/hooks";
import type { View } from "../../host/widget.tsx";
import { useDrag } from "../../ui/drag.ts";
import { NetworkMark } from "../../ui/NetworkMark.tsx";
import { Scrubber } from "../../ui/Scrubber.tsx";
import { apart, clamp, round } from "../../ui/scale.ts";
import { Levels, Ticks } from "./Axis.tsx";
import type { Horizon, Network } from "./data.ts";
import { dodge, labelled, lagAxis, plot as makePlot } from "./layout.ts";
import { Series } from "./Series.tsx";
import { LAGS, MIXTURE, type HorizonState } from "./state.ts";
import { between, nameOf, pointName, reachedText, share } from "./words.ts";

const PLACES = [MIXTURE, ...LAGS];

export interface Point { network: string; lag: number }

export function MainPlot({ view, horizon, networks, point, pick, width, height, seeds }: {
  view: View<HorizonState>; horizon: Horizon; networks: Network[]; point: Point; pick: (point: Partial<Point>) => void; width: number; height: number; seeds: boolean;
}): JSX.Element {
  const { t, hidden } = view, roomy = width >= 480, drawing = useRef<SVGSVGElement>(null);
  const p = makePlot(width, height, horizon.floor, roomy ? 46 : 40, roomy ? 138 : 102), axis = lagAxis(p);
  const offsets = dodge(networks.length, Math.min(axis.apart - 4, 22)), keys = networks.map((n) => n.key), at = keys.indexOf(point.network);
  const place = (k: number) => (lag: number) => round(axis.x(lag) + offsets[k]);
  const spreads = networks.map((n) => LAGS.flatMap((lag) => horizon.own(n.key, lag) ?? []));
  const mixtures = networks.map((n) => horizon.own(n.key, MIXTURE));
  const order = [...networks.keys()].filter((k) => k !== at).concat(at < 0 ? [] : [at]); // the selected one on top
  const own = horizon.own(point.network, point.lag);
  // Only another network, size or choice changes the lines: a lag moves past them.
  const lines = useMemo(() => order.map((k) => {
    const shared = { network: keys[k], x: place(k), y: p.y, seeds, selected: k === at }, mixture = mixtures[k];
    return (
      <g key={keys[k]}>
        <Series {...shared} points={spreads[k]} />
        {mixture && <Series {...shared} points={[mixture]} />}
      </g>
    );
  }), [networks, at, width, height, seeds]);

  const toPoint = (event: PointerEvent) => {
    const box = drawing.current!.getBoundingClientRect(), px = event.clientX - box.left, py = event.clientY - box.top;
    if (px > p.right + 10) return; // the names answer for themselves
    const lag = PLACES.reduce((best, place) => (Math.abs(axis.x(place) - px) < Math.abs(axis.x(best) - px) ? place : best));
    const far = (k: number) => { const s = horizon.own(keys[k], lag); return s ? Math.hypot(p.y(s.mean) - py, (place(k)(lag) - px) / 2) : Infinity; };
    const near = keys.map((_, k) => k).reduce((best, k) => (far(k) < far(best) ? k : best), Math.max(0, at));
    pick({ lag, network: Math.abs(far(near)) < 60 ? keys[near] : point.network });
  };
  const move = (networkBy: number, lagBy: number) => pick({
    network: keys[clamp(at + networkBy, 0, keys.length - 1)], lag: PLACES[clamp(PLACES.indexOf(point.lag) + lagBy, 0, PLACES.length - 1)],
  });
  const key = (event: KeyboardEvent) => {
    const keys: Record<string, () => void> = {
      ArrowUp: () => move(-1, 0), ArrowDown: () => move(1, 0), ArrowLeft: () => move(0, -1), ArrowRight: () => move(0, 1),
      Home: () => move(0, -99), End: () => move(0, 99), PageUp: () => move(-99, 0), PageDown: () => move(99, 0),
    };
    if (!keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  };
  const heard = `${nameOf(point.network, view)}, ${pointName(point.lag, view)}: ${own ? between(own, view) : ""} (${reachedText(horizon.summary(point.network, point.lag), view)})`;
  return (
    <div class="main">
      <p class="plot-title">{t("horizon.plot")}</p>
      <div class="canvas">
        <input class="keys" type="range" min={0} max={Math.max(0, keys.length - 1)} value={Math.max(0, at)} aria-orientation="vertical" onKeyDown={key}
          aria-label={t("horizon.keys")} aria-valuetext={heard} onInput={(event) => pick({ network: keys[Number(event.currentTarget.value)] })} />
        <svg ref={drawing} width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={t("horizon.plot_label", { networks: keys.map((k) => nameOf(k, view)).join(", ") })} {...useDrag(toPoint)}>
          <Levels plot={p} floor={horizon.floor} numbers chanceAt={axis.start - 2} />
          <path class="gap" d={`M${(axis.x(MIXTURE) + axis.start) / 2},${p.top}V${p.bottom + 24}`} />
          <path class="here" d={`M${axis.x(point.lag)},${p.top - 6}V${p.bottom}`} />
          <Ticks plot={p} places={LAGS} x={axis.x} shown={labelled(LAGS, axis.x, roomy ? 22 : 18, [point.lag])} current={point.lag} />
          <Ticks plot={p} places={[MIXTURE]} x={axis.x} shown={new Set([MIXTURE])} current={point.lag} text={() => horizon.summary(point.network, MIXTURE).window.join("–")} />
          {lines}
          {own && <text class="axis value" x={axis.x(point.lag)} y={p.top - 12} text-anchor="middle" aria-hidden="true">{t(own.low < own.high ? "horizon.mean" : "horizon.same", { share: share(own.mean, view) })}</text>}
          <Names {...{ view, networks, spreads, mixtures, at, pick }} x={(k, s) => (s.length ? place(k)(s[s.length - 1].at) : axis.x(MIXTURE))} y={p.y} right={p.right} top={p.top} bottom={p.bottom} roomy={roomy} />
          <text class="axis" x={axis.x(MIXTURE)} y={p.bottom + 38} text-anchor="middle" aria-hidden="true">{t("horizon.mixture_short")}</text>
          <text class="axis" x={axis.start} y={p.bottom + 38} aria-hidden="true">{t(roomy ? "horizon.axis" : "horizon.axis_short")}</text>
        </svg>
      </div>
      {!hidden("scrubber") && <Scrubber value={PLACES.indexOf(point.lag)} min={0} max={PLACES.length - 1} positions={PLACES.map(axis.x)} label={t("horizon.scrub")}
        valueText={(v) => pointName(PLACES[v], view)} onInput={(v) => pick({ lag: PLACES[v] })} />}
    </div>
  );
}

/** The networks' names at the ends of their lines; pressing one selects it. */
function Names({ view, networks, spreads, mixtures, at, pick, x, y, right, top, bottom, roomy }: {
  view: View<HorizonState>; networks: Network[]; spreads: ReturnType<Horizon["curve"]>[]; mixtures: (ReturnType<Horizon["own"]>)[]; at: number;
  pick: (point: Partial<Point>) => void; x: (k: number, s: ReturnType<Horizon["curve"]>) => number; y: (share: number) => number; right: number; top: number; bottom: number; roomy: boolean;
}): JSX.Element {
  const ends = spreads.map((s, k) => y((s[s.length - 1] ?? mixtures[k])?.mean ?? 0.5));
  const levels = apart(ends, roomy ? 22 : 20, top + 2, bottom), start = right + (roomy ? 18 : 10);
  return (
    <g class="names" aria-hidden="true">
      {networks.map((n, k) => (
        <g key={n.key} class={`name${k === at ? " chosen" : ""}`} data-network={n.key} onClick={() => pick({ network: n.key })}>
          <rect x={start - 6} y={levels[k] - 11} width={roomy ? 124 : 96} height={22} />
          {spreads[k].length > 0 && <path class="leader" d={`M${x(k, spreads[k]) + 8},${ends[k]}L${start - 3},${levels[k]}`} />}
          <NetworkMark network={n.key} x={start + 4} y={levels[k]} size={4.5} />
          <text x={start + 15} y={levels[k] + 4.5}>{nameOf(n.key, view)}</text>
        </g>
      ))}
    </g>
  );
}
