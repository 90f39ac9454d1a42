// The hero: inputs as bars that can be drawn, the network folded or unfolded, and what it remembers as a chart, all on one
// time axis. One unit with its loop stands at the reading position; unfolding leaves a copy of it at every step.
import type { JSX } from "preact";
import { useMemo, useRef } from "preact/hooks";
import { useWidget } from "../../host/widget.tsx";
import { useSize } from "../../ui/hooks.ts";
import { Scrubber } from "../../ui/Scrubber.tsx";
import { symmetricExtent } from "../../ui/scale.ts";
import { Bars } from "./Bars.tsx";
import { Chart } from "./Chart.tsx";
import { Foot } from "./Foot.tsx";
import { geometry, stepAt, type Geometry } from "./geometry.ts";
import { Network } from "./Network.tsx";
import type { Scene } from "./scene.ts";
import { useTween } from "./tween.ts";
import { stepName } from "./words.ts";

export function Drawing({ scene, unfolded, onStep, onInput }: {
  scene: Scene; unfolded: boolean; onStep: (step: number) => void; onInput: (values: number[]) => void;
}): JSX.Element {
  const view = useWidget(), { t, num } = view, { ref, width } = useSize<HTMLDivElement>(912), share = useTween(unfolded ? 1 : 0);
  const drawn = useRef<number | null>(null), extent = drawn.current ?? symmetricExtent(scene.values), { T, step } = scene;
  const worded = scene.words.length > 0, g = useMemo(() => geometry(width, T, extent, !scene.unit, worded), [width, T, extent, scene.unit, worded]);
  const xs = useMemo(() => Array.from({ length: T }, (_, k) => g.at(k)), [g]);
  // What no weight changes is not gone through again while a weight is moved.
  const foot = useMemo(() => <Foot g={g} values={scene.values} words={scene.words} step={step} extent={extent} />, [g, scene.values, scene.words, step, extent]);
  const bars = useMemo(() => <Bars g={g} values={scene.values} words={scene.words} step={step} extent={extent} onStep={onStep} onInput={onInput} hold={(on) => { drawn.current = on ? extent : null; }} />,
    [g, scene.values, scene.words, step, extent]);
  const hairline = useMemo(() => <Hairline g={g} step={step} T={T} onStep={onStep} />, [g, step]);
  return (
    <div class="drawing">
      <div ref={ref} class="stage" style={{ height: `${g.height}px` }}>
        <svg width={g.width} height={g.height} aria-hidden="true">
          {hairline}
          <Chart g={g} scene={scene} quiet={!g.wide && unfolded} />
          <Network g={g} scene={scene} share={share} />
          {foot}
        </svg>
        {bars}
      </div>
      <Scrubber value={step} max={T - 1} label={t("memory.scrub")} positions={g.wide ? xs : undefined} onInput={onStep}
        valueText={(k) => `${stepName(view, scene, k)}, h = ${Array.from({ length: scene.H }, (_, u) => num(scene.hidden[k * scene.H + u], { sign: true })).join(" ")}`} />
    </div>
  );
}

/** The reading position: one line through bars, network and chart; every column can be pressed. */
function Hairline({ g, step, T, onStep }: { g: Geometry; step: number; T: number; onStep: (step: number) => void }): JSX.Element {
  const top = g.echo?.[1] ?? g.high, point = (up: number) => g.place(g.at(step), up).join(","); // it leaves out the unit and its loop
  const [x, y] = g.place(g.at(-0.5), g.wide ? top : g.node - 20), area = useRef<SVGRectElement>(null);
  const press = (event: MouseEvent) => {
    const box = area.current!.getBoundingClientRect();
    onStep(stepAt(g, T, g.wide ? event.clientX - box.left + x : event.clientY - box.top + y));
  };
  return (
    <g>
      <path class="hair" d={`M${point(top)}L${point(g.low - (g.wide ? 4 : 0))}M${point(g.node - g.r)}L${point(g.foot - (g.wide ? 4 : 0))}`} />
      <rect ref={area} class="column" x={x} y={y} width={g.wide ? g.column * T : g.width - x} height={g.wide ? g.height - y : g.column * T} onClick={press} />
    </g>
  );
}
