// The map of one unit in silence, h → tanh(w h + b): where its curve meets the diagonal it stays. The staircase is the run.
import type { JSX } from "preact";
import { useWidget } from "../../host/widget.tsx";
import { useSize } from "../../ui/hooks.ts";
import { linear, linePath, round } from "../../ui/scale.ts";
import { placeLabels, segments } from "./mapLabels.ts";
import type { Scene } from "./scene.ts";
import { taken, type Spot } from "./spot.ts";

const L = 46, B = 44, TOP = 16, R = 14, SIDE = 1.06;

export function Map({ scene }: { scene: Scene }): JSX.Element {
  const { t, num } = useWidget(), { ref, width } = useSize<HTMLDivElement>(400), size = Math.min(width, 420), { step, hidden, points, values } = scene;
  const x = linear([-SIDE, SIDE], [L, size - R]), y = linear([-SIDE, SIDE], [size - B, TOP]), w = scene.net.weight_hh[0], b = scene.net.bias_ih[0], push = scene.net.weight_ih[0] * values[step];
  const grid = Array.from({ length: 107 }, (_, k) => -SIDE + (2 * SIDE * k) / 106), curve = (shift: number) => linePath(grid.map(x), grid.map((h) => y(Math.tanh(w * h + b + shift))));
  const stairs = (from: number, to: number) => {
    let d = `M${x(from ? hidden[from - 1] : 0)},${y(from ? hidden[from - 1] : 0)}`;
    for (let k = from; k <= to; k++) d += `V${y(hidden[k])}H${x(hidden[k])}`;
    return d;
  };
  const before = step ? hidden[step - 1] : 0, signed = (v: number) => num(v, { sign: true });
  const label = t("memory.map.label", { points: points.map((p) => `${signed(p.value)} ${t(p.stable ? "memory.stable" : "memory.unstable")}`).join(", "), before: signed(before), after: signed(hidden[step]) });
  const name = (p: (typeof points)[number]) => `${signed(p.value)} ${t(p.stable ? "memory.stable" : "memory.unstable")}`, at = (shift: number) => (h: number): [number, number] => [x(h), y(Math.tanh(w * h + b + shift))];
  const few = Array.from({ length: 17 }, (_, k) => -SIDE + (2 * SIDE * k) / 16), shift = t("memory.map.pushed", { x: num(values[step], { sign: true, digits: Number.isInteger(values[step]) ? 0 : 1 }) });
  const steps = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, k) => from + k).flatMap((k): [number, number][] => [[x(k ? hidden[k - 1] : 0), y(hidden[k])], [x(hidden[k]), y(hidden[k])]]);
  const named = points.filter((p, k) => p.stable || points.every((q, n) => n === k || Math.abs(q.value - p.value) > 0.25));
  const { spots, diagonal } = placeLabels([
    ...named.map((p) => ({ text: name(p), at: [[x(p.value), y(p.value)] as const], up: p.value > 0.5 })),
    { text: t("memory.map.curve"), at: [-0.55, 0.6, -0.8, 0.3, 0.85].map(at(0)), up: w < 1 },
    ...(push !== 0 ? [{ text: shift, at: [-0.3, 0.4, -0.6, 0.7, -0.85].map(at(push)), up: true }] : []),
  ], t("memory.map.diagonal"), [x(-SIDE), y(-SIDE)], [x(SIDE), y(SIDE)], [
    ...segments(few.map(at(0)), 3), ...(push !== 0 ? segments(few.map(at(push)), 2) : []), [x(-SIDE), y(-SIDE), x(SIDE), y(SIDE), 2],
    [x(-SIDE), y(0), x(SIDE), y(0), 0.5], [x(0), y(-SIDE), x(0), y(SIDE), 0.5],
    ...segments([[x(0), y(0)], ...steps(0, step)], 2), ...segments(steps(step, scene.T - 1), 1),
    ...points.flatMap((p) => taken({ left: x(p.value) - 6, right: x(p.value) + 6, top: y(p.value) - 6, bottom: y(p.value) + 6 })),
  ], { left: L - 2, top: 2, right: size, bottom: size - B });
  const write = (spot: Spot) => ({ x: spot.x, y: spot.y, style: { textAnchor: spot.anchor } });
  return (
    <div ref={ref} class="map">
      <svg width={size} height={size} role="img" aria-label={label}>
        {[-1, 0, 1].map((v) => (
          <g key={v}>
            <path class={v ? "grid" : "grid zero"} d={`M${x(-SIDE)},${y(v)}H${x(SIDE)}M${x(v)},${y(-SIDE)}V${y(SIDE)}`} />
            <text class="axis" x={L - 8} y={y(v) + 4.5} style={{ textAnchor: "end" }}>{num(v, { digits: 0, sign: true })}</text>
            <text class="axis" x={x(v)} y={size - B + 18} style={{ textAnchor: "middle" }}>{num(v, { digits: 0, sign: true })}</text>
          </g>
        ))}
        <text class="letter" x={L - 8} y={y(0.5) + 5} style={{ textAnchor: "end" }}>h<tspan class="sub" dy={5}>t</tspan></text>
        <text class="letter" x={x(0.5)} y={size - B + 20} style={{ textAnchor: "middle" }}>h<tspan class="sub" dy={5}>t−1</tspan></text>
        <path class="diagonal" d={`M${x(-SIDE)},${y(-SIDE)}L${x(SIDE)},${y(SIDE)}`} />
        <path class="curve" d={curve(0)} />
        {push !== 0 && <path class="curve pushed" d={curve(push)} />}
        <path class="stairs later" d={stairs(step, scene.T - 1)} />
        <path class="stairs" d={stairs(0, step)} />
        {points.map((p) => <circle key={p.value} class={p.stable ? "fixed" : "fixed open"} cx={x(p.value)} cy={y(p.value)} r={7} />)}
        {named.map((p, k) => <text key={p.value} class="val halo" {...write(spots[k])}>{signed(p.value)} <tspan class="role">{t(p.stable ? "memory.stable" : "memory.unstable")}</tspan></text>)}
        <circle class="at" cx={x(before)} cy={y(hidden[step])} r={5} />
        <text class="role halo" {...write(spots[named.length])}>{t("memory.map.curve")}</text>
        <text class="role halo" transform={`translate(${diagonal.map(round).join(",")}) rotate(-45)`} style={{ textAnchor: "middle" }}>{t("memory.map.diagonal")}</text>
        {push !== 0 && <text class="role halo" {...write(spots[named.length + 1])}>{shift}</text>}
      </svg>
    </div>
  );
}
