// Gradient through time: the error of the last step goes back through an unrolled network, and what is left of it at every step.
import type { JSX } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { useComputed } from "@preact/signals";
import { createFlow, type Flow } from "../../core/gradient_flow.ts";
import { defineWidget, type View } from "../../host/widget.tsx";
import { Button, Fold, Frame, See, ValueTable } from "../../ui/controls.tsx";
import { Rich, Symbol } from "../../ui/Rich.tsx";
import { Cases, Dials, Settings, Unrolled } from "./Controls.tsx";
import { Facts } from "./Facts.tsx";
import { SizeText } from "./Marks.tsx";
import { positionOf, sceneOf, settingsOf, type Scene } from "./scene.ts";
import { Stage } from "./Stage.tsx";
import { ACTIVATIONS, NETWORKS, OF, SCHEMES, defaults, type FlowState, type NetworkName } from "./state.ts";
import css from "./style.css";
import { factorText, networkName, seeText, type Words } from "./words.ts";

function GradientFlow(view: View<FlowState>): JSX.Element {
  const { state, t, hidden, language } = view, now = language.value, words = useMemo<Words>(() => ({ t, num: view.num, percent: view.percent, language: now }), [now]);
  const settings = useComputed(() => settingsOf({
    steps: state.steps.value, gain: state.gain.value, activation: state.activation.value, forget_bias: state.forget_bias.value, scheme: state.scheme.value, seed: state.seed.value, window: state.window.value,
  }));
  const run = useMemo(createFlow, []), flows = useComputed(() => {
    const now = settings.value, found: Partial<Record<NetworkName, Flow>> = {};
    return (name: NetworkName) => (found[name] ??= run(name, now)); // networks that are not drawn cost nothing
  });
  const scene = useComputed(() => sceneOf(settings.value, flows.value, { networks: state.networks.value, network: state.network.value, of: state.of.value, clip: state.clip.value })).value;
  const position = positionOf(state.step.value, scene.T), go = (step: number) => { state.step.value = step <= 1 ? 0 : Math.min(step, scene.T); };
  usePlaying(view, scene.T);
  // A link may set what the fold holds: then it opens, and stays as the reader leaves it.
  const linked = view.linked.value, seen = useRef<object | null>(null), unfolded = useRef(asked(state));
  if (linked !== seen.current) { seen.current = linked; unfolded.current ||= asked(state); }
  const open = unfolded.current;
  return (
    <Frame title={t("gradient-flow.title")} meta={<Rich text={t("gradient-flow.meta")} />}>
      {!hidden("cases") && <Cases view={view} />}
      {!hidden("dials") && <Dials view={view} scene={scene} />}
      {!hidden("graph") && <Going view={view} scene={scene} position={position} words={words} />}
      <Stage view={view} scene={scene} position={position} words={words} onStep={(step) => { state.playing.value = false; go(step); }} />
      {!hidden("facts") && <Facts scene={scene} position={position} words={words} />}
      {!hidden("see") && <See text={seeText(scene, position, words)} />}
      {!hidden("settings") && <Fold label={t("gradient-flow.settings")} open={open}>{() => <Settings view={view} scene={scene} />}</Fold>}
      {!hidden("table") && <Fold label={t("common.table")}>{() => <Table scene={scene} position={position} words={words} />}</Fold>}
    </Frame>
  );
}

/** Whether something that the fold holds was set before the reader came. */
const asked = (state: View<FlowState>["state"]): boolean => (["window", "clip", "activation", "scheme", "seed"] as const).some((key) => state[key].peek() !== defaults[key]);

/** While playing, the error goes back at a pace that takes some seconds for any length; without motion it goes at once. */
function usePlaying({ state }: View<FlowState>, T: number): void {
  const playing = state.playing.value;
  useEffect(() => {
    if (!playing) return;
    const start = positionOf(state.step.peek(), T), from = start === 1 ? T : start, pace = Math.min(420, Math.max(12, 6000 / T));
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) { state.step.value = 0; state.playing.value = false; return; }
    state.step.value = from;
    let frame = 0, began = 0, last = from;
    const tick = (time: number) => {
      began ||= time;
      const at = Math.max(1, from - Math.floor((time - began) / pace));
      if (at !== last) { last = at; state.step.value = at === 1 ? 0 : at; }
      if (at === 1) state.playing.value = false; else frame = requestAnimationFrame(tick);
    };
    frame = requestAnimationFrame(tick);
    return () => cancelAnimationFrame(frame);
  }, [playing, T]);
}

interface Part { view: View<FlowState>; scene: Scene; position: number; words: Words }

/** Who is unrolled, what sends the error back, and the multiplication of the step it just made. */
function Going({ view, scene, position, words }: Part): JSX.Element {
  const { state, t } = view, { T } = scene, playing = state.playing.value, step = (to: number) => { state.playing.value = false; state.step.value = to <= 1 ? 0 : to; };
  return (
    <>
      <div class="going">
        <Unrolled view={view} scene={scene} />
        <div class="row">
          <Button primary class="send" onClick={() => { state.playing.value = !playing; }}>
            <svg viewBox="0 0 13 13" aria-hidden="true"><path d={playing ? "M1,1h4v11h-4zM8,1h4v11h-4z" : "M12,0.5V12.5L1,6.5Z"} /></svg>{t(playing ? "gradient-flow.pause" : "gradient-flow.send")}
          </Button>
          <Button class="one" aria-label={t("gradient-flow.back_label")} disabled={position === 1 && !(state.step.value === T)} onClick={() => step(position - 1)}>
            <svg viewBox="0 0 13 13" aria-hidden="true"><path d="M11,0.5V12.5L3,6.5ZM0.5,0.5h2v12h-2z" /></svg>{t("gradient-flow.back")}
          </Button>
          <Button disabled={position === T} onClick={() => step(T)}>{t("gradient-flow.again")}</Button>
        </div>
      </div>
      <p class="equation"><Equation scene={scene} position={position} words={words} /></p>
    </>
  );
}

/** The text of the locale with the numbers in it, which carry exponents. */
function Equation({ scene, position, words }: { scene: Scene; position: number; words: Words }): JSX.Element {
  const { T, line, window, factors } = scene, { t } = words, q = line.of === "cell" ? "c" : "h", now = `{${q}_${position}}`, before = `{${q}_${position + 1}}`, log = line.logs[position - 1];
  if (position < T && log === -Infinity) {
    const key = window && T - position > window ? "edge" : "zero";
    return <Rich text={t(`gradient-flow.equation.${key}`, { now, before, window })} />;
  }
  const text = position === T ? t("gradient-flow.equation.start", { T, s: now, size: "\u0000" })
    : t("gradient-flow.equation.step", { now, before, factor: factorText(factors[position - 1], words), from: "\u0001", size: "\u0000" });
  // Rich makes the symbols; sizes carry an exponent that it has no mark for.
  return <>{text.replace(/\*\*([\u0000\u0001])\*\*/g, "$1").split(/([\u0000\u0001])/).map((piece, k) => (piece === "\u0000" ? <b key={k}><SizeText log={log} words={words} /></b> : piece === "\u0001" ? <SizeText key={k} log={line.logs[position]} words={words} /> : <Rich key={k} text={piece} />))}</>;
}

function Table({ scene, position, words }: { scene: Scene; position: number; words: Words }): JSX.Element {
  const { T, lines, line, factors } = scene, { t } = words;
  return (
    <ValueTable caption={t("gradient-flow.table", { name: networkName(line, words) })}
      columns={[t("common.step"), ...lines.map((one) => <>{networkName(one, words)}, d<i class="sym">L</i>/d<Symbol q={one.of === "cell" ? "c" : "h"} /></>), t("gradient-flow.table_factor", { name: networkName(line, words) })]}
      rows={Array.from({ length: T }, (_, k) => T - k).map((step) => ({
        key: step, head: step, current: step === position,
        cells: [...lines.map((one) => <SizeText log={one.logs[step - 1]} words={words} />), step === T || Number.isNaN(factors[step - 1]) ? "" : factorText(factors[step - 1], words)],
      }))} />
  );
}

export default defineWidget<FlowState>({
  name: "gradient-flow", defaults, css, unlinked: ["playing"], view: (props) => <GradientFlow {...props} />,
  choices: { activation: ACTIVATIONS, scheme: SCHEMES, of: OF, network: NETWORKS },
});
