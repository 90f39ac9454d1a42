// The picture: the relief on a canvas, and over it the two walks, the start that can be dragged, and what is outside.
import type { JSX } from "preact";
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import type { Unit, Walk } from "../../core/error_surface.ts";
import { useWidget } from "../../host/widget.tsx";
import { useDrag } from "../../ui/drag.ts";
import { parseColor } from "../../ui/HeatMap.tsx";
import { clamp, round } from "../../ui/scale.ts";
import { useSize } from "../../ui/hooks.ts";
import { mesh, paint, place, under, viewOf, type View3 } from "./relief.ts";
import { NAMES, type Name, type Scene } from "./scene.ts";
import { PICTURE } from "./state.ts";
import { pictureText, weightsText } from "./words.ts";

export function Relief({ scene, onStart }: { scene: Scene; onStart: (w: number, b: number) => void }): JSX.Element {
  const widget = useWidget(), { t, theme } = widget, { ref, width } = useSize<HTMLDivElement>(), canvas = useRef<HTMLCanvasElement>(null);
  const { steps, initial, target } = scene.unit, unit = useMemo<Unit>(() => ({ steps, initial, target }), [steps, initial, target]);
  const view = useMemo(() => viewOf(width, target), [width, target]), errors = useMemo(() => mesh(unit), [unit]), palette = theme.value;
  useLayoutEffect(() => {
    const element = canvas.current, context = element?.getContext("2d");
    if (!element || !context) return;
    const dots = Math.min(2, Math.max(1, globalThis.devicePixelRatio || 1)), W = Math.round(view.width * dots), H = Math.round(view.height * dots);
    if (element.width !== W || element.height !== H) { element.width = W; element.height = H; }
    const read = (token: string) => { element.style.color = `var(${token})`; const found = parseColor(getComputedStyle(element).color); element.style.color = ""; return found; };
    paint(context, view, errors, read("--paper"), read("--ink"), dots);
  }, [view, errors, palette]);
  const drag = useDrag((event) => {
    const box = ref.current!.getBoundingClientRect();
    const [w, b] = under(view, unit, event.clientX - box.left, event.clientY - box.top);
    onStart(Math.round(w * 50) / 50, Math.round(b * 50) / 50);
  });
  const [sx, sy] = at(view, scene.walks.free, 0), wide = width >= 560;
  return (
    <div class="relief" ref={ref} style={{ height: `${view.height}px` }}>
      <canvas ref={canvas} aria-hidden="true" style={{ width: `${view.width}px`, height: `${view.height}px` }} />
      <svg width={view.width} height={view.height} role="img" aria-label={pictureText(widget, scene)} {...drag}>
        <rect class="ground" width={view.width} height={view.height} />
        <Axes view={view} wide={wide} />
        {[...NAMES].reverse().map((name) => <Path key={name} name={name} walk={scene.walks[name]} move={scene.move} view={view} />)}
        <g class="start" transform={`translate(${round(sx)} ${round(sy)})`}><circle r={12} class="ring" /><circle r={4} class="dot" /></g>
        <text class="here" x={sx} y={sy - 18} style={{ textAnchor: sx > width - 90 ? "end" : "middle" }}>{t("cliff.start")}</text>
      </svg>
    </div>
  );
}

const at = (view: View3, walk: Walk, k: number) => place(view, walk.weights[k], walk.biases[k], walk.errors[k]);

function Axes({ view, wide }: { view: View3; wide: boolean }): JSX.Element {
  const widget = useWidget(), { t, num } = widget, [w0, w1] = PICTURE.weight, [b0, b1] = PICTURE.bias, base = -0.05 * view.top;
  const [lx, ly] = place(view, w0, b0, 0), [bx, by] = place(view, w1, (b0 + b1) / 2, base);
  return (
    <g class="axes" aria-hidden="true">
      {[0.5, 1, 1.5, 2, 2.5].map((w) => { const [x, y] = place(view, w, b0, base); return <g key={w}><path d={`M${x},${y}v6`} /><text class="axis" x={x} y={y + 19} style={{ textAnchor: "middle" }}>{num(w, { digits: 1 })}</text></g>; })}
      {[-1, -0.5, 0, 0.5].map((b) => { const [x, y] = place(view, w1, b, base); return <g key={b}><path d={`M${x},${y}l5,3`} /><text class="axis" x={x + 8} y={y + 11}>{num(b, { digits: 1, sign: true })}</text></g>; })}
      <path d={`M${lx - 8},${ly}V${ly - view.top * view.up}`} />
      {[0, 1, 2].filter((e) => e <= view.top).map((e) => <g key={e}><path d={`M${lx - 8},${ly - e * view.up}h-5`} /><text class="axis" x={lx - 16} y={ly - e * view.up + 4.5} style={{ textAnchor: "end" }}>{e}</text></g>)}
      <text class="name" x={lx - 12} y={ly - view.top * view.up - 12}>{t("cliff.axis.error")}</text>
      <text class="name" x={view.w((w0 + w1) / 2)} y={view.floor + 47} style={{ textAnchor: "middle" }}><tspan class="letter">w</tspan>{wide ? `, ${t("cliff.axis.weight")}` : ""}</text>
      <text class="name" x={Math.min(bx + (wide ? 46 : 34), view.width - 8)} y={by + 26}><tspan class="letter">b</tspan></text>
    </g>
  );
}

/** One walk up to the present move. A place outside the picture is an arrow at its border, with its weights. */
function Path({ name, walk, move, view }: { name: Name; walk: Walk; move: number; view: View3 }): JSX.Element {
  const widget = useWidget(), { t } = widget, shown: [number, number][] = [];
  let out: [number, number] | null = null;
  for (let k = 0; k <= move; k++) {
    const w = walk.weights[k], b = walk.biases[k];
    if (w < PICTURE.weight[0] || w > PICTURE.weight[1] || b < PICTURE.bias[0] || b > PICTURE.bias[1]) { out = at(view, walk, k); break; }
    shown.push(at(view, walk, k));
  }
  const last = shown[shown.length - 1] ?? [0, 0], d = shown.map(([x, y], k) => `${k ? "L" : "M"}${round(x)},${round(y)}`).join("");
  const tip = out && border(last, out, view), flown = tip && Math.atan2(tip[1] - last[1], tip[0] - last[0]);
  return (
    <g class={`walk ${name}`}>
      <path class="halo" d={d} /><path class="line" d={d} />
      {tip && <><path class="halo" d={`M${last}L${tip}`} /><path class="line flight" d={`M${last}L${tip}`} />
        <path class="head" d="M0,0L-14,-6L-14,6Z" transform={`translate(${round(tip[0])} ${round(tip[1])}) rotate(${round((flown! * 180) / Math.PI)})`} /></>}
      {shown.map(([x, y], k) => k > 0 && <circle key={k} cx={round(x)} cy={round(y)} r={k === move && !out ? 7 : 3.25} />)}
      {tip
        ? <text class="label" x={clamp(last[0] + (tip[0] - last[0]) * 0.7 + 14, 8, view.width - (view.width < 560 ? 225 : 255))} y={clamp(last[1] + (tip[1] - last[1]) * 0.7 + 20, 18, view.height - 50)}>{t(`cliff.walk.${name}`)}: <tspan class="v">{weightsText(widget, walk.weights[move], walk.biases[move])}</tspan></text>
        : move > 0 && <text class="label" x={last[0] + (last[0] < 150 ? 14 : -14)} y={last[1] + (name === "free" ? -8 : 14)} style={{ textAnchor: last[0] < 150 ? "start" : "end" }}>{t(`cliff.walk.${name}`)}</text>}
    </g>
  );
}

/** Where the line from a place in the picture to one outside it leaves the drawing. */
function border([x0, y0]: [number, number], [x1, y1]: [number, number], view: View3): [number, number] {
  const dx = x1 - x0, dy = y1 - y0, box = [6, view.width - 6, 6, view.height - 40] as const;
  const share = Math.min(1, dx < 0 ? (box[0] - x0) / dx : dx > 0 ? (box[1] - x0) / dx : 1, dy < 0 ? (box[2] - y0) / dy : dy > 0 ? (box[3] - y0) / dy : 1);
  return [round(x0 + dx * share), round(y0 + dy * share)];
}
