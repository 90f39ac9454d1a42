// Six small maps, same rows, same columns: the eye compares across. One pair of hairlines marks the unit through all of
// them; a canvas each; beside c the values at the current word as bars, because on its honest scale most of c is pale.
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import type { Quantity } from "../../core/lstm.ts";
import { useWidget } from "../../host/widget.tsx";
import { Button } from "../../ui/controls.tsx";
import { HeatMap } from "../../ui/HeatMap.tsx";
import { Rich } from "../../ui/Rich.tsx";
import { useSize } from "../../ui/hooks.ts";
import { DASH, LETTER, color, isGate, type Letter } from "../../ui/quantities.ts";
import { clamp } from "../../ui/scale.ts";
import { mirrored } from "../../sentences/composer.ts";
import { useDrag } from "../../ui/drag.ts";
import { QUANTITIES } from "./state.ts";
import type { Store } from "./store.ts";

const STOPS: Record<Letter, readonly string[]> = {
  f: ["var(--ramp-0)", "var(--q-f)"], i: ["var(--ramp-0)", "var(--q-i)"], o: ["var(--ramp-0)", "var(--q-o)"],
  g: ["var(--div-neg)", "var(--div-mid)", "var(--div-pos)"], c: ["var(--div-neg)", "var(--div-mid)", "var(--div-pos)"],
  h: ["var(--div-neg)", "var(--div-mid)", "var(--div-pos)"],
};
const EDGE = 30, GAP = 14, BARS = 84, THIN_BARS = 62, BAR_PAD = 12, THREE_GAP = 12;

/** Sizes of the maps for a width: six in a row, or three by two when that leaves a column under 3 px or the page is narrow. */
export function mapSizes(width: number, T: number, H: number): { across: 6 | 3; map: number; height: number; row: number } {
  const inRow = Math.floor((width - EDGE - 5 * GAP - BARS) / 6);
  const across = width >= 720 && inRow / Math.max(1, T) >= 3 ? 6 : 3;
  const edge = width >= 600 ? EDGE : 0;
  const map = across === 6 ? inRow : Math.floor((width - edge - 2 * THREE_GAP) / 3);
  const wanted = across === 6 ? 6.5 : width < 600 ? 6.5 : 7.5;
  const height = Math.round(clamp(H * wanted, Math.min(H * 26, 96), 400));
  return { across, map, height, row: height / Math.max(1, H) };
}

export function Maps({ store, onPress }: { store: Store; onPress: (element: HTMLElement) => void }): JSX.Element | null {
  const { t, num, theme } = useWidget(), { ref, width } = useSize<HTMLDivElement>();
  const run = store.run.value, order = store.order.value, unit = store.unit.value, step = store.step.value, limit = store.limit.value;
  const selected = store.state.quantity.value;
  if (!run) return null;
  const { trace } = run, { T, H } = trace, { across, map, height, row } = mapSizes(width, T, H), wide = across === 6;
  const at = order.indexOf(unit), top = Math.round(at * row), band = Math.max(3, Math.round((at + 1) * row) - top); // whole pixels: sharp lines
  const words = store.sequence.value!.words, here = words[step] ?? String(step + 1);
  const value = (q: Quantity) => num(trace[q][step * H + unit], { sign: !isGate(LETTER[q]) });
  const edge = width >= 600;
  const move = (rows: number) => { const next = order[clamp(at + rows, 0, H - 1)]; if (next !== undefined) store.setUnit(next); };
  const key = (event: KeyboardEvent) => {
    const keys: Record<string, () => void> = {
      ArrowUp: () => move(-1), ArrowDown: () => move(1), PageUp: () => move(-5), PageDown: () => move(5),
      ArrowLeft: () => store.setStep(step - 1), ArrowRight: () => store.setStep(step + 1),
      Home: () => store.setStep(0), End: () => store.setStep(T - 1),
    };
    if (!keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  };
  return (
    <div class="maps-box">
      <MapTools store={store} />
      <div ref={ref} class={`maps ${wide ? "six" : "three"}${edge ? " edge" : ""}`} style={{ "--map": `${map}px`, "--high": `${height}px` }}>
        <input class="rows" type="range" min={0} max={H - 1} value={at} onKeyDown={key} aria-label={t("gates.maps_keys")} aria-orientation="vertical"
          onInput={(event) => { const next = order[Number(event.currentTarget.value)]; if (next !== undefined) store.setUnit(next); }}
          aria-valuetext={t("gates.maps_value", { unit, at: words.length ? here : t("network.step_number", { number: step + 1 }), forget: value("forget_gate"), cell: value("cell") })} />
        {QUANTITIES.map((quantity) => (
          <OneMap key={quantity} {...{ store, quantity, map, height, row, top, limit }} palette={theme.value} order={order}
            selected={selected === quantity} lines={!wide} roomy={edge} onPress={onPress} numbers={!wide && edge && (quantity === "forget_gate" || quantity === "output_gate")} />
        ))}
        {wide && <div class="unitline" style={{ transform: `translateY(${top}px)`, height: `${band}px` }} />}
        {wide && <RowNumbers at={at} unit={unit} row={row} order={order} height={height} />}
      </div>
      {width < 600 && <NearRows store={store} />}
    </div>
  );
}

/** Number of the selected row; the first and the last where they don't collide with it. */
function RowNumbers({ at, unit, row, order, height }: { at: number; unit: number; row: number; order: number[]; height: number }): JSX.Element {
  const y = (at + 0.5) * row;
  return (
    <div class="row-numbers" aria-hidden="true" style={{ height: `${height}px` }}>
      {y > 20 && <span style={{ top: "6px" }}>{order[0]}</span>}
      {order.length > 1 && y < height - 20 && <span style={{ top: `${height - 7}px` }}>{order[order.length - 1]}</span>}
      <b style={{ top: `${y}px` }}>{unit}</b>
    </div>
  );
}

function OneMap({ store, quantity, map, height, row, top, limit, palette, order, selected, lines, numbers, roomy, onPress }: {
  store: Store; quantity: Quantity; map: number; height: number; row: number; top: number; limit: number; palette: string; order: number[];
  selected: boolean; lines: boolean; numbers: boolean; roomy: boolean; onPress: (element: HTMLElement) => void;
}): JSX.Element {
  const { t, num } = useWidget(), { trace } = store.run.value!, { T, H } = trace, letter = LETTER[quantity], gate = isGate(letter);
  const step = store.step.value, unit = store.unit.value, place = useRef<HTMLDivElement>(null);
  const end = quantity === "cell" ? limit : 1, bars = quantity === "cell" && roomy, barsWidth = lines ? THIN_BARS : BARS, stops = STOPS[letter];
  const inner = bars && lines ? map - barsWidth : map, column = inner / T;
  const here = store.sequence.value!.words[step] ?? t("network.step_number", { number: step + 1 });
  const drag = useDrag((event) => {
    const box = place.current!.getBoundingClientRect(), scale = box.width / inner || 1;
    const t0 = clamp(Math.floor((event.clientX - box.left) / scale / column), 0, T - 1);
    const u0 = order[clamp(Math.floor((event.clientY - box.top) / scale / row), 0, H - 1)];
    if (u0 === undefined) return;
    onPress(place.current!);
    store.pick(quantity, t0, u0);
  });
  const print = (value: number) => num(value, { digits: value % 1 ? 1 : 0, sign: !gate });
  const low = gate ? 0 : -end, width = Math.max(6, column + 3);
  return (
    <div class={`map${selected ? " chosen" : ""}`} data-quantity={quantity}>
      <div class="map-head" style={bars ? { width: `${inner}px` } : undefined}>
        <i class={`sym q-${letter}`}>{letter}</i><span>{t(`gates.map.${letter}`)}</span>
        <svg viewBox="0 0 22 8" aria-hidden="true"><path d="M0,4H22" style={{ stroke: color(letter), strokeWidth: letter === "c" ? 4 : 2, strokeDasharray: DASH[letter] }} /></svg>
      </div>
      {bars && <div class="bars-head" aria-hidden="true" style={{ width: `${barsWidth - BAR_PAD}px` }}>{here}</div>}
      <div class="map-row">
        <div ref={place} class="plot" style={{ width: `${inner}px`, height: `${height}px` }} {...drag}>
          <HeatMap values={trace[quantity]} T={T} H={H} order={order} gate={gate} limit={end} stops={stops} width={inner} height={height} palette={palette}
            label={t("gates.map_label", { name: t(`common.${quantity}`), units: H, steps: T })} />
          <div class="col" style={{ width: `${width}px`, transform: `translateX(${((step + 0.5) * column - width / 2).toFixed(2)}px)` }} />
          {lines && <div class="rowmark" style={{ height: `${row + 3}px`, transform: `translateY(${top - 1.5}px)` }} />}
          {numbers && <RowNumbers at={order.indexOf(unit)} unit={unit} row={row} order={order} height={height} />}
        </div>
        {bars && <Bars {...{ store, height, row, order, limit }} width={barsWidth} />}
      </div>
      {bars && <div class="ends bars-ends" aria-hidden="true" style={{ width: `${barsWidth - BAR_PAD}px` }}><span>{print(low)}</span><span /><span>{print(end)}</span></div>}
      <div class="scale" style={{ width: `${inner}px` }}>
        <div class="ramp" style={{ background: `linear-gradient(90deg, ${stops.join(", ")})` }} />
        <div class="ends" aria-hidden="true"><span>{print(low)}</span><span>{gate ? num(0.5, { digits: 1 }) : "0"}</span><span>{print(end)}</span></div>
      </div>
    </div>
  );
}

/** c of every unit at the current word, as lengths on the same scale as the map: a length tells what a pale tint can't. */
function Bars({ store, height, row, order, limit, width }: { store: Store; height: number; row: number; order: number[]; limit: number; width: number }): JSX.Element {
  const { trace } = store.run.value!, at = store.step.value * trace.H, unit = store.unit.value, half = (width - BAR_PAD) / 2, zero = BAR_PAD + half;
  const thick = Math.max(1, Math.min(row * 0.62, 14));
  const bar = (u: number, r: number) => `M${zero},${((r + 0.46) * row).toFixed(2)}h${(clamp(trace.cell[at + u] / limit, -1, 1) * half).toFixed(2)}`;
  return (
    <svg class="bars" width={width} height={height} aria-hidden="true" viewBox={`0 0 ${width} ${height}`}>
      <path d={`M${BAR_PAD},0V${height}M${width - 0.5},0V${height}`} style={{ stroke: "var(--rule)" }} />
      <path d={order.map(bar).join("")} style={{ stroke: "var(--q-c)", strokeWidth: thick }} />
      <path d={bar(unit, order.indexOf(unit))} style={{ stroke: "var(--q-c)", strokeWidth: Math.max(thick, 4) }} />
      <path d={`M${zero},0V${height}`} style={{ stroke: "var(--ink-2)" }} />
    </svg>
  );
}

/** Order of the rows, and what the comparison of the two sentences found. */
function MapTools({ store }: { store: Store }): JSX.Element {
  const { t, num, hidden } = useWidget(), mirror = store.source.value?.lm ? mirrored(store.state.sentence.value) : "", ranking = store.ranking.value, H = store.run.value!.trace.H;
  const other = store.otherWords.value.slice(0, 2).join(" "), sorted = store.sorted.value && !!ranking;
  const found = () => {
    const { difference, order: [first, second = first], opposite } = ranking!, name = `${other} …`;
    if (!(difference[first] > 0)) return t("gates.rank.same", { other: name });
    const signs = opposite.length === 0 ? t("gates.rank.opposite_none") : opposite.length === 1 ? t("gates.rank.opposite_one", { unit: opposite[0] })
      : t("gates.rank.opposite_many", { count: opposite.length, units: H });
    return `${t("gates.rank.first", { other: name, unit: first, largest: num(difference[first]), next: second, second: num(difference[second]) })} ${signs}`;
  };
  return (
    <div class="map-tools">
      <p><Rich text={sorted ? found() : t("gates.maps_caption", { units: H })} /></p>
      {ranking ? <Button pressed={sorted} onClick={() => { store.sorted.value = !sorted; }}>{t("gates.sort")}</Button>
        : mirror && !hidden("composer") ? <Button onClick={() => { store.state.compare.value = mirror; }}>{t("gates.composer.mirror")}</Button> : null}
    </div>
  );
}

/** On a phone a row of the maps is thinner than a finger: the rows around the chosen one, each 44 px high. */
function NearRows({ store }: { store: Store }): JSX.Element {
  const { t, num, theme } = useWidget(), { ref, width } = useSize<HTMLDivElement>(320);
  const { trace } = store.run.value!, order = store.order.value, unit = store.unit.value, step = store.step.value, limit = store.limit.value;
  const at = order.indexOf(unit), count = Math.min(5, order.length), from = clamp(at - 2, 0, order.length - count);
  return (
    <div class="near">
      <p class="near-head"><Rich text={t("gates.near")} /></p>
      <div ref={ref}>
        {order.slice(from, from + count).map((u) => (
          <button key={u} type="button" class="near-row" aria-pressed={u === unit} onClick={() => store.setUnit(u)}>
            <span><span class="vh">{t("common.unit")} </span><b>{u}</b></span>
            <HeatMap values={rowOf(trace.cell, trace.T, trace.H, u)} T={trace.T} H={1} order={[0]} gate={false} limit={limit} stops={STOPS.c}
              width={Math.max(40, width - 118)} height={26} palette={theme.value} label="" />
            <span class="num"><span class="vh">{t("common.cell")} </span>{num(trace.cell[step * trace.H + u], { sign: true })}</span>
          </button>
        ))}
      </div>
    </div>
  );
}

/** One unit's row as a map of its own. */
function rowOf(cells: Float64Array, T: number, H: number, unit: number): Float64Array {
  return Float64Array.from({ length: T }, (_, t) => cells[t * H + unit]);
}
