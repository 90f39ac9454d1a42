// Which way, play and pause, one step or one line on or back, and where playing stops. The button on the left always leads to the
// left of the sentence: forward in time that is back, and on the way back it is on.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useWidget } from "../../host/widget.tsx";
import { Button, Select } from "../../ui/controls.tsx";
import { Rich } from "../../ui/Rich.tsx";
import { CONDITIONS, PACES, STRIDES, VIEWS, type Breakpoint, type Stride } from "./state.ts";
import type { Store } from "./store.ts";

export function Transport({ store }: { store: Store }): JSX.Element {
  const { t, hidden } = useWidget(), [open, setOpen] = useState(false), count = store.breakpoints.value.length, { state } = store, view = store.view.value, back = view === "backward", playing = state.playing.value;
  const stride = state.stride.value === "line" ? "line" : "step", words = store.sequence.value!.words.length > 0;
  const unitOf = stride === "line" ? "line" : words ? "word" : "step", by = (sign: 1 | -1) => () => { store.pause(); store.advance(sign); };
  const button = (sign: 1 | -1, left: boolean) => (
    <Button class="move" onClick={by(sign)}>{left && <span aria-hidden="true">‹ </span>}{t(`step-through.${sign > 0 ? "next" : "previous"}.${unitOf}`)}{!left && <span aria-hidden="true"> ›</span>}</Button>
  );
  return (
    <>
      <div class="transport">
      {!hidden("backward") && (
        <div class="views" role="group" aria-label={t("step-through.view")}>
          {VIEWS.map((one) => <Button key={one} pressed={view === one} onClick={() => store.setView(one)}>{t(`step-through.${one}`)}</Button>)}
        </div>
      )}
      <div class="moves" role="group" aria-label={t("step-through.transport")}>
        {button(back ? 1 : -1, true)}
        <Button primary class="play" onClick={() => (playing ? store.pause() : store.play())}>{t(playing ? "step-through.pause" : "step-through.play")}</Button>
        {button(back ? -1 : 1, false)}
      </div>
      {!hidden("breakpoints") && <Button class="stops-open" aria-expanded={open} onClick={() => setOpen(!open)}>{t(count ? "step-through.stops.some" : "step-through.stops", { count })}</Button>}
    </div>
    {open && !hidden("breakpoints") && <Breakpoints store={store} />}
    </>
  );
}

/** How playing goes: by words or by lines, and how fast. */
export function How({ store }: { store: Store }): JSX.Element {
  const { t, num } = useWidget(), { state } = store, words = store.sequence.value!.words.length > 0, stride = state.stride.value === "line" ? "line" : "step";
  return (
    <div class="how">
      <Select label={t("step-through.stride")} hideLabel value={stride} options={STRIDES.map((one) => ({ value: one, label: t(`step-through.stride.${one === "step" && words ? "word" : one}`) }))}
        onChange={(value) => { state.stride.value = value as Stride; }} />
      <Select label={t("step-through.pace")} hideLabel value={String(state.pace.value)}
        options={[...new Set([...PACES, state.pace.value])].sort((a, b) => a - b).map((pace) => ({ value: String(pace), label: t("step-through.pace.value", { pace: num(pace, { digits: pace % 1 ? 1 : 0 }) }) }))}
        onChange={(value) => { state.pace.value = Number(value); }} />
    </div>
  );
}

/** What a breakpoint is called; `unit` is the chosen one. */
export function nameOf(one: Breakpoint, store: Store, t: (key: string, params?: Record<string, string | number>) => string): string {
  if (typeof one !== "number") return t(`step-through.stop.${one.replace(/[<>].*/, "")}`, { unit: store.unit.value });
  const word = store.sequence.value?.words[one];
  return word ? t("step-through.stop.word", { word, number: one + 1 }) : t("step-through.stop.step", { number: one + 1 });
}

function Breakpoints({ store }: { store: Store }): JSX.Element {
  const { t } = useWidget(), all = store.breakpoints.value, step = store.step.value, back = store.view.value === "backward";
  const steps = all.filter((one) => typeof one === "number").sort((a, b) => a - b), only = (one: string) => one.startsWith("highway") || one.startsWith("gradient");
  const conditions = CONDITIONS.filter((one) => back || !only(one) || all.includes(one));
  return (
    <div class="stops" role="group" aria-label={t("step-through.stops.about")}>
        <p class="about">{t("step-through.stops.about")}</p>
        <div class="checks">
          {conditions.map((one) => (
            <label key={one}><input type="checkbox" checked={all.includes(one)} onChange={() => store.toggleBreakpoint(one)} />
              <span><Rich text={nameOf(one, store, t)} />{only(one) && !back ? ` ${t("step-through.stops.only_back")}` : ""}</span></label>
          ))}
        </div>
        <div class="row">
          <Button pressed={all.includes(step)} onClick={() => store.toggleBreakpoint(step)}>{nameOf(step, store, t)}</Button>
          {steps.filter((one) => one !== step).map((one) => <Button key={one} pressed onClick={() => store.toggleBreakpoint(one)}>{nameOf(one, store, t)}</Button>)}
        </div>
    </div>
  );
}
