// The learning horizon: every recorded run of eight networks, by the shortest dependency in what they were trained on.
import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import { defineWidget, type View } from "../../host/widget.tsx";
import { Button, Frame, See } from "../../ui/controls.tsx";
import { useSize } from "../../ui/hooks.ts";
import { NetworkSample, dashOf } from "../../ui/NetworkMark.tsx";
import { RECORDED, createHorizon, shownNetworks, type Horizon, type Network } from "./data.ts";
import css from "./horizon.css";
import { MainPlot, type Point } from "./MainPlot.tsx";
import { PointPanel } from "./PointPanel.tsx";
import { SidePlot } from "./SidePlot.tsx";
import { AGAINST, LAGS, MIXTURE, defaults, type HorizonState } from "./state.ts";
import { Tables } from "./Tables.tsx";
import { nameOf, seeText } from "./words.ts";

const RECORD = createHorizon(RECORDED);
const KEYS = RECORD.networks.map((n) => n.key);

function HorizonView(view: View<HorizonState>): JSX.Element {
  const { state, t, hidden } = view, { ref, width } = useSize<HTMLDivElement>();
  const asked = state.network.value, network = KEYS.includes(asked) ? asked : KEYS[0], lag = nearestLag(state.lag.value);
  const networks = useMemo(() => shownNetworks(RECORD.networks, state.networks.value, network), [state.networks.value, network]);
  const point: Point = { network, lag }, against = AGAINST.includes(state.against.value) ? state.against.value : "distance";
  const pick = (to: Partial<Point>) => {
    if (to.network !== undefined) state.network.value = to.network;
    if (to.lag !== undefined) state.lag.value = to.lag;
  };
  const large = width >= 820, seeds = state.seeds.value, height = width >= 600 ? 396 : 320;
  const second = !hidden("second"), sideWidth = large ? [200, 116] : width >= 600 ? [(width - 24) * 0.6, (width - 24) * 0.4] : [width, width];
  const mainWidth = large && second ? width - sideWidth[0] - sideWidth[1] - 52 : width;
  return (
    <Frame title={t("horizon.title")} meta={t("horizon.meta", { count: RECORD.count })}>
      {!hidden("tools") && <Tools {...{ view, networks, network, pick }} />}
      <div ref={ref} class={`plots ${large ? "large" : width >= 600 ? "medium" : "small"}`}>
        {!hidden("plot") && <MainPlot {...{ view, horizon: RECORD, networks, point, pick, seeds, height }} width={Math.round(mainWidth)} />}
        {second && <Second {...{ view, point, against, seeds }} height={large ? height : 260} widths={sideWidth.map(Math.round)} both={width >= 600} large={large} />}
      </div>
      {!hidden("point") && <PointPanel {...{ view, horizon: RECORD, point, pick }} />}
      {!hidden("see") && <See text={seeText(RECORD, { network, lag, against }, view)} />}
      {!hidden("table") && <Tables {...{ view, horizon: RECORD, networks, point }} />}
    </Frame>
  );
}

/** A lag that was measured: the nearest to what was asked for. */
export function nearestLag(asked: number): number {
  if (asked === MIXTURE || !Number.isFinite(asked)) return MIXTURE;
  return LAGS.reduce<number>((best, lag) => (Math.abs(lag - asked) < Math.abs(best - asked) ? lag : best), LAGS[0]);
}

/** Which networks are drawn, and whether each seed is. */
function Tools({ view, networks, network, pick }: { view: View<HorizonState>; networks: Network[]; network: string; pick: (point: Partial<Point>) => void }): JSX.Element {
  const { state, t } = view, [open, setOpen] = useState(false), shown = new Set(networks.map((n) => n.key));
  const toggle = (key: string) => {
    const next = KEYS.filter((other) => (other === key ? !shown.has(key) : shown.has(other)));
    if (!next.length) return;
    state.networks.value = next;
    if (key === network && !next.includes(key)) pick({ network: next[Math.min(KEYS.indexOf(key), next.length - 1)] });
  };
  return (
    <>
      <div class="tools">
        <button type="button" class="textbtn" aria-expanded={open} onClick={() => setOpen(!open)}>{t("horizon.choose", { shown: networks.length, all: KEYS.length })}</button>
        <button type="button" class="textbtn" onClick={() => { state.seeds.value = !state.seeds.value; }}>{t(state.seeds.value ? "horizon.seeds_hide" : "horizon.seeds_show")}</button>
      </div>
      {open && (
        <div class="chooser" role="group" aria-label={t("horizon.networks")}>
          {RECORD.networks.map((n) => (
            <Button key={n.key} class="net" pressed={shown.has(n.key)} disabled={shown.has(n.key) && networks.length === 1} onClick={() => toggle(n.key)}>
              <NetworkSample network={n.key} />{nameOf(n.key, view)}
            </Button>
          ))}
        </div>
      )}
    </>
  );
}

/** Distance and distractors: side by side where there is room, else one of them. */
function Second({ view, point, against, seeds, height, widths, both, large }: {
  view: View<HorizonState>; point: Point; against: HorizonState["against"]; seeds: boolean; height: number; widths: number[]; both: boolean; large: boolean;
}): JSX.Element {
  const { state, t } = view;
  return (
    <div class="second" role="group" aria-label={t("horizon.second", { name: nameOf(point.network, view) })}>
      {AGAINST.map((kind, k) => (
        <div key={kind} class={`one${kind === against ? " chosen" : ""}`}>
          <button type="button" class="tab" aria-pressed={kind === against} onClick={() => { state.against.value = kind; }}>{t(`horizon.${kind}`)}</button>
          {(both || kind === against) && <SidePlot {...{ view, horizon: RECORD as Horizon, point, against: kind, seeds, height }} width={widths[k]} numbers={!large && (k === 0 || !both)} aligned={large} />}
        </div>
      ))}
      <p class="legend">
        {seeds && <span><svg width="12" height="10" viewBox="0 0 12 10" aria-hidden="true"><circle cx="6" cy="5" r="2.2" /></svg>{t("horizon.key_seed")}</span>}
        {seeds && <span><svg width="12" height="10" viewBox="0 0 12 10" aria-hidden="true"><path class="crosses" d="M2.8,1.8l6.4,6.4m0,-6.4l-6.4,6.4" /></svg>{t("horizon.key_window")}</span>}
        <span><svg width="26" height="10" viewBox="0 0 26 10" aria-hidden="true"><path class="trained" d="M1,5H25" /></svg>{t("horizon.key_trained")}</span>
        {point.lag !== MIXTURE && <span><svg width="26" height="10" viewBox="0 0 26 10" aria-hidden="true"><path class="other" d="M1,5H25" style={{ strokeDasharray: dashOf(point.network) }} /></svg>{t("horizon.key_mixture")}</span>}
      </p>
    </div>
  );
}

export default defineWidget<HorizonState>({ name: "horizon", defaults, css, choices: { network: KEYS, lag: [MIXTURE, ...LAGS], against: AGAINST }, view: HorizonView });
