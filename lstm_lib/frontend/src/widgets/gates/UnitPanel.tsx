// One unit over the whole sentence: its c beside that of the other sentence, what the reader can do to it, and how far
// back its forget gate lets it remember.
import type { JSX } from "preact";
import { useWidget, type Surroundings } from "../../host/widget.tsx";
import { Button } from "../../ui/controls.tsx";
import { Rich } from "../../ui/Rich.tsx";
import { Scrubber } from "../../ui/Scrubber.tsx";
import { useSize } from "../../ui/hooks.ts";
import { clamp, linePath, linear, roundUp } from "../../ui/scale.ts";
import { useDrag } from "../../ui/drag.ts";
import { writeShare } from "../../sentences/forms.ts";
import { whereIs } from "../../network/sentence.ts";
import type { Store } from "./store.ts";

export function UnitPanel({ store }: { store: Store }): JSX.Element | null {
  const { t, hidden } = useWidget(), run = store.run.value, unit = store.unit.value;
  if (!run) return null;
  const last = run.trace.H - 1;
  return (
    <div class="unit">
      <div class="unit-head">
        <p class="unit-name">{t("network.unit", { unit })}</p>
        <Button class="small" disabled={unit === 0} onClick={() => store.setUnit(unit - 1)} aria-label={t("network.unit_previous")}>‹</Button>
        <Button class="small" disabled={unit === last} onClick={() => store.setUnit(unit + 1)} aria-label={t("network.unit_next")}>›</Button>
      </div>
      <p class="cap"><Rich text={t(store.sequence.value?.words.length ? "gates.unit_caption" : "gates.unit_caption_steps")} /></p>
      <UnitChart store={store} />
      {!hidden("actions") && <Actions store={store} />}
    </div>
  );
}

/**
 * Where a curve's own name fits: away from both ends and from the step whose value is written, there where the curve
 * is farthest from the other one.
 */
export function labelPlace(curve: readonly number[], other: readonly number[], taken = -1): { at: number; above: boolean } {
  const n = curve.length, reach = n * 0.3;
  const middle = [...curve.keys()].filter((k) => k >= Math.floor(n * 0.18) && k <= Math.ceil(n * 0.82) - 1);
  const free = middle.filter((k) => taken < 0 || Math.abs(k - taken) >= reach);
  const wide = Math.ceil(n * 0.14);
  // The name is a few steps wide: the other curve must stay on one side of it, and far, all along.
  const distance = (k: number) => {
    const gaps = curve.slice(Math.max(0, k - wide), k + wide + 1).map((v, j) => v - (other[Math.max(0, k - wide) + j] ?? 0));
    const clear = gaps.every((gap) => gap > 0) || gaps.every((gap) => gap < 0) ? Math.min(...gaps.map(Math.abs)) : 0;
    return clear + 1e-3 * Math.abs(curve[k] - (other[k] ?? 0)); // where no place is clear, the farthest point
  };
  // Curves that are one for most of the way (a sign turned late) are told apart where they part, even beside the mark.
  const best = (places: number[]) => places.reduce((found, k) => (distance(k) > distance(found) ? k : found), places[0] ?? 0);
  const at = best([free, middle, [...curve.keys()]].find((places) => places.some((k) => distance(k) > 0)) ?? middle);
  return { at, above: (curve[at] ?? 0) >= (other[at] ?? 0) };
}

function UnitChart({ store }: { store: Store }): JSX.Element {
  const { t, num } = useWidget(), { ref, width } = useSize<HTMLDivElement>(268);
  const { trace } = store.run.value!, unit = store.unit.value, step = store.step.value, H = trace.H;
  const words = store.sequence.value!.words, T = trace.T, height = 214;
  const pick = (cells: Float64Array, count = T) => Array.from({ length: count }, (_, k) => cells[k * H + unit]);
  const curve = pick(trace.cell), plain = store.acting.value ? pick(store.plain.value!.trace.cell) : null;
  const other = store.other.value ? pick(store.other.value.trace.cell, Math.min(T, store.other.value.trace.T)) : null;
  // The axis is absolute and printed; its end is that of this unit's curves over the whole sentence.
  const limit = Math.max(1, roundUp(Math.max(...[curve, plain ?? [], other ?? []].flat().map(Math.abs))));
  const digits = limit < 2 || limit % 1 ? 1 : 0;
  const x = linear([0, Math.max(1, T - 1)], [40, width - 10]), y = linear([-limit, limit], [height - 28, 22]);
  const path = (values: number[]) => linePath(values.map((_, k) => x(k)), values.map((v) => y(v)));
  const far = store.horizon.value, c = curve[step];
  const nameOther = store.otherWords.value.slice(0, 2).join(" ");
  const place = other && labelPlace(other, curve, step);
  const was = plain && Math.max(...plain.map((v, k) => Math.abs(v - curve[k]))) > limit * 0.2 ? labelPlace(plain, curve, step) : null;
  const drag = useDrag((event) => store.setStep(Math.round(x.invert(event.clientX - ref.current!.getBoundingClientRect().left))));
  const valueX = clamp(x(step), 40 + 22, width - 26), around = ((curve[step - 1] ?? c) + (curve[step + 1] ?? c)) / 2;
  const valueY = clamp(y(c) + (around > c ? 20 : -11), 12, height - 34);
  return (
    <div ref={ref} class="chart">
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" {...drag}
        aria-label={t("gates.chart", { unit, from: num(curve[0], { sign: true }), to: num(curve[T - 1], { sign: true }), now: num(c, { sign: true }) })}>
        {[-1, -0.5, 0, 0.5, 1].map((part) => (
          <g key={part}>
            <path d={`M40,${y(part * limit)}H${width - 4}`} style={{ stroke: part ? "var(--rule)" : "var(--rule-2)" }} />
            <text class="axis" x={33} y={y(part * limit) + 4.5} text-anchor="end">{num(part * limit, { digits: !part ? 0 : part % 1 && limit % 2 ? (limit % 1 ? 2 : 1) : digits, sign: true })}</text>
          </g>
        ))}
        <path d={`M${x(step)},${y(limit)}V${y(-limit) + 7}`} style={{ stroke: "var(--accent)", strokeWidth: 1.5 }} />
        {far > 0 && <path class="reach" d={`M${x(Math.max(0, step - far))},${y(-limit) + 5}H${x(step)}`} />}
        {other && <path d={path(other)} class="ghost" />}
        {plain && <path d={path(plain)} class="was" />}
        {was && <text class="axis halo" x={clamp(x(was.at), 60, width - 30)} y={clamp(y(plain![was.at]) + (was.above ? -8 : 18), 18, height - 34)} text-anchor="middle">{t("gates.chart_before")}</text>}
        <path d={path(curve)} class="line" />
        {T <= 40 && curve.map((v, k) => k !== step && <circle key={k} cx={x(k)} cy={y(v)} r={2} style={{ fill: "var(--q-c)" }} />)}
        <circle cx={x(step)} cy={y(c)} r={5} style={{ fill: "var(--paper)", stroke: "var(--q-c)", strokeWidth: 2.5 }} />
        {place && <text class="axis halo" x={clamp(x(place.at), 100, width - 66)} y={clamp(y(other![place.at]) + (place.above ? -9 : 19), 18, height - 34)} text-anchor="middle">{t("sentences.quoted", { word: `${nameOther} …` })}</text>}
        <text class="axis now halo" x={valueX} y={valueY} text-anchor="middle">{num(c, { sign: true })}</text>
        <text class="axis end" x={40} y={height - 6}>{words[0] ?? "1"}</text>
        {T > 1 && <text class="axis end" x={width - 4} y={height - 6} text-anchor="end">{words[T - 1] ?? T}</text>}
      </svg>
    </div>
  );
}

function Actions({ store }: { store: Store }): JSX.Element {
  const widget = useWidget(), { t } = widget, acting = store.acting.value, unit = store.unit.value, step = store.step.value;
  const off = acting?.action === "off" && acting.unit === unit;
  const flip = acting?.action === "flip" && acting.unit === unit && acting.step === step;
  return (
    <>
      <div class="do">
        <Button pressed={off} onClick={() => store.act(off ? "none" : "off")}>{t("gates.off")}</Button>
        <Button pressed={flip} onClick={() => store.act(flip ? "none" : "flip")}>{t("gates.flip")}</Button>
      </div>
      <div class="effect">
        <p><Rich text={effect(store, widget)} /></p>
        {acting && <button type="button" class="textbtn" onClick={() => store.act("none")}>{t("gates.reset")}</button>}
      </div>
    </>
  );
}

/** What the intervention did to the prediction, or what can be tried. */
function effect(store: Store, widget: Surroundings): string {
  const { t } = widget;
  const acting = store.acting.value, run = store.run.value!, plain = store.plain.value!, { words, T } = store.sequence.value!;
  if (!acting) return t("gates.effect.none");
  const done = acting.action === "off" ? t("gates.effect.off", { unit: acting.unit })
    : t("gates.effect.flip", { unit: acting.unit, where: whereIs(words[acting.step] ?? "", acting.step, t) });
  if (run.share && plain.share) {
    return `${done} ${t("gates.effect.share", { word: words[T - 1], before: writeShare(plain.share[T - 1], widget.percent), after: writeShare(run.share[T - 1], widget.percent) })}`;
  }
  const H = run.trace.H, at = (T - 1) * H;
  let most = 0;
  for (let u = 0; u < H; u++) most = Math.max(most, Math.abs(run.trace.hidden[at + u] - plain.trace.hidden[at + u]));
  return `${done} ${t("gates.effect.hidden", { most: widget.num(most) })}`;
}

export function Shift({ store }: { store: Store }): JSX.Element {
  const { t, num } = useWidget(), shift = store.state.forget_bias_shift.value, far = store.horizon.value, step = store.step.value;
  const unit = store.unit.value, words = store.sequence.value!.words.length > 0;
  const written = num(shift, { digits: 1, sign: true });
  const off = store.acting.value?.action === "off" && store.acting.value.unit === unit;
  const kind = off ? "off" : far === 0 ? "none" : far > step ? "all" : far === 1 ? "one" : "many", what = words ? "words" : "steps";
  const reach = t(`gates.horizon.${off ? kind : `${kind}_${what}`}`, { unit, count: far });
  return (
    <div class="shift">
      <div class="shift-head"><span class="shift-name"><Rich text={t("gates.shift")} /></span><b class="num">{written}</b>
        {shift !== 0 && <button type="button" class="textbtn" onClick={() => { store.state.forget_bias_shift.value = 0; }}>{t("gates.shift_reset")}</button>}</div>
      <Scrubber value={clamp(shift, -8, 8)} min={-8} max={8} step={0.1} dots={false} label={t("gates.shift_label")} color="var(--accent)"
        valueText={(v) => t("gates.shift_value", { value: num(v, { digits: 1, sign: true }), horizon: far })}
        onInput={(v) => { store.state.forget_bias_shift.value = Math.round(v * 10) / 10; }} />
      <p class="horizon"><Rich text={reach} /></p>
    </div>
  );
}
