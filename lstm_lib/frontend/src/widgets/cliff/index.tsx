// The cliff: the error of one unit as a relief, and a walk down it, with and without norm clipping.
import type { JSX } from "preact";
import { batch, useComputed } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import { defineWidget, useWidget, type View } from "../../host/widget.tsx";
import { Button, Fold, Frame, See, ValueTable } from "../../ui/controls.tsx";
import { Rich } from "../../ui/Rich.tsx";
import { Scrubber } from "../../ui/Scrubber.tsx";
import { Chart } from "./Chart.tsx";
import { Relief } from "./Relief.tsx";
import { NAMES, sceneOf, type Scene } from "./scene.ts";
import { PICTURE, defaults, type State } from "./state.ts";
import { placeText, power, seeText, signed } from "./words.ts";
import css from "./style.css";

const RATES = [0.003, 0.01, 0.03, 0.1, 0.2, 0.3, 0.5, 1], LIMITS = [0.03, 0.1, 0.3, 0.5, 1, 2, 5, 10, 100];
const nearest = (values: readonly number[], value: number) => values.reduce((best, v, k) => (Math.abs(Math.log(v / value)) < Math.abs(Math.log(values[best] / value)) ? k : best), 0);

function CliffView(view: View<State>): JSX.Element {
  const { state, t, hidden } = view;
  const scene = useComputed(() => sceneOf({
    weight: state.weight.value, bias: state.bias.value, steps: state.steps.value, initial: state.initial.value, target: state.target.value,
    learning_rate: state.learning_rate.value, max_norm: state.max_norm.value, moves: state.moves.value, move: state.move.value,
  })).value;
  const start = (w: number, b: number) => batch(() => { state.weight.value = w; state.bias.value = b; });
  return (
    <Frame title={t("cliff.title")} meta={<Rich text={t("cliff.meta")} />}>
      {!hidden("picture") && <Relief scene={scene} onStart={start} />}
      {!hidden("walk") && <WalkControls view={view} scene={scene} />}
      {!hidden("chart") && <Chart scene={scene} />}
      {!hidden("now") && <Now scene={scene} />}
      {!hidden("dials") && <Dials view={view} scene={scene} />}
      {!hidden("see") && <See text={seeText(view, scene)} />}
      {!hidden("table") && <Fold label={t("common.table")}>{() => <Table scene={scene} />}</Fold>}
    </Frame>
  );
}

interface Part { view: View<State>; scene: Scene }

/** One step, all of them, back to the start; and the move as a slider. Walking takes time unless motion is not wanted. */
function WalkControls({ view: { state, t }, scene }: Part): JSX.Element {
  const [walking, setWalking] = useState(false), timer = useRef(0), { move, moves } = scene;
  useEffect(() => {
    if (!walking) return;
    timer.current = window.setInterval(() => {
      const next = state.move.peek() + 1;
      state.move.value = Math.min(next, moves);
      if (next >= moves) setWalking(false);
    }, 130);
    return () => clearInterval(timer.current);
  }, [walking, moves]);
  const all = () => {
    if (walking) { setWalking(false); return; }
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) { state.move.value = moves; return; }
    if (move >= moves) state.move.value = 0;
    setWalking(true);
  };
  return (
    <div class="walking">
      <div class="row">
        <Button primary onClick={all}>{t(walking ? "cliff.pause" : "cliff.walk")}</Button>
        <Button disabled={move >= moves} onClick={() => { setWalking(false); state.move.value = move + 1; }}>{t("cliff.step")}</Button>
        <Button disabled={move === 0} onClick={() => { setWalking(false); state.move.value = 0; }}>{t("cliff.back")}</Button>
      </div>
      <div class="moves"><span class="lab">{t("cliff.move")}<b class="num">{move}</b></span>
        <Scrubber value={move} max={moves} dots={false} label={t("cliff.move")} valueText={(v) => t("cliff.move_n", { n: v })} onInput={(v) => { setWalking(false); state.move.value = v; }} /></div>
    </div>
  );
}

/** Both walks in numbers, with the word for what has become of them. */
function Now({ scene }: { scene: Scene }): JSX.Element {
  const widget = useWidget(), { t } = widget;
  return (
    <div class="now">
      {NAMES.map((name) => {
        const walk = scene.walks[name], k = scene.move;
        return (
          <div class={`card ${name}`} key={name}>
            <p class="who"><svg width="34" height="14" aria-hidden="true"><g class={`walk ${name}`}><path class="line" d="M1,7H33" /><circle cx={17} cy={7} r={4.5} /></g></svg>{t(`cliff.walk.${name}`)}</p>
            <p class="word">{scene.move === 0 ? t("cliff.outcome.start") : t(`cliff.outcome.${scene.outcomes[name]}`)}</p>
            <dl>
              <dt>{t("cliff.row.place")}</dt><dd>{placeText(widget, scene, name)}</dd>
              <dt>{t("cliff.row.error")}</dt><dd>{power(widget, walk.errors[k])}</dd>
              <dt>{t("cliff.row.norm")}</dt><dd>{power(widget, walk.norms[k])}</dd>
              <dt>{t("cliff.row.length")}</dt><dd>{k ? power(widget, walk.lengths[k - 1]) : "—"}</dd>
            </dl>
          </div>
        );
      })}
    </div>
  );
}

function Dials({ view: { state, t, num }, scene }: Part): JSX.Element {
  const tidy = (v: number) => Math.round(v * 100) / 100, write = (v: number) => num(v, { digits: v < 0.1 ? (v < 0.01 ? 3 : 2) : Number.isInteger(v) ? 0 : 1 });
  const dial = (key: "weight" | "bias", symbol: string, range: readonly [number, number], value: number, said: (v: number) => string) => (
    <div class="dial"><span class="lab"><i class="sym">{symbol}</i>{t(`cliff.dial.${key}`)}<b class="num">{said(value)}</b></span>
      <Scrubber value={value} min={range[0]} max={range[1]} step={0.02} dots={false} label={t(`cliff.dial.${key}`)} valueText={said} onInput={(v) => { state[key].value = tidy(v); }} /></div>
  );
  const listed = (key: "learning_rate" | "max_norm", values: readonly number[], value: number) => (
    <div class="dial"><span class="lab">{t(`cliff.dial.${key}`)}<b class="num">{write(value)}</b></span>
      <Scrubber value={nearest(values, value)} max={values.length - 1} dots={false} label={t(`cliff.dial.${key}`)} valueText={(k) => (k === nearest(values, value) ? write(value) : write(values[k]))} onInput={(k) => { state[key].value = values[k]; }} /></div>
  );
  return (
    <div class="dials">
      {dial("weight", "w", PICTURE.weight, scene.start[0], (v) => num(v))}
      {dial("bias", "b", PICTURE.bias, scene.start[1], (v) => signed({ num }, v))}
      <div class="dial"><span class="lab"><i class="sym">T</i>{t("cliff.dial.steps")}<b class="num">{scene.unit.steps}</b></span>
        <Scrubber value={scene.unit.steps} min={2} max={50} dots={false} label={t("cliff.dial.steps")} valueText={String} onInput={(v) => { state.steps.value = v; }} /></div>
      {listed("learning_rate", RATES, scene.rate)}
      {listed("max_norm", LIMITS, scene.maxNorm)}
    </div>
  );
}

function Table({ scene }: { scene: Scene }): JSX.Element {
  const widget = useWidget(), { t, num } = widget;
  return (
    <ValueTable caption={t("cliff.table")}
      columns={[t("cliff.move"), ...NAMES.flatMap((name) => [`w, ${t(`cliff.walk.${name}`)}`, "b", t("cliff.row.error"), t("cliff.row.norm")])]}
      rows={Array.from({ length: scene.moves + 1 }, (_, k) => ({
        key: k, head: k, current: k === scene.move,
        cells: NAMES.flatMap((name) => { const walk = scene.walks[name]; return [num(walk.weights[k]), num(walk.biases[k], { sign: true }), power(widget, walk.errors[k]), power(widget, walk.norms[k])]; }),
      }))} />
  );
}

export default defineWidget<State>({ name: "cliff", defaults, css, view: (props) => <CliffView {...props} /> });
