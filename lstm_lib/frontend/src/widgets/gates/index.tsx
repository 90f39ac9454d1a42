// Gates of a trained network: a sentence goes in, and everything on the page reads the one trace that comes out.
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { defineWidget, type View } from "../../host/widget.tsx";
import { updateAt } from "../../network/verdicts.ts";
import { CellDiagram, cellCss } from "../../ui/CellDiagram.tsx";
import { Frame, See } from "../../ui/controls.tsx";
import { formatInteger } from "../../ui/format.ts";
import { useSize } from "../../ui/hooks.ts";
import { LETTER } from "../../ui/quantities.ts";
import type { Quantity } from "../../core/lstm.ts";
import { Notices } from "../../sentences/Notices.tsx";
import { THRESHOLDS, formsMass } from "../../sentences/forms.ts";
import { useReading } from "../../sentences/reading.ts";
import sentencesCss from "../../sentences/sentences.css";
import networkCss from "../../network/network.css";
import { ComposerPanel } from "./ComposerPanel.tsx";
import css from "./gates.css";
import { Maps } from "./Maps.tsx";
import { OwnPanel } from "../../network/OwnPanel.tsx";
import { seeSentence, whereIs } from "../../network/sentence.ts";
import { ACTIONS, QUANTITIES, defaults, type GatesState } from "./state.ts";
import { createStore, type Store } from "./store.ts";
import { Strip } from "./Strip.tsx";
import { Table } from "./Table.tsx";
import { TermsPanel } from "./TermsPanel.tsx";
import { Shift, UnitPanel } from "./UnitPanel.tsx";

type Panel = "" | "composer" | "own";

function Gates(view: View<GatesState>): JSX.Element {
  const { t, hidden, host } = view, store = useMemo(() => createStore(view.state), []);
  useEffect(() => store.dispose, []);
  const reading = useReading({
    steps: () => store.sequence.peek()?.T ?? 0, step: () => store.step.peek(), setStep: store.setStep, autoplay: () => view.state.autoplay.peek(),
  }, store.run.value !== null, host);
  const [panel, setPanel] = useState<Panel>("");
  const status = store.status.value, source = store.source.value, run = store.run.value, sequence = store.sequence.value, lm = source?.lm ?? null;
  const tool = (name: Panel, label: string) => (
    <button type="button" class="textbtn" aria-expanded={panel === name} onClick={() => setPanel(panel === name ? "" : name)}>{label}</button>
  );
  const empty = source && !run, open = empty && lm && !hidden("composer") ? "composer" : panel;
  return (
    <Frame title={t(source && !lm ? "gates.title.numbers" : "gates.title")} meta={source && <Meta store={store} language={view} />}>
      <div class="tools">
        {lm && !hidden("composer") && tool("composer", t("gates.composer.open"))}
        {!hidden("own") && tool("own", t("network.own.open"))}
        {run && run.trace.T > 1 && !hidden("scrubber") && (
          <button type="button" class="textbtn" onClick={() => (reading.playing ? reading.stop() : reading.start())}>{t(reading.playing ? "network.stop" : "network.play")}</button>
        )}
      </div>
      {open === "composer" && lm && !hidden("composer") && <ComposerPanel store={store} />}
      {open === "own" && !hidden("own") && <OwnPanel store={store} />}
      {status.kind === "loading" && <p class="state" role="status">{t("common.loading")}</p>}
      {status.kind === "none" && <p class="state">{t("network.none")}</p>}
      {status.kind === "error" && <p class="state" role="alert">{t(status.problem.key, status.problem.params)}</p>}
      {empty && <p class="state" role="status">{emptyText(store, t)}</p>}
      {sequence && <Notices unknown={sequence.unknown} cut={sequence.cut} />}
      {run && (
        <div onPointerDownCapture={reading.stop} onKeyDownCapture={reading.stop}>
          <Strip store={store} />
          <Body store={store} view={view} />
          {!hidden("see") && <Seen store={store} view={view} />}
          {!hidden("table") && <Table store={store} />}
        </div>
      )}
    </Frame>
  );
}

function emptyText(store: Store, t: View<GatesState>["t"]): string {
  const source = store.source.value!, sequence = store.sequence.value;
  if (source.lm) return t("network.empty.words");
  if (sequence?.uneven !== null && sequence?.uneven !== undefined) return t("network.empty.uneven", { row: sequence.uneven + 1, size: source.network.input_size });
  return t("network.empty.inputs", { size: source.network.input_size });
}

/** What network this is, in one line. */
function Meta({ store, language }: { store: Store; language: View<GatesState> }): JSX.Element {
  const { network: { hidden_size: H, input_size: I }, lm } = store.source.value!;
  const count = (n: number) => formatInteger(n, language.language.value);
  return <>{lm ? language.t("network.meta.words", { units: H, parameters: count(lm.parameter_count) })
    : language.t("network.meta.numbers", { units: H, inputs: I, parameters: count(4 * H * (I + H + 2)) })}</>;
}

/** Cell, unit, terms and maps. */
function Body({ store, view }: { store: Store; view: View<GatesState> }): JSX.Element {
  const { hidden } = view, { ref, width } = useSize<HTMLDivElement>(), [terms, setTerms] = useState(false);
  const first = useRef(true), quantity = store.state.quantity.value;
  // A link or Python that names a quantity wants its sum shown; so does a click on a value.
  useEffect(() => { if (first.current) first.current = false; else setTerms(true); }, [quantity]);
  const linked = view.linked.value;
  useEffect(() => { if (linked && "quantity" in linked) setTerms(true); }, [linked]);
  // The sum opens above the maps: what was pressed there must stay under the pointer.
  const held = useRef<{ element: HTMLElement; top: number } | null>(null);
  const hold = (element: HTMLElement) => {
    const now = { element, top: element.getBoundingClientRect().top };
    held.current = now;
    setTimeout(() => { if (held.current === now) held.current = null; }, 250);
  };
  useLayoutEffect(() => {
    const moved = held.current ? held.current.element.getBoundingClientRect().top - held.current.top : 0;
    if (Math.abs(moved) > 1) scrollBy({ top: moved, behavior: "instant" });
  }, [terms, quantity]);
  const layout = width >= 600 ? "wide" : "narrow";
  return (
    <div ref={ref} class={`body ${width >= 860 ? "large" : width >= 600 ? "medium" : "small"}`}>
      {(!hidden("cell") || !hidden("unit")) && (
        <div class={`mid${hidden("cell") || hidden("unit") ? " single" : ""}`}>
          {!hidden("cell") && <Cell store={store} view={view} layout={layout} onPick={(picked) => { store.pick(picked); setTerms(true); }} />}
          {!hidden("unit") && <UnitPanel store={store} />}
        </div>
      )}
      {!hidden("shift") && <Shift store={store} />}
      {!hidden("terms") && <TermsPanel store={store} open={terms} onToggle={setTerms} />}
      {!hidden("maps") && <Maps store={store} onPress={hold} />}
    </div>
  );
}

function Cell({ store, view, layout, onPick }: {
  store: Store; view: View<GatesState>; layout: "wide" | "narrow"; onPick: (quantity: Quantity) => void;
}): JSX.Element {
  const { t, num } = view, { trace } = store.run.value!, step = store.step.value, unit = store.unit.value, words = store.sequence.value!.words;
  const u = updateAt(trace, step, unit), word = words[step] ?? "", entering = word || t("network.step_number", { number: step + 1 });
  const values = {
    previous_cell: u.before, kept: u.kept, written: u.written, cell: u.after, squashed: u.squashed, hidden: u.hidden, factor: u.factor,
    forget_gate: u.forget, input_gate: u.input, candidate: u.candidate, output_gate: u.output,
  };
  return (
    <div class="cellbox">
      <CellDiagram layout={layout} values={values} selected={store.state.quantity.value} num={num} onPick={onPick} text={{
        label: t("network.cell.label", { unit, where: whereIs(word, step, t) }), input: entering, previous_hidden: t("network.cell.numbers", { count: trace.H }),
        kept: t("network.cell.kept"), written: t("network.cell.written"),
        button: (quantity, value) => t("network.cell.button", { name: t(`common.${quantity}`), symbol: LETTER[quantity], value }),
      }} />
      <p class="legend">
        {[0, 0.5, 1].map((value) => (
          <span key={value}><Disc value={value} />{num(value, { digits: value % 1 ? 1 : 0 })}{value === 0 ? ` ${t("network.cell.closed")}` : value === 1 ? ` ${t("network.cell.open")}` : ""}</span>
        ))}
        <span class="rule">{t("network.cell.rule")}</span>
      </p>
    </div>
  );
}

/** An aperture as in the drawing, for the line of words under it. */
function Disc({ value }: { value: number }): JSX.Element {
  const half = 8 * (1 - value), edge = Math.sqrt(64 - (8 - half) ** 2);
  const side = (sign: number) => `M${10 + sign * (8 - half)},${10 - edge}A8,8 0 0 ${sign > 0 ? 1 : 0} ${10 + sign * (8 - half)},${10 + edge}Z`;
  return (
    <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true" class="disc">
      {value < 1 && <path d={side(1) + side(-1)} />}<circle cx="10" cy="10" r="8" />
    </svg>
  );
}

function Seen({ store, view }: { store: Store; view: View<GatesState> }): JSX.Element {
  const run = store.run.value!, lm = store.source.value?.lm, step = store.step.value, unit = store.unit.value, hidden = view.hidden("share");
  const before = store.acting.value ? store.plain.value?.share ?? null : null;
  return <See text={seeSentence({
    word: store.sequence.value!.words[step] ?? "", step, unit, update: updateAt(run.trace, step, unit),
    likely: !lm || formsMass(lm, run.trace, step) >= THRESHOLDS.likely, share: run.share && !hidden ? run.share[step] : null, shareBefore: before && !hidden ? before[step] : null,
  }, view)} />;
}

export default defineWidget<GatesState>({ name: "gates", defaults, css: cellCss + sentencesCss + networkCss + css, unlinked: ["weights", "inputs"],
  choices: { quantity: QUANTITIES, action: ACTIONS }, view: Gates });
