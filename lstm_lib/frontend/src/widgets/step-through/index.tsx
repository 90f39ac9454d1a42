// Step through: every symbol of the equations with its number, its wire, its row of weights and its line of code.
import type { JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { defineWidget, type View } from "../../host/widget.tsx";
import { OwnPanel } from "../../network/OwnPanel.tsx";
import { Terms } from "../../network/Terms.tsx";
import networkCss from "../../network/network.css";
import { seeSentence } from "../../network/sentence.ts";
import { sumOf } from "../../network/terms.ts";
import { updateAt } from "../../network/verdicts.ts";
import { Composer } from "../../sentences/Composer.tsx";
import { Notices } from "../../sentences/Notices.tsx";
import sentencesCss from "../../sentences/sentences.css";
import { cellCss } from "../../ui/CellDiagram.tsx";
import { Fold, Frame, See, Select } from "../../ui/controls.tsx";
import { Rich } from "../../ui/Rich.tsx";
import { formatInteger } from "../../ui/format.ts";
import { useSize } from "../../ui/hooks.ts";
import { Backward } from "./backward/Backward.tsx";
import backCss from "./backward/back.css";
import { Cell } from "./Cell.tsx";
import { Code } from "./Code.tsx";
import { Equations } from "./Equations.tsx";
import { Strip } from "./Strip.tsx";
import { How, Transport, nameOf } from "./Transport.tsx";
import { Weights } from "./Weights.tsx";
import { cardOf } from "./card.ts";
import { lights } from "./lights.ts";
import { numbersAt } from "./numbers.ts";
import { MODELS, QUANTITIES, STRIDES, VIEWS, defaults, type StepThroughState } from "./state.ts";
import css from "./step.css";
import { createStore, type Store } from "./store.ts";
import { OF_LETTER, nearestBlock } from "./symbols.ts";
import type { Quantity } from "../../core/lstm.ts";
import { LETTER, isGate } from "../../ui/quantities.ts";

type Panel = "" | "composer" | "own";

function StepThrough(view: View<StepThroughState>): JSX.Element {
  const { t, hidden } = view, store = useMemo(() => createStore(view.state), []), [panel, setPanel] = useState<Panel>("");
  useEffect(() => store.dispose, []);
  const status = store.status.value, source = store.source.value, sequence = store.sequence.value, lm = store.lm.value, trace = store.trace.value;
  const tool = (name: Panel, label: string) => (
    <button type="button" class="textbtn" aria-expanded={panel === name} onClick={() => setPanel(panel === name ? "" : name)}>{label}</button>
  );
  const empty = source && !trace, open = empty && lm && !hidden("composer") ? "composer" : panel;
  return (
    <Frame title={t("step-through.title")} meta={source && <Meta store={store} view={view} />}>
      <div class="tools">
        {lm && !hidden("composer") && tool("composer", t("step-through.composer"))}
        {!hidden("own") && tool("own", t("network.own.open"))}
      </div>
      {open === "composer" && lm && !hidden("composer") && <Sentence store={store} view={view} />}
      {open === "own" && !hidden("own") && <OwnPanel store={store} />}
      {status.kind === "loading" && <p class="state" role="status">{t("common.loading")}</p>}
      {status.kind === "none" && <p class="state">{t("network.none")}</p>}
      {status.kind === "error" && <p class="state" role="alert">{t(status.problem.key, status.problem.params)}</p>}
      {empty && <p class="state" role="status">{lm ? t("network.empty.words") : sequence?.uneven !== null && sequence?.uneven !== undefined
        ? t("network.empty.uneven", { row: sequence.uneven + 1, size: source.network.input_size }) : t("network.empty.inputs", { size: source.network.input_size })}</p>}
      {sequence && <Notices unknown={sequence.unknown} cut={sequence.cut} />}
      {trace && (
        <>
          <Strip store={store} />
          {!hidden("transport") && <Transport store={store} />}
          <Body store={store} view={view} />
        </>
      )}
    </Frame>
  );
}

function Meta({ store, view: { t, language } }: { store: Store; view: View<StepThroughState> }): JSX.Element {
  const { network: { hidden_size: H, input_size: I }, lm } = store.source.value!, count = (n: number) => formatInteger(n, language.value);
  return <>{lm ? t("network.meta.words", { units: H, parameters: count(lm.parameter_count) })
    : t("network.meta.numbers", { units: H, inputs: I, parameters: count(4 * H * (I + H + 2)) })}</>;
}

/** The sentence and, where the page itself brings the networks, which of them reads it. */
function Sentence({ store, view: { t } }: { store: Store; view: View<StepThroughState> }): JSX.Element {
  const { state } = store, shipped = (MODELS as readonly string[]).includes(state.model.value) && !state.weights.value;
  return (
    <Composer text={state.sentence.value} onText={(text) => { store.pause(); state.sentence.value = text; }}>
      {shipped && <Select label={t("step-through.network")} value={state.model.value} options={MODELS.map((model) => ({ value: model, label: t(`sentences.network.${model.replace("agreement/", "")}`) }))}
        onChange={(model) => { store.pause(); state.model.value = model; }} />}
    </Composer>
  );
}

/** Equations, drawing, weights and code, of the way forward or of the way back. */
function Body({ store, view }: { store: Store; view: View<StepThroughState> }): JSX.Element {
  const { hidden } = view, { ref, width } = useSize<HTMLDivElement>(), large = width >= 860, layout = width >= 600 && !large ? "wide" : "narrow";
  const trace = store.trace.value!, weights = store.weights.value!, step = store.step.value, unit = store.unit.value, back = store.view.value === "backward" && !hidden("backward");
  const numbers = useMemo(() => numbersAt(trace, weights, step, unit), [trace, weights, step, unit]);
  return (
    <div ref={ref} class={`body ${large ? "large" : width >= 600 ? "medium" : "small"}`} {...lights(store)}>
      <Units store={store} view={view} />
      {back ? <Backward store={store} layout={layout} /> : (
        <>
          <div class="pair">
            {!hidden("equations") && <Equations store={store} numbers={numbers} />}
            {!hidden("cell") && <Cell store={store} trace={trace} layout={layout} />}
          </div>
          {!hidden("card") && <Card store={store} view={view} numbers={numbers} />}
          <div class="pair lower">
            {!hidden("weights") && <Weights store={store} trace={trace} weights={weights} numbers={numbers} />}
            {!hidden("code") && <Code store={store} />}
          </div>
          {!hidden("terms") && <AllTerms store={store} view={view} />}
          {!hidden("see") && <See text={seen(store, view)} />}
        </>
      )}
    </div>
  );
}

function Units({ store, view: { t, hidden } }: { store: Store; view: View<StepThroughState> }): JSX.Element {
  const { hidden_size: H } = store.weights.value!, unit = store.unit.value;
  return (
    <div class="units">
      <button type="button" class="btn small" aria-label={t("network.unit_previous")} onClick={() => store.setUnit((unit + H - 1) % H)}>‹</button>
      <Select label={t("step-through.unit")} hideLabel value={String(unit)} options={Array.from({ length: H }, (_, u) => ({ value: String(u), label: t("network.unit", { unit: u }) }))}
        onChange={(value) => store.setUnit(Number(value))} />
      <button type="button" class="btn small" aria-label={t("network.unit_next")} onClick={() => store.setUnit((unit + 1) % H)}>›</button>
      <span class="units-about">{t("step-through.unit_about", { units: H })}</span>
      {!hidden("transport") && <How store={store} />}
    </div>
  );
}

function Card({ store, view, numbers }: { store: Store; view: View<StepThroughState>; numbers: ReturnType<typeof numbersAt> }): JSX.Element {
  const step = store.step.value, name = store.quantity.value;
  return <p class="card"><Rich text={cardOf(name, {
    trace: store.trace.value!, weights: store.weights.value!, numbers, step, unit: store.unit.value, word: store.sequence.value!.words[step] ?? "" }, view)} /></p>;
}

/** Every product of the sum that the chosen symbol belongs to. */
function AllTerms({ store, view: { t, num } }: { store: Store; view: View<StepThroughState> }): JSX.Element {
  const chosen = store.state.quantity.value, block = nearestBlock(chosen, chosen), gate = OF_LETTER[block] as Quantity & Parameters<typeof sumOf>[2], letter = LETTER[gate];
  const trace = store.trace.value!, step = store.step.value, unit = store.unit.value, value = trace[gate][step * trace.H + unit];
  return (
    <Fold label={t("step-through.terms", { symbol: letter, value: num(value, { sign: !isGate(letter) }) })}>
      {() => <Terms sum={sumOf(trace, store.weights.value!, gate, step, unit)} words={store.sequence.value!.words.length > 0} />}
    </Fold>
  );
}

/** What you see: what the cell did here, and why playing stopped, if it did. */
function seen(store: Store, view: View<StepThroughState>): string {
  const trace = store.trace.value!, step = store.step.value, unit = store.unit.value, stopped = store.stopped.value;
  const said = seeSentence({ word: store.sequence.value!.words[step] ?? "", step, unit, update: updateAt(trace, step, unit), likely: true, share: null, shareBefore: null }, view);
  return stopped === null ? said : `${said} ${view.t("step-through.stopped", { why: nameOf(stopped, store, view.t) })}`;
}

export default defineWidget<StepThroughState>({ name: "step-through", defaults, css: cellCss + sentencesCss + networkCss + css + backCss, unlinked: ["weights", "inputs", "playing"],
  choices: { quantity: QUANTITIES, view: VIEWS, stride: STRIDES }, view: StepThrough });
