// What the networks are made of, how far the error goes, what is drawn.
import type { JSX } from "preact";
import { batch } from "@preact/signals";
import type { View } from "../../host/widget.tsx";
import { Button, Select } from "../../ui/controls.tsx";
import { Rich } from "../../ui/Rich.tsx";
import { Scrubber } from "../../ui/Scrubber.tsx";
import { Sign } from "./Marks.tsx";
import type { Scene } from "./scene.ts";
import { ACTIVATIONS, MOST_BIAS, MOST_GAIN, NETWORKS, SCHEMES, type FlowState, type NetworkName } from "./state.ts";
import { networkName, sizeSaid } from "./words.ts";

interface Part { view: View<FlowState>; scene: Scene }

const USUAL = { steps: 40, gain: 1, activation: "tanh", forget_bias: 1, scheme: "torch", window: 0, clip: 0 } as const;
/** States that show one thing at its clearest. */
export const CASES = {
  vanish: { ...USUAL, network: "rnn" },
  explode: { ...USUAL, gain: 3, network: "rnn" },
  open: { ...USUAL, forget_bias: 3, network: "lstm", of: "cell" },
  far: { ...USUAL, steps: 400, scheme: "chrono", network: "lstm", of: "cell" },
} as const satisfies Record<string, Partial<FlowState>>;

export function Cases({ view: { state, t } }: { view: View<FlowState> }): JSX.Element {
  const now = state as unknown as Record<string, { value: unknown }>, all = state.step.value <= 1;
  return (
    <div class="row cases" role="group" aria-label={t("gradient-flow.cases")}>
      {Object.entries(CASES).map(([name, values]) => (
        <Button key={name} pressed={all && Object.entries(values).every(([key, v]) => now[key].value === v)}
          onClick={() => batch(() => { for (const [key, v] of Object.entries({ ...values, step: 0, playing: false })) now[key].value = v; })}>{t(`gradient-flow.case.${name}`)}</Button>
      ))}
    </div>
  );
}

/** Lengths that the slider stops at: every one where each counts, then in tens. */
export const LENGTHS = [...range(2, 20, 1), ...range(20, 60, 2), ...range(60, 100, 5), ...range(100, 400, 20), 400];
const CLIPS = [0, 1000, 300, 100, 30, 10, 5, 3, 1, 0.3, 0.1];

function range(from: number, to: number, by: number): number[] {
  return Array.from({ length: Math.ceil((to - from) / by) }, (_, k) => from + k * by);
}

const nearest = (values: readonly number[], value: number): number => values.reduce((best, v, k) => (Math.abs(v - value) < Math.abs(values[best] - value) ? k : best), 0);

export function Dials({ view: { state, t, num }, scene }: Part): JSX.Element {
  const { gain, forget_bias: bias, scheme, steps } = scene.settings, chrono = scheme === "chrono", tidy = (v: number) => Math.round(v * 100) / 100;
  const gainText = (v: number) => t("gradient-flow.gain_value", { value: num(v) }), biasText = (v: number) => num(v, { digits: Math.abs(v * 10 - Math.round(v * 10)) < 1e-9 ? 1 : 2 });
  return (
    <div class="dials">
      <Dial label={t("gradient-flow.gain")} text={gainText(gain)}>
        <Scrubber value={gain} min={0} max={MOST_GAIN} step={0.05} dots={false} label={t("gradient-flow.gain")} valueText={gainText} onInput={(v) => { state.gain.value = tidy(v); }} />
      </Dial>
      <Dial label={t("gradient-flow.forget_bias")} text={chrono ? "—" : biasText(bias)}>
        <Scrubber value={bias} min={0} max={MOST_BIAS} step={0.1} dots={false} color="var(--q-f)" disabled={chrono} label={t("gradient-flow.forget_bias")}
          valueText={(v) => (chrono ? t("gradient-flow.bias_unused") : biasText(v))} onInput={(v) => { state.forget_bias.value = tidy(v); }} />
        {chrono && <p class="note">{t("gradient-flow.bias_unused")}</p>}
      </Dial>
      <Dial label={t("gradient-flow.steps")} text={String(steps)}>
        <Scrubber value={nearest(LENGTHS, steps)} min={0} max={LENGTHS.length - 1} dots={false} label={t("gradient-flow.steps")}
          valueText={(k) => String(k === nearest(LENGTHS, steps) ? steps : LENGTHS[k])} onInput={(k) => { state.steps.value = LENGTHS[k]; }} />
      </Dial>
    </div>
  );
}

function Dial({ label, text, children }: { label: string; text: string; children: JSX.Element | (JSX.Element | false)[] }): JSX.Element {
  return <div class="dial"><span class="lab">{label}<b class="num">{text}</b></span>{children}</div>;
}

/** Which network is unrolled. */
export function Unrolled({ view: { state, t }, scene }: Part): JSX.Element {
  return (
    <div class="row segmented" role="group" aria-label={t("gradient-flow.unroll")}>
      {NETWORKS.map((name) => (
        <Button key={name} class="net" pressed={scene.line.name === name} onClick={() => { state.network.value = name; }}><Sign name={name} full={scene.line.name === name} />{networkName({ name }, { t })}</Button>
      ))}
    </div>
  );
}

/** What is changed less often. */
export function Settings({ view: { state, t, num }, scene }: Part): JSX.Element {
  const { activation, scheme, seed } = scene.settings, { T, window } = scene, clip = state.clip.value, shown = scene.lines.map((line) => line.name);
  const windows = [...LENGTHS.filter((v) => v < T - 1).flatMap((v) => (v === 2 ? [1, 2] : [v])), 0], at = window ? nearest(windows.slice(0, -1), window) : windows.length - 1;
  const windowText = (v: number) => (v ? t(v === 1 ? "gradient-flow.window_one" : "gradient-flow.window_value", { count: v }) : t("gradient-flow.window_all"));
  const clipText = (v: number) => (v ? t("gradient-flow.clip_value", { value: v >= 1e4 ? sizeSaid(Math.log10(v), { t, num }) : num(v, { digits: v < 1 ? 2 : v % 1 ? 1 : 0 }) }) : t("gradient-flow.clip_none"));
  const toggle = (name: NetworkName) => {
    const next = NETWORKS.filter((other) => (other === name ? !shown.includes(name) : shown.includes(other)));
    if (next.length) batch(() => { state.networks.value = next.length === NETWORKS.length ? [] : next; if (!next.includes(state.network.value)) state.network.value = next[0]; });
  };
  return (
    <div class="settings">
      <Dial label={t("gradient-flow.window")} text={windowText(window)}>
        <Scrubber value={at} min={0} max={windows.length - 1} dots={false} disabled={windows.length < 2} label={t("gradient-flow.window")}
          valueText={(k) => windowText(k === at ? window : windows[k])} onInput={(k) => { state.window.value = windows[k]; }} />
      </Dial>
      <Dial label={t("gradient-flow.clip")} text={clipText(clip)}>
        <Scrubber value={clip > 0 ? 1 + nearest(CLIPS.slice(1).map(Math.log10), Math.log10(clip)) : 0} min={0} max={CLIPS.length - 1} dots={false} label={t("gradient-flow.clip")}
          valueText={(k) => clipText(CLIPS[k])} onInput={(k) => { state.clip.value = CLIPS[k]; }} />
      </Dial>
      <div class="choices">
        <Select label={t("gradient-flow.activation")} value={activation} options={ACTIVATIONS.map((value) => ({ value, label: t(`gradient-flow.activation.${value}`) }))}
          onChange={(value) => { state.activation.value = value as FlowState["activation"]; }} />
        <Select label={t("gradient-flow.scheme")} value={scheme} options={SCHEMES.map((value) => ({ value, label: t(`gradient-flow.scheme.${value}`) }))}
          onChange={(value) => { state.scheme.value = value as FlowState["scheme"]; }} />
        <span class="seed"><Button onClick={() => { state.seed.value = (seed + 1) % 100; }}>{t("gradient-flow.seed_next")}</Button><span class="num">{t("gradient-flow.seed_value", { seed })}</span></span>
      </div>
      <div class="row lines" role="group" aria-label={t("gradient-flow.lines")}>
        {NETWORKS.map((name) => <Button key={name} class="net" pressed={shown.includes(name)} disabled={shown.length === 1 && shown[0] === name} onClick={() => toggle(name)}>{networkName({ name }, { t })}</Button>)}
        {shown.includes("lstm") && <Button class="net" pressed={state.of.value === "cell"} onClick={() => { state.of.value = state.of.value === "cell" ? "hidden" : "cell"; }}><span><Rich text={t("gradient-flow.of.cell")} /></span></Button>}
        <Button class="net" pressed={state.theory.value} onClick={() => { state.theory.value = !state.theory.value; }}>{t("gradient-flow.theory")}</Button>
      </div>
    </div>
  );
}

