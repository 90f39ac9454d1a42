// How many parameters: two sliders, the formula with its numbers, and the arrays of three networks at one scale.
import type { ComponentChildren, JSX } from "preact";
import { useComputed } from "@preact/signals";
import { KINDS, equalSize } from "../../core/parameters.ts";
import { defineWidget, useWidget, type View } from "../../host/widget.tsx";
import { Button, Fold, Frame, See, ValueTable } from "../../ui/controls.tsx";
import { formatInteger } from "../../ui/format.ts";
import { useSize } from "../../ui/hooks.ts";
import { Rich } from "../../ui/Rich.tsx";
import { Scrubber } from "../../ui/Scrubber.tsx";
import { SIZES, countAll, nearestSize, type Counted } from "./count.ts";
import { Matrices } from "./Matrices.tsx";
import { defaults, type ParametersState } from "./state.ts";
import css from "./style.css";

function ParametersView({ state, t, percent, hidden, language }: View<ParametersState>): JSX.Element {
  const { ref, width } = useSize<HTMLDivElement>(), int = (v: number) => formatInteger(v, language.value);
  const counted = useComputed(() => countAll({ cell: state.cell.value, input_size: state.input_size.value, hidden_size: state.hidden_size.value, biases: state.biases.value, compare: state.compare.value }));
  const { all, chosen } = counted.value, name = (kind: string) => t(`parameters.name.${kind}`), pick = (kind: Counted["kind"]) => { state.cell.value = kind; };
  const others = KINDS.filter((kind) => kind !== chosen.kind).map((kind) => ({ kind, H: equalSize(kind, chosen.I, chosen.total, chosen.biases) }));
  const see = t("parameters.see", {
    name: name(chosen.kind), inputs: int(chosen.I), units: int(chosen.H), total: int(chosen.total), blocks: chosen.blocks, block: int(chosen.total / chosen.blocks),
    share: percent((chosen.blocks * chosen.H * chosen.H) / chosen.total), first: name(others[0].kind), first_units: int(others[0].H), second: name(others[1].kind), second_units: int(others[1].H),
  });
  return (
    <Frame title={t("parameters.title")} meta={t("parameters.meta")}>
      {!hidden("choices") && (
        <div class="choices">
          <div class="row segmented" role="group" aria-label={t("parameters.cell")}>
            {KINDS.map((kind) => <Button key={kind} pressed={chosen.kind === kind} onClick={() => pick(kind)}>{name(kind)}</Button>)}
          </div>
          <div class="row segmented" role="group" aria-label={t("parameters.compare")}>
            {(["size", "parameters"] as const).map((way) => <Button key={way} pressed={state.compare.value === way} onClick={() => { state.compare.value = way; }}>{t(`parameters.compare.${way}`)}</Button>)}
          </div>
          <div class="row segmented" role="group" aria-label={t("parameters.biases")}>
            {[2, 1].map((count) => <Button key={count} pressed={chosen.biases === count} onClick={() => { state.biases.value = count; }}>{t(`parameters.biases.${count}`)}</Button>)}
          </div>
        </div>
      )}
      {!hidden("dials") && (
        <div class="dials">
          {(["input_size", "hidden_size"] as const).map((key) => {
            const value = key === "input_size" ? chosen.I : chosen.H;
            return (
              <div class="dial" key={key}>
                <span class="lab"><i class="sym">{key === "input_size" ? "I" : "H"}</i>{t(`parameters.${key}`)}<b class="num">{int(value)}</b></span>
                <Scrubber value={nearestSize(value)} min={0} max={SIZES.length - 1} dots={false} label={t(`parameters.${key}`)}
                  valueText={(k) => (k === nearestSize(value) ? int(value) : int(SIZES[k]))} onInput={(k) => { state[key].value = SIZES[k]; }} />
              </div>
            );
          })}
        </div>
      )}
      {!hidden("formula") && <Formula one={chosen} int={int} />}
      <div ref={ref} class="place">{!hidden("drawing") && <Matrices {...{ all, chosen, width, pick }} />}</div>
      {!hidden("see") && <See text={see} />}
      {!hidden("table") && <Fold label={t("common.table")}>{() => <Arrays one={chosen} int={int} />}</Fold>}
    </Frame>
  );
}

/** blocks (H I + H H + b H) = total, each number under what it stands for. */
function Formula({ one, int }: { one: Counted; int: (v: number) => string }): JSX.Element {
  const { t } = useWidget(), { blocks, I, H, biases, total } = one;
  const term = (above: ComponentChildren, below: string) => <span class="term"><span>{above}</span><span class="num below">{below}</span></span>;
  const i = <i class="sym">I</i>, h = <i class="sym">H</i>;
  const said = t("parameters.formula_said", { blocks, inputs: int(I), units: int(H), biases, total: int(total) });
  return (
    <div class="formula" role="img" aria-label={said}>
      {term(int(blocks), t(blocks === 1 ? "parameters.block" : "parameters.blocks"))}<span class="op">× (</span>
      {term(<>{h} {i}</>, int(H * I))}<span class="op">+</span>{term(<>{h}<sup>2</sup></>, int(H * H))}<span class="op">+</span>
      {term(biases === 1 ? h : <>2{h}</>, int(biases * H))}<span class="op">)</span><span class="op">=</span>
      {term(<b>{int(total)}</b>, t("parameters.bytes", { single: bytes(4 * total, t, int), double: bytes(8 * total, t, int) }))}
    </div>
  );
}

function bytes(count: number, t: (key: string, values: Record<string, string>) => string, int: (v: number) => string): string {
  return count < 10_000 ? t("parameters.b", { count: int(count) }) : count < 10_000_000 ? t("parameters.kb", { count: int(Math.round(count / 1000)) }) : t("parameters.mb", { count: int(Math.round(count / 1e6)) });
}

function Arrays({ one, int }: { one: Counted; int: (v: number) => string }): JSX.Element {
  const { t } = useWidget(), { rows, I, H, biases } = one;
  const arrays: [string, number, number][] = [["weight_ih", rows, I], ["weight_hh", rows, H], ["bias_ih", rows, 0], ["bias_hh", rows, 0]];
  return (
    <ValueTable caption={t("parameters.table")} columns={[t("parameters.array"), t("parameters.form"), t("parameters.numbers")]}
      rows={[...arrays.slice(0, 2 + biases).map(([name, r, c]) => ({ key: name, head: <code>{name}</code>, cells: [c ? `${int(r)} × ${int(c)}` : int(r), int(r * (c || 1))] })),
        { key: "total", head: <Rich text={t("parameters.total")} />, cells: ["", int(one.total)] }]} />
  );
}

export default defineWidget<ParametersState>({
  name: "parameters", defaults, css, choices: { cell: KINDS, biases: [1, 2], compare: ["size", "parameters"] }, view: ParametersView,
});
