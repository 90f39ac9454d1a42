// The reader's own nn.LSTM: a file dropped or chosen, a sequence, and the way back to the book's network.
import { batch, type ReadonlySignal, type Signal } from "@preact/signals";
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { parseSequence } from "../core/own_weights.ts";
import { useWidget } from "../host/widget.tsx";
import { Button } from "../ui/controls.tsx";
import { Verdict } from "../ui/Verdict.tsx";
import { encodeNetwork, exampleSequence, rowsOf } from "./own.ts";
import { problemOf, sourceOf, type Given, type Own, type Problem, type Source } from "./source.ts";

/** What the panel needs of an explorable's store; `leave` ends what made sense for the network before only. */
interface Place {
  state: Given & { step: Signal<number>; unit: Signal<number> };
  own: Signal<Own | null>;
  source: ReadonlySignal<Source | null>;
  leave: () => void;
}

export function OwnPanel({ store }: { store: Place }): JSX.Element {
  const { t } = useWidget(), { state } = store, own = store.own.value, source = store.source.value;
  const [problem, setProblem] = useState<Problem | null>(null), [over, setOver] = useState(false), [text, setText] = useState("");
  const file = useRef<HTMLInputElement>(null);

  const take = async (chosen: File | undefined) => {
    if (!chosen) return;
    try {
      const found = sourceOf(new DataView(await chosen.arrayBuffer()));
      batch(() => {
        store.own.value = {
          name: chosen.name, random: true,
          previous: own?.previous ?? { weights: state.weights.value, inputs: state.inputs.value, step: state.step.value, unit: state.unit.value },
        };
        state.weights.value = encodeNetwork(found.network);
        state.inputs.value = exampleSequence(found.network.input_size);
        store.leave();
        state.step.value = 0;
        state.unit.value = 0;
      });
      setProblem(null);
    } catch (error) { setProblem(problemOf(error)); }
  };
  const readSequence = (given: string) => {
    if (!source) return;
    try {
      const { inputs, T } = parseSequence(given, source.network.input_size);
      batch(() => {
        state.inputs.value = rowsOf(inputs, T);
        state.step.value = 0;
        if (store.own.value) store.own.value = { ...store.own.value, random: false };
      });
      setProblem(null);
    } catch (error) { setProblem(problemOf(error)); }
  };
  const back = () => batch(() => {
    const previous = store.own.value?.previous;
    if (previous) {
      state.weights.value = previous.weights;
      state.inputs.value = previous.inputs;
      state.step.value = previous.step;
      state.unit.value = previous.unit;
      store.leave();
    }
    store.own.value = null;
    setProblem(null);
  });
  return (
    <div class="own">
      <p>{t("network.own.about")}</p>
      <div class={`drop${over ? " over" : ""}`}
        onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)}
        onDrop={(event) => { event.preventDefault(); setOver(false); void take(event.dataTransfer?.files[0]); }}>
        <Button onClick={() => file.current?.click()}>{t("network.own.choose")}</Button>
        <span>{t("network.own.drop")}</span>
        <input ref={file} class="vh" type="file" accept=".safetensors,.json" tabIndex={-1} aria-label={t("network.own.file")}
          onChange={(event) => { void take(event.currentTarget.files?.[0]); event.currentTarget.value = ""; }} />
      </div>
      {problem && <div role="alert"><Verdict right={false} word={t("network.own.no")}>{t(problem.key, problem.params)}</Verdict></div>}
      {own && source && (
        <>
          <p role="status">{t("network.own.read", { name: own.name, units: source.network.hidden_size, inputs: source.network.input_size })}
            {own.random ? ` ${t("network.own.random", { steps: state.inputs.value.length })}` : ""}</p>
          <label class="line"><span>{t("network.own.sequence", { inputs: source.network.input_size })}</span>
            <textarea class="textin" rows={4} value={text} spellcheck={false} onInput={(event) => setText(event.currentTarget.value)}
              onDragOver={(event) => event.preventDefault()}
              onDrop={(event) => {
                const dropped = event.dataTransfer?.files[0];
                if (!dropped) return;
                event.preventDefault();
                void dropped.text().then((content) => { setText(content.slice(0, 200_000)); readSequence(content); });
              }} /></label>
          <div class="row">
            <Button primary onClick={() => readSequence(text)}>{t("network.own.run")}</Button>
            <Button onClick={back}>{t("network.own.back")}</Button>
          </div>
        </>
      )}
    </div>
  );
}
