// What is read on the left, and beside it, in the same rows, what each network makes of it: ten columns for the ten digits, darker
// where it is more probable. The line is where the reading stands; what lies below it has not been read yet.
import type { JSX } from "preact";
import { useMemo, useRef } from "preact/hooks";
import type { View } from "../../host/widget.tsx";
import { useDrag } from "../../ui/drag.ts";
import { HeatMap } from "../../ui/HeatMap.tsx";
import { NetworkSample } from "../../ui/NetworkMark.tsx";
import { clamp, round } from "../../ui/scale.ts";
import { Tick } from "../../ui/Verdict.tsx";
import { LIMIT, answer, best, columns, type Item } from "./data.ts";
import { FOOT, type Block, type Layout } from "./layout.ts";
import type { Network, RowsState } from "./state.ts";
import { answerText, itemName, nameOf, share } from "./words.ts";

const SHADES = ["var(--ramp-0)", "var(--ink)"], SIGNED = ["var(--div-neg)", "var(--div-mid)", "var(--div-pos)"];
const DIGITS = Array.from({ length: 10 }, (_, digit) => digit);
/** How a network of this chapter is marked: its LSTM starts with forget bias 1. */
const markName = (network: Network): string => (network === "lstm" ? "lstm-b1" : network);

export function Maps({ view, item, number, networks, row, layout: l, pick }: {
  view: View<RowsState>; item: Item; number: number; networks: Network[]; row: number; layout: Layout; pick: (row: number) => void;
}): JSX.Element {
  const { t, theme, hidden } = view, total = item.rows.length, palette = theme.value, box = useRef<HTMLDivElement>(null);
  const source = useMemo(() => columns(item.rows), [item]), maps = useMemo(() => networks.map((network) => columns(item.probability[network]!)), [item]);
  const toRow = (event: PointerEvent) => {
    const top = box.current!.getBoundingClientRect().top, y = event.clientY - top, block = [l.source, ...l.maps].find((one) => y >= one.y - 8 && y <= one.y + one.height + 8);
    if (block) pick(clamp(Math.floor(((y - block.y) / block.height) * total), 0, total - 1));
  };
  const at = (block: Block, k: number) => round(block.y + (k / total) * block.height);
  const frame = (block: Block) => ({ left: `${block.x}px`, top: `${block.y}px`, width: `${block.width}px`, height: `${block.height}px` });
  const speech = item.kind === "speech", steps = l.beside ? [l.source] : [l.source, l.maps[0]], numbers = [...ticksOf(total).filter((value) => Math.abs(value - row - 1) > 2), row + 1];
  const lineOver = l.beside ? [{ from: l.source.x, to: l.maps[l.maps.length - 1].x + l.maps[0].width, block: l.source }] : [{ from: l.source.x, to: l.source.x + l.source.width, block: l.source }, { from: l.maps[0].x, to: l.width, block: l.maps[0] }];
  const heard = networks.map((network) => `${nameOf(network, view)}: ${answerText(answer(item, network, row), view)}`).join("; ");
  return (
    <div ref={box} class="maps" style={{ height: `${hidden("bars") ? l.height - l.bars - FOOT : l.height}px` }} {...useDrag(toRow)}>
      <div class="block" style={frame(l.source)}>
        <HeatMap values={source} T={item.rows[0].length} H={total} order={ORDER} gate={!speech} limit={LIMIT} stops={speech ? SIGNED : SHADES} width={l.source.width} height={l.source.height} palette={palette}
          label={t(`rows.picture.${item.kind}`, { item: itemName(item, number, view), row: row + 1, total })} />
      </div>
      <div class="headline what" style={l.beside ? { left: `${l.source.x}px`, top: 0, width: `${l.source.width}px` } : { left: `${l.source.x + l.source.width + 20}px`, top: 0, right: 0 }}>
        <p class="who">{t(`rows.short.${item.kind}`, { number: number + 1 })}</p>
        <p class="says"><b>{item.label}</b><span>{t("rows.is")}</span></p>
        {!l.beside && <Legend t={t} />}
      </div>
      {networks.map((network, k) => {
        const found = answer(item, network, row);
        return (
          <div key={network}>
            <div class="headline" style={{ left: `${l.maps[k].x}px`, top: `${l.maps[k].y - l.head}px`, width: `${l.maps[k].width + (l.beside ? 30 : 10)}px` }}>
              <p class="who">{l.beside && <NetworkSample network={markName(network)} />}{nameOf(network, view)}</p>
              <p class={`says ${found.right ? "ok" : "no"}`}><b>{found.digit}</b><span>{share(found.share, view)}</span><Tick right={found.right} /></p>
            </div>
            <div class="block" style={frame(l.maps[k])}>
              <HeatMap values={maps[k]} T={10} H={total} order={ORDER} gate limit={1} stops={SHADES} width={l.maps[k].width} height={l.maps[k].height} palette={palette} label="" />
            </div>
          </div>
        );
      })}
      <svg class="over" width={l.width} height={l.height} viewBox={`0 0 ${l.width} ${l.height}`} role="img" aria-label={t("rows.maps", { label: item.label, row: row + 1, total, heard })}>
        {steps.map((block) => numbers.map((value) => <text key={`${block.y}.${value}`} class={`axis${value === row + 1 ? " now" : ""}`} x={block.x - 7} y={at(block, value - 0.5) + 4.5} text-anchor="end">{value}</text>))}
        {[l.source, ...l.maps].map((block, k) => row < total - 1 && <rect key={k} class="unread" x={block.x - 0.5} y={at(block, row + 1)} width={block.width + 1} height={block.y + block.height - at(block, row + 1) + 0.5} />)}
        {l.maps.map((block, k) => {
          const column = block.width / 10, shares = item.probability[networks[k]]!;
          return (
            <g key={k}>
              <path class="truth" d={`M${round(block.x + item.label * column)},${block.y - 1}v${block.height + 2}m${round(column)},0v${-block.height - 2}`} />
              <Winners {...{ shares, block, total, label: item.label, row }} />
              {DIGITS.map((digit) => <text key={digit} class={`axis${digit === item.label ? " now" : ""}`} x={round(block.x + (digit + 0.5) * column)} y={block.y + block.height + 16} text-anchor="middle">{digit}</text>)}
              {!hidden("bars") && <Bars shares={shares[row]} block={block} top={block.y + block.height + FOOT + 8} height={l.bars - 8} label={item.label} />}
            </g>
          );
        })}
        {!hidden("bars") && <>
          <text class="axis" x={l.maps[0].x - 6} y={l.maps[0].y + l.maps[0].height + FOOT + 12.5} text-anchor="end">{l.beside ? view.percent(1) : "1"}</text><text class="axis" x={l.maps[0].x - 6} y={l.maps[0].y + l.maps[0].height + FOOT + l.bars + 4} text-anchor="end">0</text>
        </>}
        {lineOver.map(({ from, to, block }, k) => <path key={k} class="line" d={`M${from - 4},${at(block, row + 1)}H${to + 2}`} />)}
      </svg>
      {l.beside && <div class="beneath" style={{ left: `${l.source.x}px`, top: `${l.source.y + l.source.height + 14}px`, width: `${l.source.width + 16}px` }}><Legend t={t} /></div>}
    </div>
  );
}

/** What the marks in the maps mean. */
export function Legend({ t }: Pick<View<RowsState>, "t">): JSX.Element {
  return (
    <p class="legend">
      <span><svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true"><circle cx="6" cy="6" r="3.4" /></svg>{t("rows.key.right")}</span>
      <span><svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true"><path class="cross" d="M2.5,2.5l7,7m0,-7l-7,7" /></svg>{t("rows.key.wrong")}</span>
      <span><svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true"><path class="truth" d="M2,0V12M10,0V12" /></svg>{t("rows.key.truth")}</span>
      <span><svg class="ramp" width="26" height="12" viewBox="0 0 26 12" aria-hidden="true">{[0, 0.25, 0.5, 0.75, 1].map((share, k) => <rect key={k} x={k * 5.2} y={1} width={5.2} height={10} style={{ fillOpacity: share }} />)}</svg>{t("rows.key.ramp")}</span>
    </p>
  );
}

const ORDER = Array.from({ length: 64 }, (_, k) => k);

/** Rows that carry a number, beside the one that was read last. */
const ticksOf = (total: number): number[] => [1, ...Array.from({ length: Math.floor(total / 7) }, (_, k) => 7 * (k + 1))];

/** The most probable digit of each row: a dot where it is the right one, a cross where it is not. */
function Winners({ shares, block, total, label, row }: { shares: number[][]; block: Block; total: number; label: number; row: number }): JSX.Element {
  const column = block.width / 10, size = Math.min(2.6, block.height / total / 2.6);
  let dots = "", crosses = "";
  shares.slice(0, row + 1).forEach((one, k) => {
    const digit = best(one), at = `M${round(block.x + (digit + 0.5) * column)},${round(block.y + ((k + 0.5) / total) * block.height)}`;
    if (digit === label) dots += `${at}h0`; else crosses += `${at}m${-size},${-size}l${2 * size},${2 * size}m0,${-2 * size}l${-2 * size},${2 * size}`;
  });
  return <g class="winners"><path class="ring" d={dots} style={{ strokeWidth: 2.6 * size + 2.5 }} /><path class="ring" d={crosses} style={{ strokeWidth: 4 }} /><path class="dots" d={dots} style={{ strokeWidth: 2.6 * size }} /><path class="crosses" d={crosses} /></g>;
}

/** The ten probabilities after the row that was read last, under the columns of the map. */
function Bars({ shares, block, top, height, label }: { shares: readonly number[]; block: Block; top: number; height: number; label: number }): JSX.Element {
  const column = block.width / 10, bottom = top + height;
  return (
    <g class="bars">
      <path class="level" d={`M${block.x},${top}H${block.x + block.width}`} /><path class="base" d={`M${block.x},${bottom}H${block.x + block.width}`} />
      {shares.map((value, digit) => <rect key={digit} class={digit === label ? "truth-bar" : ""} x={round(block.x + digit * column + column * 0.14)} y={round(bottom - value * height)} width={round(column * 0.72)} height={round(value * height)} />)}
      {DIGITS.map((digit) => <text key={digit} class={`axis${digit === label ? " now" : ""}`} x={round(block.x + (digit + 0.5) * column)} y={bottom + 16} text-anchor="middle">{digit}</text>)}
    </g>
  );
}
