// How much each frame that Bach wrote surprised each network, in the columns of the roll: −log of the probability it gave to it.
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import type { View } from "../../host/widget.tsx";
import { NetworkMark, dashOf, markOf } from "../../ui/NetworkMark.tsx";
import { apart, linePath, round, roundUp } from "../../ui/scale.ts";
import { asked, meanSurprise, surprise, type Piece } from "./data.ts";
import { below, type Layout } from "./layout.ts";
import type { ChoraleState, Source } from "./state.ts";
import { surpriseAt } from "./words.ts";

/** How a network of this chapter is marked: its LSTM starts with forget bias 1. */
export const markName = (network: string): string => (network === "lstm" ? "lstm-b1" : network);

export function Surprise({ view, piece, source, beat, layout: l }: { view: View<ChoraleState>; piece: Piece; source: Source; beat: number; layout: Layout }): JSX.Element | null {
  const { t, num } = view, networks = asked(piece);
  const curves = useMemo(() => networks.map((network) => surprise(piece, network)), [piece]);
  const most = roundUp(Math.max(1, ...curves.flat().map((value) => value ?? 0))), b = below(l.width, most), middle = (at: number) => round(l.x(at) + l.column / 2);
  if (!networks.length) return null;
  const means = networks.map((network) => meanSurprise(piece, network) ?? 0), levels = apart(means.map(b.y), 19, b.top + 2, b.bottom - 2);
  const label = t("chorale.surprise.label", { list: networks.map((network, k) => `${t(`chorale.name.${network}`)} ${num(means[k])}`).join(", "), beat: beat + 1,
    here: networks.map((network) => `${t(`chorale.name.${network}`)} ${surpriseAt(piece, network, beat, view)}`).join(", ") });
  return (
    <div class="surprise">
      <p class="plot-title">{t("chorale.surprise")}<span class="unit">{t("chorale.surprise.unit")}</span></p>
      <svg width={l.width} height={b.height} viewBox={`0 0 ${l.width} ${b.height}`} role="img" aria-label={label}>
        {[0, most / 2, most].map((value) => (
          <g key={value}><path class="level" d={`M${l.left},${b.y(value)}H${l.right}`} /><text class="axis" x={l.left - 6} y={b.y(value) + 4.5} text-anchor="end">{num(value, { digits: value % 1 ? 1 : 0 })}</text></g>
        ))}
        <path class="handover" d={`M${round(l.x(piece.given))},0V${b.bottom}`} />
        <path class="at" d={`M${middle(beat)},0V${b.bottom}`} />
        {networks.map((network, k) => {
          const places = curves[k].flatMap((value, at) => (value === null ? [] : [at]));
          return (
            <g key={network} class={`curve${network === source ? " chosen" : ""}`}>
              <path class="line" d={linePath(places.map(middle), places.map((at) => b.y(curves[k][at]!)))} style={{ strokeWidth: markOf(markName(network)).width, strokeDasharray: dashOf(markName(network)) }} />
              {curves[k][beat] !== null && <NetworkMark network={markName(network)} x={middle(beat)} y={b.y(curves[k][beat]!)} />}
              <path class="leader" d={`M${l.right + 1},${round(b.y(means[k]))}L${l.right + 7},${round(levels[k])}`} />
              <NetworkMark network={markName(network)} x={l.right + 14} y={levels[k]} />
              <text class="name" x={l.right + 24} y={levels[k] + 4.5}>{t(`chorale.name.${network}`)}{l.width >= 560 ? ` ${num(means[k])}` : ""}</text>
            </g>
          );
        })}
      </svg>
    </div>
  );
}
