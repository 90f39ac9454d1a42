// The drawing: network, factors and plot over the same columns, and the slider that says how far the error has come.
import type { JSX } from "preact";
import { useMemo, useRef } from "preact/hooks";
import type { View } from "../../host/widget.tsx";
import { Scrubber } from "../../ui/Scrubber.tsx";
import { useDrag } from "../../ui/drag.ts";
import { useSize } from "../../ui/hooks.ts";
import { round } from "../../ui/scale.ts";
import { Graph } from "./Graph.tsx";
import { columns, frameOf, logAxis } from "./layout.ts";
import { Curve, Ends, Ground, Here, Strip, Theory, foretold } from "./Plot.tsx";
import type { Scene } from "./scene.ts";
import type { FlowState } from "./state.ts";
import { networkName, sizeSaid, verdictName, type Words } from "./words.ts";

export function Stage({ view, scene, position, words, onStep }: { view: View<FlowState>; scene: Scene; position: number; words: Words; onStep: (step: number) => void }): JSX.Element | null {
  const { state, t, hidden } = view, { ref, width } = useSize<HTMLDivElement>(), { T, lines, line } = scene, theory = state.theory.value;
  const [graph, factors, plot, still] = [!hidden("graph"), !hidden("factors"), !hidden("plot"), hidden("scrubber")];
  // A long sequence passes too fast to turn the pages of the network: they stay until the error has arrived.
  const near = useRef(position);
  if (!(state.playing.value && T > 100)) near.current = position;
  const frame = useMemo(() => frameOf(width, { graph, factors, plot }), [width, graph, factors, plot]), xs = useMemo(() => columns(frame, T), [frame, T]);
  const axis = useMemo(() => (plot ? logAxis(lines.flatMap(({ raw, logs }) => (raw === logs ? [logs] : [raw, logs])), frame.plot.top, frame.plot.bottom) : null), [lines, frame, plot]);
  const pick = (px: number) => xs.reduce((best, x, k) => (Math.abs(x - px) < Math.abs(xs[best] - px) ? k : best), 0) + 1;
  const drag = useDrag((event) => {
    if (still || (event.target as Element | null)?.closest?.(".end, .graph")) return;
    const box = ref.current!.getBoundingClientRect(), px = event.clientX - box.left;
    if (px > frame.left - 10) onStep(pick(px));
  });
  const ground = useMemo(() => axis && <Ground {...{ scene, frame, xs, words, axis }} />, [axis, xs, words, T, scene.window, lines]);
  const curves = useMemo(() => axis && lines.map((one) => <Curve key={one.name} {...{ line: one, axis, frame, xs, T, words }} chosen={one === line} />), [axis, lines, line, xs, words]);
  const predicted = useMemo(() => axis && theory ? lines.filter((one) => one === line || !scene.clip).flatMap((one) => foretold({ line: one, axis, frame, xs, T, words, chosen: one === line })) : [], [axis, lines, line, xs, theory, words]);
  if (!graph && !factors && !plot) return null;
  const list = lines.map((one) => t("gradient-flow.plot_line", {
    name: networkName(one, words), first: sizeSaid(one.logs[T - 1], words), T, last: sizeSaid(one.logs[position - 1], words), at: position, verdict: verdictName(scene.verdictAt(one, position), words),
  })).join(" ");
  const order = line ? [...lines.filter((one) => one !== line), line] : lines, top = factors ? frame.strip.top - 6 : frame.plot.top - 8;
  return (
    <div ref={ref} class="stage">
      <svg width={width} height={frame.height} viewBox={`0 0 ${width} ${frame.height}`} class={still ? "" : "live"} {...drag}>
        <clipPath id="came"><rect x={round(xs[position - 1])} y={0} width={width} height={frame.height} /></clipPath>
        {graph && <Graph {...{ scene, frame, xs, position, words }} near={near.current} onPick={still ? null : onStep} />}
        <g role="img" aria-label={t("gradient-flow.plot", { list })}>
          {(factors || plot) && <Here {...{ scene, frame, xs, position }} axis={null} from={top} />}
          {ground}
          {factors && <Strip {...{ scene, frame, xs, words, position }} />}
          {axis && <>
            <Theory lines={predicted || []} x={xs[position - 1]} words={words} />
            <g clip-path="url(#came)">{order.map((one) => curves![lines.indexOf(one)])}</g>
            <Ends {...{ scene, frame, xs, axis, position, words }} onPick={hidden("graph") ? null : (name) => { state.network.value = name; }} />
            <Here {...{ scene, frame, xs, position, axis }} from={frame.plot.bottom} />
          </>}
        </g>
      </svg>
      {!still && (plot || factors) && T > 1 && (
        <Scrubber value={position} min={1} max={T} positions={xs} back dots={T <= 60 && xs[1] - xs[0] > 8} label={t("gradient-flow.scrub")} onInput={onStep}
          valueText={(step) => (step === position ? t("gradient-flow.scrub_value", { t: step, T, list: lines.map((one) => t("gradient-flow.scrub_line", { name: networkName(one, words), size: sizeSaid(one.logs[step - 1], words) })).join("; ") }) : String(step))} />
      )}
    </div>
  );
}
