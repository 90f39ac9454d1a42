// Presets and sliders: the weights of the unit, with the regimes along the slider of w, or the layer's matrix.
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { batch } from "@preact/signals";
import { useWidget, type View } from "../../host/widget.tsx";
import { Button } from "../../ui/controls.tsx";
import { useSize } from "../../ui/hooks.ts";
import { Rich } from "../../ui/Rich.tsx";
import { Scrubber } from "../../ui/Scrubber.tsx";
import { finite, zones, type Scene } from "./scene.ts";
import type { State } from "./state.ts";

/** Weights that show a regime at its clearest. */
export const UNITS = {
  fading: { weight: 0.9, bias: 0 }, ringing: { weight: -0.9, bias: 0 }, holding: { weight: 1, bias: 0 }, latching: { weight: 1.5, bias: 0 },
} as const;
export const LAYERS = {
  spiral: { gain: 0.9, angle: 30, skew: 0, input_weight: 1, direction: 0, bias: 0 },
  circle: { gain: 1, angle: 45, skew: 0, input_weight: 0.5, direction: 0, bias: 0 },
  disagree: { gain: 0.7, angle: 0, skew: 3, input_weight: 0.2, direction: 90, bias: 0 },
  latch: { gain: 1.4, angle: 0, skew: 0, input_weight: 1, direction: 30, bias: 0 },
} as const;
const LOW = -2, HIGH = 2;

export function Presets({ view, scene }: { view: View<State>; scene: Scene }): JSX.Element {
  const { state, t } = view, now = state as unknown as Record<string, { value: unknown }>;
  const use = (values: object) => batch(() => { for (const [key, v] of Object.entries(values)) now[key].value = v; });
  return (
    <div class="choices" role="group" aria-label={t("memory.presets")}>
      {scene.unit
        ? Object.entries(UNITS).map(([name, values]) => <Button key={name} pressed={scene.regime === name} onClick={() => use(values)}>{t(`memory.unit.${name}`)}</Button>)
        : Object.entries(LAYERS).map(([name, values]) => (
          <Button key={name} pressed={!state.matrix.value.length && Object.entries(values).every(([key, v]) => now[key].value === v)}
            onClick={() => use({ ...values, matrix: [], vector: [], biases: [] })}>{t(`memory.layer.${name}`)}</Button>
        ))}
    </div>
  );
}

interface Dial { key: "weight" | "input_weight" | "bias" | "gain" | "angle" | "skew" | "direction"; symbol?: string; min: number; max: number; step: number; digits: number; unit?: string }
const DIALS: Record<"unit" | "layer", Dial[]> = {
  unit: [{ key: "weight", symbol: "w", min: LOW, max: HIGH, step: 0.05, digits: 2 }, { key: "input_weight", symbol: "u", min: 0, max: 3, step: 0.1, digits: 1 }, { key: "bias", symbol: "b", min: -1, max: 1, step: 0.05, digits: 2 }],
  layer: [{ key: "gain", min: 0, max: 2, step: 0.05, digits: 2 }, { key: "angle", min: -180, max: 180, step: 5, digits: 0, unit: "°" }, { key: "skew", min: -3, max: 3, step: 0.1, digits: 1 },
    { key: "input_weight", symbol: "u", min: 0, max: 3, step: 0.1, digits: 1 }, { key: "direction", min: -180, max: 180, step: 15, digits: 0, unit: "°" }],
};

export function Dials({ view, scene }: { view: View<State>; scene: Scene }): JSX.Element {
  const { state, t, num } = view, given = !scene.unit && state.matrix.value.length === 4;
  return (
    <div class={scene.unit ? "dials" : "dials layer"}>
      {DIALS[scene.unit ? "unit" : "layer"].map(({ key, symbol, min, max, step, digits, unit }) => {
        const value = finite(state[key].value, 0), write = (v: number) => `${num(v, { digits: Math.abs(v * 100 - Math.round(v * 100)) > 1e-9 ? 3 : digits === 2 || Number.isInteger(v * 10) ? digits : 2 })}${unit ?? ""}`;
        const own = (key === "gain" || key === "angle" || key === "skew") ? "matrix" : "vector", over = !scene.unit && state[own].value.length > 0;
        return (
          <div class={`dial ${key}`} key={key}>
            <span class="lab">{symbol && <i class="sym">{symbol}</i>}{t(`memory.dial.${key}`)}<b class="num">{over ? "—" : write(value)}</b></span>
            <Scrubber value={Math.min(max, Math.max(min, value))} min={min} max={max} step={step} dots={false} label={t(`memory.dial.${key}`)} valueText={write}
              onInput={(v) => batch(() => { if (over) state[own].value = []; state[key].value = Math.round(v * 1000) / 1000; })} />
            {key === "weight" && <Zones bias={scene.net.bias_ih[0]} regime={scene.regime} />}
          </div>
        );
      })}
      {given && <p class="given"><Rich text={t("memory.given", { rows: [0, 2].map((k) => `(${scene.matrix.slice(k, k + 2).map((v) => num(v, { sign: true })).join("; ")})`).join(" ") })} /></p>}
    </div>
  );
}

/** The regimes under the slider of w, as far as their names have room. */
function Zones({ bias, regime }: { bias: number; regime: string }): JSX.Element {
  const { t } = useWidget(), { ref, width } = useSize<HTMLDivElement>(420), found = useMemo(() => zones(bias, LOW, HIGH), [bias]);
  const x = (w: number) => 12 + ((w - LOW) / (HIGH - LOW)) * (width - 24);
  return (
    <div ref={ref} class="zones" aria-hidden="true">
      <svg width="100%" height={40}>
        {found.map(([from, to, name], k) => {
          const a = x(from), b = x(to), word = t(`memory.zone.${name}`), room = word.length * 6.6 + 6 <= b - a, middle = (a + b) / 2, tiny = name === "holding";
          return (
            <g key={k} class={name === regime ? "zone now" : "zone"}>
              <path d={`M${a + (k ? 1.5 : 0)},3H${Math.max(a + 3, b - 1.5)}`} />
              {(room || tiny) && <text x={middle} y={room ? 20 : 36}>{word}</text>}
              {tiny && !room && <path class="leader" d={`M${middle},7v16`} />}
            </g>
          );
        })}
      </svg>
    </div>
  );
}
