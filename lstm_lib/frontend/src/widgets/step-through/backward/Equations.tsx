// The equations of one step back, in the order of the code, each symbol over its number. A derivative is written dc for dL/dc.
import type { ComponentChildren, JSX } from "preact";
import { useRef } from "preact/hooks";
import { useWidget } from "../../../host/widget.tsx";
import { Rich } from "../../../ui/Rich.tsx";
import { useRoving } from "../../../ui/roving.ts";
import { Glyph, Group, Term } from "../Term.tsx";
import { DIGITS } from "../numbers.ts";
import type { Store } from "../store.ts";
import { BLOCKS, OF_LETTER, spelt, type Block, type Name } from "../symbols.ts";
import { Power } from "./Small.tsx";
import { printedShares, scaleOf, scaled, type BackNumbers, type Scale } from "./numbers.ts";

const Op = ({ children }: { children: string }) => <span class="op">{children}</span>;
/** dL/dz as the code writes it. */
export const Derivative = ({ name }: { name: Name }) => <><i class="sym">d</i><Glyph name={name} /></>;
const next = (letter: "c" | "f") => <i class={`sym q-${letter}`}>{letter}<sub>t+1</sub></i>;

export function BackEquations({ store, n }: { store: Store; n: BackNumbers }): JSX.Element {
  const { t, num } = useWidget(), ref = useRef<HTMLDivElement>(null);
  const keys = useRoving(ref, "[data-name]", (one) => one.getAttribute("data-name") === store.state.quantity.peek());
  const gate = (value: number) => num(value, { digits: DIGITS }), state = (value: number) => num(value, { digits: DIGITS, sign: true });
  const signed = (value: number, scale: Scale) => num(scaled(value, scale), { digits: scale.digits, sign: true });
  const put = (value: number, scale: Scale) => num(value, { digits: scale.digits, sign: true }); // already scaled
  const d = (name: Name, value: string) => (
    <Term store={store} name={name} value={value} said={t("step-through.back.derivative", { name: `${t(`step-through.name.${name}`)} ${spelt(name)}`.trim() })}><Derivative name={name} /></Term>
  );
  const row = (key: string, note: string, scale: Scale, content: ComponentChildren) => (
    <div key={key} class="eq-row"><div class="eq">{content}<Power scale={scale} /></div><p class="eq-note"><Rich text={t(`step-through.back.note.${note}`)} /></p></div>
  );
  const gateRow = (b: Block, from: Name, upstream: number, factor: JSX.Element, slope: JSX.Element) => {
    const scale = scaleOf([upstream, n.da[b]]);
    return row(b, b, scale, <>{d(`a_${b}`, signed(n.da[b], scale))}<Op>=</Op>{d(from, signed(upstream, scale))}<Op>⊙</Op>{factor}<Op>⊙</Op>{slope}</>);
  };
  const value = (name: Name, text: string) => <Term store={store} name={name} value={text} />;
  const sigmoidSlope = (b: "i" | "f" | "o") => <Group store={store} value={gate(n.slope[b])}><Glyph name={OF_LETTER[b]} /><span class="fn">(1 − </span><Glyph name={OF_LETTER[b]} /><span class="fn">)</span></Group>;
  const squashed = <Group store={store} name="squashed" value={state(n.squashed)}><span class="fn">tanh </span><Glyph name="cell" /></Group>;

  const hidden = scaleOf([n.dh, n.direct, n.fromNext]), [direct, fromNext] = printedShares([n.direct, n.fromNext], n.dh, hidden);
  const cell = scaleOf([n.dc, n.highway, n.throughHidden]), [highway, through] = printedShares([n.highway, n.throughHidden], n.dc, cell);
  const sent = BLOCKS.map((b) => n.dhBefore[b]), past = scaleOf([n.dhBeforeTotal, ...sent]), printed = printedShares(sent, n.dhBeforeTotal, past);
  const along = scaleOf([n.dcBefore, n.dc]);
  return (
    <div ref={ref} class="equations back-equations" role="group" aria-label={t("step-through.back.equations")} onKeyDown={keys}>
      {row("h", "hidden", hidden, <>{d("hidden", signed(n.dh, hidden))}<Op>=</Op>
        <Group store={store} value={put(direct, hidden)}><span class="word">{t("step-through.back.direct")}</span></Group><Op>+</Op>
        <Group store={store} value={put(fromNext, hidden)}><span class="word">{t("step-through.back.from_next")}</span></Group></>)}
      {gateRow("o", "hidden", n.dh, squashed, sigmoidSlope("o"))}
      {row("c", "cell", cell, <>{d("cell", signed(n.dc, cell))}<Op>=</Op>
        <Group store={store} value={put(highway, cell)}><span><i class="sym">d</i>{next("c")} ⊙ {next("f")}</span></Group><Op>+</Op>
        <Group store={store} value={put(through, cell)}><span><Derivative name="hidden" /> ⊙ <Glyph name="output_gate" /> (1 − tanh² <Glyph name="cell" />)</span></Group></>)}
      {gateRow("i", "cell", n.dc, value("candidate", state(n.g)), sigmoidSlope("i"))}
      {gateRow("f", "cell", n.dc, value("c_before", state(n.before)), sigmoidSlope("f"))}
      {gateRow("g", "cell", n.dc, value("input_gate", gate(n.i)), <Group store={store} value={gate(n.slope.g)}><span class="fn">1 − </span><Glyph name="candidate" /><sup>2</sup></Group>)}
      {row("cb", "c_before", along, <>{d("c_before", signed(n.dcBefore, along))}<Op>=</Op>{d("cell", signed(n.dc, along))}<Op>⊙</Op>{value("forget_gate", gate(n.f))}</>)}
      {row("hb", "h_before", past, <>{d("h_before", signed(n.dhBeforeTotal, past))}<Op>=</Op>
        {BLOCKS.map((b, k) => <>{k > 0 && <Op>+</Op>}<Group key={b} store={store} value={put(printed[k], past)}>
          <span><Glyph name={`U_${b}`} /><sup class="transposed">⊤</sup> <Derivative name={`a_${b}`} /></span></Group></>)}</>)}
    </div>
  );
}
