// The length of the gradient at every move, on an absolute log axis, with the length at which it is clipped.
import type { JSX } from "preact";
import { useWidget } from "../../host/widget.tsx";
import { useSize } from "../../ui/hooks.ts";
import { linear, linePath, round, ticks } from "../../ui/scale.ts";
import { NAMES, type Scene } from "./scene.ts";
import { power } from "./words.ts";

const L = 62, R = 118, TOP = 14, H = 206, B = 28;

export function Chart({ scene }: { scene: Scene }): JSX.Element {
  const widget = useWidget(), { t, num } = widget, { ref, width } = useSize<HTMLDivElement>(), right = width < 560 ? 88 : R;
  const all = NAMES.flatMap((name) => Array.from(scene.walks[name].norms)).filter((v) => v > 0).map(Math.log10);
  const low = Math.floor(Math.min(-2, ...all)), high = Math.ceil(Math.max(1, Math.log10(scene.maxNorm), ...all));
  const x = linear([0, scene.moves], [L, width - right]), y = linear([low, high], [H - B, TOP]), every = Math.max(1, Math.ceil((high - low) / 6)), limit = y(Math.log10(scene.maxNorm));
  const ends = NAMES.map((name) => {
    const norms = scene.walks[name].norms; let last = scene.move;
    while (last > 0 && !(norms[last] > 0)) last--;
    return { name, last, zero: last < scene.move, y: norms[last] > 0 ? y(Math.log10(norms[last])) : y(low) };
  });
  const apart = Math.abs(ends[0].y - ends[1].y) < 34 ? (34 - Math.abs(ends[0].y - ends[1].y)) / 2 : 0, above = ends[0].y <= ends[1].y ? 0 : 1;
  return (
    <div ref={ref} class="chart">
      <p class="charttitle">{t("cliff.chart")}</p>
      <svg width={width} height={H} role="img" aria-label={t("cliff.chart.label", { free: power(widget, Math.max(...scene.walks.free.norms)), clipped: power(widget, Math.max(...scene.walks.clipped.norms)), limit: num(scene.maxNorm) })}>
        {Array.from({ length: high - low + 1 }, (_, k) => low + k).filter((e) => (e - low) % every === 0).map((e) => (
          <g key={e}><path class="grid" d={`M${L},${y(e)}H${width - right}`} /><text class="axis" x={L - 8} y={y(e) + 4.5} style={{ textAnchor: "end" }}>10<tspan dy="-6" style={{ fontSize: "11px" }}>{num(e, { digits: 0 })}</tspan></text></g>
        ))}
        <path class="limit" d={`M${L},${limit}H${width - right}`} /><text class="limitname" x={width - right} y={limit - 6} style={{ textAnchor: "end" }}>{t("cliff.limit", { value: num(scene.maxNorm) })}</text>
        {ticks(0, scene.moves, width < 560 ? 4 : 8).map((k) => <text key={k} class="axis" x={x(k)} y={H - 8} style={{ textAnchor: "middle" }}>{k}</text>)}
        <path class="hair" d={`M${x(scene.move)},${TOP}V${H - B}`} />
        {[1, 0].map((k) => {
          const { name, last, zero, y: end } = ends[k];
          const norms = scene.walks[name].norms, ks = Array.from({ length: last + 1 }, (_, n) => n).filter((n) => norms[n] > 0), ys = ks.map((n) => y(Math.log10(norms[n])));
          return (
            <g class={`walk ${name}`} key={name}>
              <path class="line" d={linePath(ks.map((n) => x(n)), ys)} />
              {ks.map((n, i) => <circle key={n} cx={round(x(n))} cy={round(ys[i])} r={n === scene.move ? 6 : 2.75} />)}
              <text class="label" x={x(last) + 12} y={end + (k === above ? -apart : apart) + 5}>{t(`cliff.walk.${name}`)}{zero ? ` (${t("cliff.zero")})` : ""}</text>
            </g>
          );
        })}
      </svg>
    </div>
  );
}
