// The map of one unit in silence, h → tanh(w h + b): where its curve meets the diagonal it stays. The staircase is the run.
import type { JSX } from "preact";
import { useWidget } from "../../host/widget.tsx";
import { useSize } from "../../ui/hooks.ts";
import { linear, linePath } from "../../ui/scale.ts";
import type { Scene } from "./scene.ts";

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
  // where the curve has room for its name, away from the points: h, dx, dy
  const places = w > 1 ? [[-0.5, 10, 8], [0.25, -10, -4], [0.7, 8, 20]] : w >= 0 ? [[-0.5, -8, -6], [0.5, 8, 20]] : [[SIDE, -4, 22]];
  const room = ([h]: number[]) => Math.min(...points.map((p) => Math.abs(p.value - h))), tag = places.reduce((best, p) => (room(p) > Math.max(0.3, room(best)) && room(best) < 0.3 ? p : best));
  const label = t("memory.map.label", { points: points.map((p) => `${signed(p.value)} ${t(p.stable ? "memory.stable" : "memory.unstable")}`).join(", "), before: signed(before), after: signed(hidden[step]) });
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
        {points.map((p, k) => (
          <g key={p.value}>
            <circle class={p.stable ? "fixed" : "fixed open"} cx={x(p.value)} cy={y(p.value)} r={7} />
            {(p.stable || points.every((q, n) => n === k || Math.abs(q.value - p.value) > 0.25)) && <text class="val halo" x={x(p.value) + (p.value > 0.5 ? -12 : 12)} y={y(p.value) + (p.value > 0.5 ? -9 : 20)} style={{ textAnchor: p.value > 0.5 ? "end" : "start" }}>
              {signed(p.value)} <tspan class="role">{t(p.stable ? "memory.stable" : "memory.unstable")}</tspan></text>}
          </g>
        ))}
        <circle class="at" cx={x(before)} cy={y(hidden[step])} r={5} />
        <text class="role halo" x={x(tag[0]) + tag[1]} y={y(Math.tanh(w * tag[0] + b)) + tag[2]} style={{ textAnchor: tag[1] < 0 ? "end" : "start" }}>{t("memory.map.curve")}</text>
        <text class="role halo" transform={`translate(${x(-0.44) + (w > 1 ? -9 : 15)},${y(-0.44) + (w > 1 ? -9 : 15)}) rotate(-45)`} style={{ textAnchor: "middle" }}>{t("memory.map.diagonal")}</text>
        {push !== 0 && <text class="role halo" x={x(-SIDE) + 6} y={y(Math.tanh(-w * SIDE + b + push)) - 8}>{t("memory.map.pushed", { x: num(values[step], { sign: true, digits: Number.isInteger(values[step]) ? 0 : 1 }) })}</text>}
      </svg>
    </div>
  );
}
