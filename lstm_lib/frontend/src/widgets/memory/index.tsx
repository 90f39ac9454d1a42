// Memory: one recurrent unit, or a layer of two, and how long it remembers.
import { useComputed } from "@preact/signals";
import type { JSX } from "preact";
import { defineWidget, type View } from "../../host/widget.tsx";
import { Button, Fold, Frame, See, ValueTable } from "../../ui/controls.tsx";
import { Rich, Symbol } from "../../ui/Rich.tsx";
import { presets } from "../../core/signals.ts";
import { Dials, Presets } from "./Controls.tsx";
import { Drawing } from "./Drawing.tsx";
import { Map } from "./Map.tsx";
import { Planes } from "./Planes.tsx";
import { sceneOf, sequenceOf, type Scene } from "./scene.ts";
import { Sequence } from "./Sequence.tsx";
import { defaults, type State } from "./state.ts";
import { left, seeText, stepName } from "./words.ts";
import css from "./style.css";

function Memory(view: View<State>): JSX.Element {
  const { state, t, hidden } = view;
  const sequence = useComputed(() => sequenceOf({ inputs: state.inputs.value, text: state.text.value, preset: state.preset.value, steps: state.steps.value }));
  const scene = useComputed(() => sceneOf(Object.fromEntries(Object.entries(state).map(([key, s]) => [key, s.value])) as State, sequence.value)).value;
  const unfolded = state.unfolded.value, mode = scene.unit ? "unit" : "layer";
  return (
    <Frame title={t(`memory.title.${mode}`)} meta={<Rich text={t(`memory.meta.${mode}`)} />}>
      {!hidden("presets") && <Presets view={view} scene={scene} />}
      {!hidden("weights") && <Dials view={view} scene={scene} />}
      {!hidden("drawing") && (
        <div class="hero">
          {!hidden("fold") && (
            <p class="folding">
              <Button class="fold-button" pressed={unfolded} onClick={() => { state.unfolded.value = !unfolded; }}>{t("memory.unfold")}</Button>
              <span>{t(`memory.${unfolded ? "unfolded" : "folded"}.${mode}`)}</span>
            </p>
          )}
          <Drawing scene={scene} unfolded={unfolded} onStep={(k) => { if (k !== state.step.peek()) state.step.value = k; }} onInput={(values) => { state.inputs.value = values; }} />
        </div>
      )}
      {!hidden("sequence") && <Sequence view={view} scene={scene} />}
      {scene.unit
        ? (!hidden("map") || !hidden("facts")) && <div class="below">{!hidden("map") && <Map scene={scene} />}{!hidden("facts") && <Facts view={view} scene={scene} />}</div>
        : !hidden("map") && <Planes scene={scene} />}
      {!hidden("see") && <See text={seeText(view, scene)} />}
      {!hidden("table") && <Fold label={t("common.table")}>{() => <Table view={view} scene={scene} />}</Fold>}
    </Frame>
  );
}

interface Part { view: View<State>; scene: Scene }

/** The equation with its numbers, and what the fixed points say. */
function Facts({ view: { t, num }, scene }: Part): JSX.Element {
  const { step, points } = scene, n = step + 1, w = scene.net.weight_hh[0], u = scene.net.weight_ih[0], b = scene.net.bias_ih[0], x = scene.values[step], before = step ? scene.hidden[step - 1] : 0;
  const signed = (v: number) => num(v, { sign: true }), plus = (v: number) => (v < 0 ? `− ${num(-v)}` : `+ ${num(v)}`);
  return (
    <div class="facts">
      <p class="eq"><Rich text={`{h_${n}} = tanh($w$ · {h_${step}} + $u$ · $x_{${n}}$ + $b$)`} /></p>
      <p class="eq"><Rich text={`= tanh(${num(w)} · (${signed(before)}) + ${num(u)} · (${signed(x)}) ${plus(b)})`} /></p>
      <p class="eq"><Rich text={`= tanh(${signed(w * before + u * x + b)}) = **${signed(scene.hidden[step])}**`} /></p>
      <p class="lead">{t(points.length === 1 ? "memory.points.one" : "memory.points.many", { n: points.length })}</p>
      <ul>
        {points.map((p) => (
          <li key={p.value}>
            <svg width="16" height="16" aria-hidden="true"><circle class={p.stable ? "fixed" : "fixed open"} cx={8} cy={8} r={6} /></svg>
            <span><Rich text={t(pointKey(p.stable, p.slope), { value: `**${signed(p.value)}**`, slope: num(p.slope), share: num(Math.abs(p.slope)) })} /></span>
          </li>
        ))}
      </ul>
    </div>
  );
}

const pointKey = (stable: boolean, slope: number) => `memory.point.${!stable ? "away" : Math.abs(slope) > 0.995 ? "neutral" : slope < 0 ? "turning" : "towards"}`;

function Table({ view, scene }: Part): JSX.Element {
  const { t, num, percent } = view, signed = (v: number) => num(v, { sign: true });
  const columns = [t("common.step"), <i class="sym">x</i>, ...(scene.unit ? [<Symbol q="h" />] : [<Symbol q="h" sub="1" />, <Symbol q="h" sub="2" />, "‖h‖"]), t("memory.echo"), t("memory.share")];
  return (
    <ValueTable caption={t("memory.table")} columns={columns}
      rows={scene.values.map((x, k) => {
        const share = left(scene, k), own = Array.from(scene.hidden.slice(k * scene.H, (k + 1) * scene.H));
        return {
          key: k, head: scene.words[k] ? `${k + 1} ${scene.words[k]}` : stepName(view, scene, k), current: k === scene.step,
          cells: [signed(x), ...own.map(signed), ...(scene.unit ? [] : [num(Math.hypot(...own))]), num(scene.echo[k]), share === null ? "" : percent(share)],
        };
      })} />
  );
}

export default defineWidget<State>({ name: "memory", defaults, css, choices: { mode: ["unit", "layer"], preset: [...presets] }, view: (props) => <Memory {...props} /> });
