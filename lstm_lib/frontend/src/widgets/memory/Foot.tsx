// Under the network: the inputs as bars, and the steps or the words.
import type { JSX } from "preact";
import { useWidget } from "../../host/widget.tsx";
import { clamp } from "../../ui/scale.ts";
import type { Geometry } from "./geometry.ts";

export function Foot({ g, values, words, step, extent }: { g: Geometry; values: number[]; words: string[]; step: number; extent: number }): JSX.Element {
  const { num, t } = useWidget(), T = values.length, zero = g.input(0), thick = clamp(g.column * 0.5, 6, 22);
  const [x0, y0] = g.place(g.at(-0.5), zero), [x1, y1] = g.place(g.at(T - 0.5), zero), every = g.wide && !words.length ? Math.ceil(22 / g.column) : 1;
  const most = Math.max(2, Math.floor((g.wide ? 2 * g.column - 8 : g.foot - 8) / 7.2)), digits = values.every((v) => Number.isInteger(v)) ? 0 : values.every((v) => Math.abs(v * 10 - Math.round(v * 10)) < 1e-9) ? 1 : 2;
  return (
    <g class="foot">
      <path class="zero-line" d={`M${x0},${y0}L${x1},${y1}`} />
      {g.wide && [-extent, 0, extent].map((v) => <text key={v} class="axis" x={g.at(-0.5) - 8} y={g.height - g.input(v) + 4.5} style={{ textAnchor: "end" }}>{num(v, { digits: 0, sign: true })}</text>)}
      <text class="rowname" x={g.wide ? 0 : zero} y={g.wide ? g.height - zero + 5 : 18} style={g.wide ? {} : { textAnchor: "middle" }}>{t("memory.row.input")}</text>
      {values.map((v, k) => {
        const [ax, ay] = g.place(g.at(k), zero), [bx, by] = g.place(g.at(k), g.input(v)), label = words[k] ?? String(k + 1);
        const [tx, ty] = g.wide ? [ax, g.height - (words.length && k % 2 === 0 ? 28 : 8)] : [g.foot - 8, ay + 5], short = [...label].length > most ? [...label].slice(0, most - 1).join("") + "…" : label;
        return (
          <g key={k}>
            {v === 0 ? <circle class="silence" cx={ax} cy={ay} r={2.5} /> : g.wide
              ? <rect class="bar" x={ax - thick / 2} y={Math.min(ay, by)} width={thick} height={Math.abs(by - ay)} />
              : <rect class="bar" x={Math.min(ax, bx)} y={ay - thick / 2} width={Math.abs(bx - ax)} height={thick} />}
            {v !== 0 && g.wide && g.column >= 36 && <text class="xval" x={ax + thick / 2 + 3} y={(ay + by) / 2 + 4.5}>{num(v, { digits, sign: true })}</text>}
            {k === step && (g.wide ? <rect class="chip" x={ax - Math.max(14, short.length * 4.6)} y={ty - 15} width={2 * Math.max(14, short.length * 4.6)} height={21} rx={3} /> : <rect class="chip" x={0} y={ay - 12} width={g.foot - 3} height={24} rx={3} />)}
            {k % every === 0 && <text class={k === step ? "name now" : "name"} x={tx} y={ty} style={{ textAnchor: g.wide ? "middle" : "end" }}>{short}</text>}
          </g>
        );
      })}
    </g>
  );
}
