// From one subject to the other: the state after the main noun is pushed, and the answer at the end is read. The tangent at the start is all
// that a gradient sees of it.
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { useWidget } from "../../host/widget.tsx";
import { Marker, marks, type Mark } from "../../sentences/Marker.tsx";
import { FORMS } from "../../sentences/pair.ts";
import { networkName, useWords } from "../../sentences/write.ts";
import { Rich } from "../../ui/Rich.tsx";
import { Scrubber } from "../../ui/Scrubber.tsx";
import { useDrag } from "../../ui/drag.ts";
import { shortened } from "../../ui/format.ts";
import { useSize } from "../../ui/hooks.ts";
import { apart, clamp, linePath, round, ticks } from "../../ui/scale.ts";
import { PUSHES, PUSH_STEP } from "./state.ts";
import type { Store } from "./store.ts";
import { flipsAt } from "./write.ts";

const END = 8; // the axis goes from −8 to 8 at least: before and after training are drawn alike

export function Push({ store }: { store: Store }): JSX.Element {
  const { t, hidden } = useWidget(), words = useWords(), { num, percent } = words, { ref, width } = useSize<HTMLDivElement>();
  const { pair, measured } = store.rested.value!, push = store.push.value, [a] = pair.expected ?? ["f"], right = FORMS[a], wrong = FORMS[a === "f" ? "m" : "f"];
  const noun = shortened(pair.feminine.slice(...span(pair.subject)).join(" ")), other = shortened(pair.masculine.slice(...span(pair.subject)).join(" "));
  const small = width < 520, medium = width < 760, labels = small ? 136 : medium ? 160 : 206, height = small ? 300 : 316;
  const left = small ? 38 : 56, rightEdge = width - labels, top = 34, bottom = height - 44, mark = useMemo(() => marks(store.state.models.value), [store.state.models.value]);
  const markOf = (name: string): Mark => mark[store.state.models.value.indexOf(name)] ?? marks([name])[0];
  const top_ = useMemo(() => measured.reduce((most, { pushes }) => pushes().reduce((m, v) => Math.max(m, Math.abs(v)), most), END), [measured]), extent = 4 * Math.ceil(top_ / 4 - 1e-9);
  const xs = useMemo(() => Array.from({ length: PUSHES }, (_, k) => left + 10 + (k / (PUSHES - 1)) * (rightEdge - left - 20)), [width]);
  const y = (score: number) => top + ((extent - score) / (2 * extent)) * (bottom - top), at = push / PUSH_STEP, still = hidden("scrubber");
  const drag = useDrag((event) => {
    if (!still) store.state.push.value = PUSH_STEP * clamp(Math.round(((event.clientX - ref.current!.getBoundingClientRect().left - xs[0]) / (xs[PUSHES - 1] - xs[0])) * (PUSHES - 1)), 0, PUSHES - 1);
  });
  const told = (k: number) => { const flips = flipsAt(measured[k]); return flips === null ? t("after-training.push.same") : t("after-training.push.flips", { share: percent(flips / 100) }); };
  const levels = measured.map(({ pushes }) => y(pushes()[PUSHES - 1])), placed = apart(levels, small ? 44 : 48, top + 8, height - 34);
  const said = measured.map(({ name, pushes }) => `${networkName(name, words)}: ${num(pushes()[at], { sign: true })}`).join("; ");
  const all = measured.map(({ name }, k) => t("after-training.push.line", { name: networkName(name, words), told: told(k) })).join(" ");
  const curves = useMemo(() => measured.map(({ name, pushes: scores, measures }) => {
    const pushes = scores();
    // the tangent ends where it would leave the chart
    const size = Math.abs(measures.slope), reach = size > 0 ? Math.min(1, (extent - Math.sign(measures.slope) * pushes[0]) / size) : 1;
    return (
      <g key={name} class="curve hidden">
        <path class="tangent" d={`M${round(xs[0])},${round(y(pushes[0]))}L${round(xs[0] + reach * (xs[PUSHES - 1] - xs[0]))},${round(y(pushes[0] + reach * measures.slope))}`} />
        <path class="line" d={linePath(xs, Array.from(pushes, y))} />
        {[0, 10, 20, 30, 40, PUSHES - 1].map((k) => <Marker key={k} mark={markOf(name)} x={xs[k]} y={y(pushes[k])} size={small ? 3.75 : 4.5} />)}
      </g>
    );
  }), [measured, xs, extent, mark]);
  return (
    <div class={`pushbox${store.resting.value ? "" : " later"}`} aria-busy={!store.resting.value}>
      <h3>{t("after-training.push.title", { noun: shortened(pair.feminine[pair.start]) })}</h3>
      <p class="caption"><Rich text={t("after-training.push.caption", { noun, other, right, wrong })} /></p>
      <div ref={ref} class="chart">
        <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={t("after-training.push.chart", { list: all })} class={still ? "still" : ""} {...drag}>
          {ticks(-extent, extent, 4).map((score) => <g key={score}><path class={score === 0 ? "base" : "level"} d={`M${left},${round(y(score))}H${rightEdge}`} />
            <text class="axis" x={left - 9} y={round(y(score)) + 4.5} text-anchor="end">{num(score, { digits: 0, sign: true })}</text></g>)}
          <text class="side halo" x={rightEdge - 6} y={y(extent) + 15} text-anchor="end">↑ {right}</text>
          <text class="side halo" x={xs[0] + 12} y={y(-extent) - 7}>↓ {wrong}</text>
          {[0, 25, 50, 75, 100].map((share) => <g key={share}><path class="base" d={`M${round(xs[(share / 100) * (PUSHES - 1) | 0])},${bottom}v5`} /></g>)}
          <text class="axis under halo" x={xs[0] + 8} y={bottom + 24}>{t(small ? "after-training.push.state_short" : "after-training.push.state", { noun })}</text>
          <text class="axis under halo" x={xs[PUSHES - 1] + (small ? -14 : 4)} y={bottom + 24} text-anchor={small ? "start" : "end"}>{t(small ? "after-training.push.state_short" : "after-training.push.state", { noun: other })}</text>
          <path class="now" d={`M${round(xs[at])},${top - 8}V${height}`} />
          {curves}
          {measured.map(({ name, pushes }) => <g key={name} class="here"><Marker mark={markOf(name)} x={xs[at]} y={y(pushes()[at])} size={6} class="chosen" /></g>)}
          <text class="here-share halo" x={clamp(xs[at], left + 20, rightEdge - 20)} y={top - 14} text-anchor="middle">{percent(push / 100)}</text>
          {measured.map(({ name }, k) => (
            <g key={name} class="end hidden">
              <path class="lead" d={`M${rightEdge - 4},${round(levels[k])}L${rightEdge + (small ? 4 : 10)},${round(placed[k] - 5)}h${small ? 6 : 9}`} />
              <text class="verdict-word" x={rightEdge + (small ? 12 : 24)} y={placed[k]} style={{ fontSize: small ? "16px" : "19px" }}>{told(k)}</text>
              <Marker mark={markOf(name)} x={rightEdge + (small ? 17.5 : 29.5)} y={placed[k] + 15} size={4} />
              <text class="name" x={rightEdge + (small ? 28 : 42)} y={placed[k] + 20}>{networkName(name, words)}</text>
            </g>
          ))}
        </svg>
        {!still && <Scrubber value={at} max={PUSHES - 1} dots={false} label={t("after-training.push.label")} positions={xs} onInput={(k) => { store.state.push.value = PUSH_STEP * k; }}
          valueText={(k) => t("after-training.push.value", { share: percent((PUSH_STEP * k) / 100), noun, other, list: k === at ? said : "" })} />}
      </div>
    </div>
  );
}

const span = ([from, to]: [number, number]): [number, number] => [from, to + 1];
