// A drawing read row by row, a spoken digit frame by frame: what three networks think it is after each of them.
import type { JSX } from "preact";
import { batch } from "@preact/signals";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { defineWidget, type View } from "../../host/widget.tsx";
import { Announcer, Button, Fold, Frame, ValueTable } from "../../ui/controls.tsx";
import { HeatMap } from "../../ui/HeatMap.tsx";
import { useSize } from "../../ui/hooks.ts";
import { Rich, plain } from "../../ui/Rich.tsx";
import { useRoving } from "../../ui/roving.ts";
import { Scrubber } from "../../ui/Scrubber.tsx";
import { clamp } from "../../ui/scale.ts";
import { ITEMS, LIMIT, answer, columns, readers, type Item } from "./data.ts";
import { layout as place } from "./layout.ts";
import { Maps } from "./Maps.tsx";
import { SETS, defaults, type Kind, type RowsState } from "./state.ts";
import { itemName, nameOf, seeText, share } from "./words.ts";
import css from "./style.css";

const KINDS = SETS.filter((kind) => ITEMS[kind].length);

function RowsView(view: View<RowsState>): JSX.Element {
  const { state, t, hidden } = view, { ref, width } = useSize<HTMLDivElement>();
  const kind: Kind = KINDS.includes(state.set.value) ? state.set.value : KINDS[0], items = ITEMS[kind];
  const number = clamp(Math.round(state.item.value) || 0, 0, items.length - 1), item = items[number], networks = readers(item), total = item.rows.length;
  const row = clamp(Math.round(state.row.value) || 0, 0, total - 1), layout = useMemo(() => place(width, item, networks.length), [width, item]);
  const [reading, setReading] = useState(false);
  useEffect(() => {
    if (!reading) return;
    const timer = setInterval(() => {
      const next = Math.min(state.row.peek() + 1, total - 1);
      state.row.value = next;
      if (next >= total - 1) setReading(false);
    }, 160);
    return () => clearInterval(timer);
  }, [reading, total]);
  const pick = (to: number) => { setReading(false); state.row.value = to; };
  // Another example may be shorter: the reading stays within it.
  const choose = (to: Kind, k: number) => batch(() => {
    setReading(false);
    state.set.value = to; state.item.value = k; state.row.value = Math.min(state.row.peek(), ITEMS[to][k].rows.length - 1);
  });
  const read = () => {
    if (reading) { setReading(false); return; }
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) { state.row.value = total - 1; return; }
    if (row >= total - 1) state.row.value = 0;
    setReading(true);
  };
  // A row that moves leaves the small pictures alone.
  const small = useMemo(() => <Items {...{ view, items, number }} choose={(to) => choose(kind, to)} />, [items, number]);
  const said = seeText(item, row, view);
  return (
    <Frame title={t("rows.title")} meta={t("rows.meta")}>
      {!hidden("sets") && KINDS.length > 1 && (
        <div class="row segmented sets" role="group" aria-label={t("rows.sets")}>
          {KINDS.map((one) => <Button key={one} pressed={one === kind} onClick={() => choose(one, 0)}>{t(`rows.set.${one}`)}</Button>)}
        </div>
      )}
      {!hidden("items") && small}
      <div ref={ref}>
        {!hidden("picture") && <Maps {...{ view, item, number, networks, row, layout, pick }} />}
      </div>
      {!hidden("transport") && (
        <div class="transport">
          <div class="row">
            <Button primary onClick={read}>{t(reading ? "rows.pause" : `rows.read.${kind}`)}</Button>
            <Button disabled={row >= total - 1} onClick={() => pick(row + 1)}>{t(`rows.next.${kind}`)}</Button>
          </div>
          <Scrubber value={row} max={total - 1} dots={false} label={t(`rows.scrub.${kind}`)} valueText={(v) => t(`rows.at.${kind}`, { row: v + 1, total })} onInput={pick} />
        </div>
      )}
      {!hidden("see") && <>
        <p class="see"><b>{t("common.what_you_see")}</b> <Rich text={said} /></p>
        <Announcer text={reading ? "" : plain(said)} />
      </>}
      {!hidden("table") && <Fold label={t("common.table")}>{() => <Table {...{ view, item, row }} />}</Fold>}
    </Frame>
  );
}

const ORDER = Array.from({ length: 64 }, (_, k) => k);

/** All that can be read, small; one stop of the Tab key. */
function Items({ view, items, number, choose }: { view: View<RowsState>; items: Item[]; number: number; choose: (item: number) => void }): JSX.Element {
  const { t, theme } = view, box = useRef<HTMLDivElement>(null), key = useRoving(box, "button", (one) => one.getAttribute("aria-checked") === "true");
  const pictures = useMemo(() => items.map((item) => columns(item.rows)), [items]);
  const extra = items.findIndex((item, k) => k > 0 && item.label < items[k - 1].label); // after two of each digit, what the LSTM misreads
  useLayoutEffect(() => { box.current?.querySelectorAll("canvas").forEach((one) => { one.style.width = "100%"; }); }, [items]);
  return (
    <>
    <p class="rule">{t(`rows.rule.${items[0].kind}`)}</p>
    <div ref={box} class="items" role="radiogroup" aria-label={t(`rows.items.${items[0].kind}`)} onKeyDown={key}>
      {items.map((item, k) => {
        const wrong = readers(item).filter((network) => !answer(item, network, item.rows.length - 1).right);
        return (
          <button key={k} type="button" class={`item${k === extra ? " extra" : ""}`} role="radio" aria-checked={k === number} onClick={() => choose(k)}
            aria-label={`${itemName(item, k, view)}${wrong.length ? `; ${t("rows.misread", { names: wrong.map((network) => nameOf(network, view)).join(", ") })}` : ""}`}>
            <HeatMap values={pictures[k]} T={item.rows[0].length} H={item.rows.length} order={ORDER} gate={item.kind === "images"} limit={LIMIT} width={36} height={36} palette={theme.value} label=""
              stops={item.kind === "images" ? ["var(--paper)", "var(--ink)"] : ["var(--div-neg)", "var(--div-mid)", "var(--div-pos)"]} />
            <span aria-hidden="true">{item.label}{wrong.length > 0 && <i>×</i>}</span>
          </button>
        );
      })}
    </div>
    </>
  );
}

/** Every probability of every network: one row of the table for each row that was read. */
function Table({ view, item, row }: { view: View<RowsState>; item: Item; row: number }): JSX.Element {
  const { t } = view, networks = readers(item), caption = t("rows.table", { label: item.label });
  return (
    <>
      <p class="caption">{caption}</p>
      <ValueTable caption={caption} columns={[t(`rows.column.${item.kind}`), ...networks.flatMap((network) => [t("rows.column.answer", { name: nameOf(network, view) }), t("rows.column.right", { label: item.label })])]}
        rows={item.rows.map((_, k) => ({
          key: k, head: k + 1, current: k === row,
          cells: networks.flatMap((network) => { const found = answer(item, network, k); return [`${found.digit} (${share(found.share, view)})`, share(item.probability[network]![k][item.label], view)]; }),
        }))} />
    </>
  );
}

export default defineWidget<RowsState>({ name: "rows", defaults, css, choices: { set: SETS }, view: (props) => <RowsView {...props} /> });
