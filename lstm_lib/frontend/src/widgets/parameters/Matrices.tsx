// The arrays of the three networks at one scale: a square pixel is so many parameters everywhere, so areas can be compared.
import type { JSX } from "preact";
import { useWidget } from "../../host/widget.tsx";
import { formatInteger } from "../../ui/format.ts";
import { DASH, color, type Letter } from "../../ui/quantities.ts";
import { round } from "../../ui/scale.ts";
import { LETTERS, scaleOf, type Counted } from "./count.ts";

const GAP = 5, HEAD = 62, FOOT = 26;

export function Matrices({ all, chosen, width, pick }: { all: Counted[]; chosen: Counted; width: number; pick: (kind: Counted["kind"]) => void }): JSX.Element {
  const { t, language } = useWidget(), int = (v: number) => formatInteger(v, language.value);
  const narrow = width < 560, left = narrow ? 16 : 30, scale = scaleOf(all, width, narrow ? 220 : 340, all.length * (left + 2 * GAP + 6) + (narrow ? 46 : 120));
  // A narrow network still needs room for its name, its count and its shape.
  const room = all.map((one) => Math.max(left + (one.I + one.H) * scale + 2 * GAP + one.biases * Math.max(2, scale), narrow ? 106 : 150));
  const free = width - room.reduce((a, b) => a + b), between = narrow ? free / 2 : Math.min(free / 2, 110), height = HEAD + Math.max(...all.map((one) => one.rows)) * scale + FOOT;
  let x = Math.max(0, (free - 2 * between) / 2);
  const list = all.map((one) => t("parameters.drawing_one", { name: t(`parameters.name.${one.kind}`), units: int(one.H), rows: int(one.rows), inputs: int(one.I), total: int(one.total) })).join(" ");
  return (
    <svg class="matrices" width={width} height={round(height)} viewBox={`0 0 ${width} ${round(height)}`} role="img" aria-label={`${t("parameters.drawing")} ${list}`}>
      {all.map((one, k) => {
        const at = x;
        x += room[k] + between;
        return <Network key={one.kind} {...{ one, scale, int }} x={at} margin={left} room={room[k]} chosen={one === chosen} onPick={() => pick(one.kind)} />;
      })}
    </svg>
  );
}

function Network({ one, x, margin, room, scale, chosen, int, onPick }: { one: Counted; x: number; margin: number; room: number; scale: number; chosen: boolean; int: (v: number) => string; onPick: () => void }): JSX.Element {
  const { t } = useWidget(), left = x + margin, side = one.H * scale, inputs = one.I * scale, second = left + inputs + GAP, third = second + side + GAP;
  const letterSize = Math.min(19, side * 0.8), thick = Math.max(2, scale), bottom = HEAD + one.rows * scale;
  return (
    <g class={chosen ? "net chosen" : "net"} onClick={onPick}>
      <rect class="hit" x={x} y={0} width={room} height={bottom + FOOT} />
      <text class="name" x={left} y={17}>{t(`parameters.name.${one.kind}`)}</text>
      <text class="total" x={left} y={38}>{int(one.total)}</text>
      {inputs > 16 && <text class="letter over" x={left + inputs / 2} y={HEAD - 7}>x</text>}
      {side > 12 && <text class="letter over" x={second + side / 2} y={HEAD - 7}>h</text>}
      <text class="letter over" x={third + (one.biases * thick) / 2} y={HEAD - 7}>b</text>
      {LETTERS[one.kind].map((letter, block) => {
        const y = HEAD + block * side, known = one.kind === "lstm" || letter === "h", ink = known ? color(letter as Letter) : "var(--ink-2)";
        const box = (from: number, w: number, strength: number) => (
          <rect x={round(from)} y={round(y)} width={round(Math.max(w, 0.75))} height={round(Math.max(side - 0.75, 0.5))} style={{ fill: ink, fillOpacity: strength, stroke: ink, strokeWidth: 1, strokeDasharray: one.kind === "lstm" ? DASH[letter as Letter] : "none" }} />
        );
        return (
          <g key={letter}>
            {box(left, inputs, chosen ? 0.22 : 0.1)}
            {box(second, side, chosen ? 0.4 : 0.18)}
            {Array.from({ length: one.biases }, (_, k) => <rect key={k} x={round(third + k * thick)} y={round(y)} width={round(thick - 0.5)} height={round(Math.max(side - 0.75, 0.5))} style={{ fill: ink, fillOpacity: chosen ? 0.75 : 0.4 }} />)}
            {letterSize > 8.5 && <text class="letter block" x={left - (margin < 20 ? 4 : 8)} y={y + side / 2 + letterSize * 0.3} style={{ fill: ink, fontSize: `${letterSize}px` }}>{letter}</text>}
          </g>
        );
      })}
      <text class="shape" x={margin < 20 ? x : left} y={bottom + 18}>{t("parameters.shape", { rows: int(one.rows), inputs: int(one.I), units: int(one.H) })}</text>
    </g>
  );
}
