// The equations of one step back, in the order of the code and as chapter 5 writes them, each symbol over its number.
import type { ComponentChildren, JSX } from "preact";
import { useRef } from "preact/hooks";
import { useWidget } from "../../../host/widget.tsx";
import { useRoving } from "../../../ui/roving.ts";
import { Glyph, Group, Term } from "../Term.tsx";
import { DIGITS } from "../numbers.ts";
import type { Store } from "../store.ts";
import { BLOCKS, OF_LETTER, spelt, type Block, type Name } from "../symbols.ts";
import { Derivative, Later } from "./Derivative.tsx";
import { Small } from "./Small.tsx";
import { printedShares, scaleOf, type BackNumbers } from "./numbers.ts";

const Op = ({ children }: { children: string }) => <span class="op">{children}</span>;

export function BackEquations({ store, n }: { store: Store; n: BackNumbers }): JSX.Element {
  const { t, num } = useWidget(), ref = useRef<HTMLDivElement>(null);
  const keys = useRoving(ref, "[data-name]", (one) => one.getAttribute("data-name") === store.state.quantity.peek());
  const gate = (value: number) => num(value, { digits: DIGITS }), state = (value: number) => num(value, { digits: DIGITS, sign: true });
  const called = (name: Name) => `${t(`step-through.name.${name}`)} ${spelt(name)}`.trim();
  const d = (name: Name, value: number, scale = scaleOf([value])) => (
    <Term store={store} name={name} value={<Small value={value} scale={scale} />} said={t("step-through-back.derivative", { name: called(name) })}><Derivative name={name} /></Term>
  );
  const value = (name: Name, text: string, children?: ComponentChildren) => <Term store={store} name={name} value={text}>{children}</Term>;
  const known = (said: string, children: ComponentChildren, text?: ComponentChildren) => (
    <span class="term still"><span class="vh">{said} </span><span class="s">{children}</span>{text !== undefined && <span class="n num">{text}</span>}</span>
  );
  const slope = (b: Block, name: Name = OF_LETTER[b]) => (
    <Group store={store} value={<Small value={n.slope[b]} sign={false} />}>
      {b === "g" ? <><span class="fn">{"(1 − "}</span><Term store={store} name={name}><Glyph name={name} /><sup>2</sup></Term><span class="fn">)</span></>
        : <><Term store={store} name={name} /><span class="fn">{"(1 − "}</span><Term store={store} name={name} /><span class="fn">)</span></>}
    </Group>
  );
  const row = (key: string, children: ComponentChildren) => <div key={key} class="eq-row"><div class="eq">{children}</div></div>;
  const gateRow = (b: Block, factor: JSX.Element, from: Name, upstream: number) => row(b, <>{d(`a_${b}`, n.da[b])}<Op>=</Op>{factor}<Op>⊙</Op>{slope(b)}<Op>⊙</Op>{d(from, upstream)}</>);

  const next = [n.direct, ...BLOCKS.map((b) => n.fromNext[b])], ofHidden = scaleOf([n.dh, ...next]), arriving = printedShares(next, n.dh, ofHidden);
  const ofCell = scaleOf([n.dc, n.highway, n.throughHidden]), [through, highway] = printedShares([n.throughHidden, n.highway], n.dc, ofCell);
  const sent = BLOCKS.map((b) => n.dhBefore[b]), past = scaleOf([n.dhBeforeTotal, ...sent]), leaving = printedShares(sent, n.dhBeforeTotal, past);
  const share = (b: Block, later: boolean, value: JSX.Element) => (
    <span class="plus"><Op>+</Op><Group store={store} value={value}>
      <Term store={store} name={`U_${b}`}><Glyph name={`U_${b}`} /><sup class="top">⊤</sup></Term>
      {later ? known(t("step-through-back.derivative_later", { name: called(`a_${b}`) }), <Derivative later={`a_${b}`} />)
        : <Term store={store} name={`a_${b}`} said={t("step-through-back.derivative", { name: called(`a_${b}`) })}><Derivative name={`a_${b}`} /></Term>}
    </Group></span>
  );
  return (
    <div ref={ref} class="equations back-equations" role="group" aria-label={t("step-through-back.equations")} onKeyDown={keys}>
      {row("h", <>{d("hidden", n.dh, ofHidden)}<Op>=</Op>
        <Group store={store} value={<Small value={n.direct} scale={ofHidden} printed={arriving[0]} />}>{known(t("step-through-back.immediate", { name: called("hidden") }), <Derivative name="hidden" partial />)}</Group>
        {BLOCKS.map((b, k) => share(b, true, <Small value={n.fromNext[b]} scale={ofHidden} printed={arriving[k + 1]} />))}</>)}
      {gateRow("o", <Group store={store} name="squashed" value={state(n.squashed)}><span class="fn">tanh</span><Term store={store} name="cell" /></Group>, "hidden", n.dh)}
      {row("c", <>{d("cell", n.dc, ofCell)}<Op>=</Op>
        <Group store={store} value={<Small value={n.throughHidden} scale={ofCell} printed={through} />}>
          {value("output_gate", gate(n.o))}<Op>⊙</Op>{known("", <span class="fn">(1 − tanh² <Glyph name="cell" />)</span>, <Small value={1 - n.squashed ** 2} sign={false} />)}<Op>⊙</Op>{d("hidden", n.dh)}</Group>
        <span class="plus"><Op>+</Op><Group store={store} value={<Small value={n.highway} scale={ofCell} printed={highway} />}>
          {known(t("step-through-back.later", { name: called("forget_gate") }), <Later of="f" />, n.later ? gate(n.later.f) : "–")}<Op>⊙</Op>
          {known(t("step-through-back.derivative_later", { name: called("cell") }), <Derivative later="c" />, n.later ? <Small value={n.later.dc} /> : "–")}</Group></span></>)}
      {gateRow("i", value("candidate", state(n.g)), "cell", n.dc)}
      {gateRow("f", value("c_before", state(n.before)), "cell", n.dc)}
      {gateRow("g", value("input_gate", gate(n.i)), "cell", n.dc)}
      <p class="part-head onward">{t("step-through-back.onward")}</p>
      {row("cb", <><Term store={store} name="c_before" value={<Small value={n.dcBefore} />} said={t("step-through-back.goes_to", { name: called("c_before") })}><span class="fn" aria-hidden="true">→ </span><Glyph name="c_before" /></Term>
        <Op>:</Op>{value("forget_gate", gate(n.f))}<Op>⊙</Op>{d("cell", n.dc)}</>)}
      {row("hb", <><Term store={store} name="h_before" value={<Small value={n.dhBeforeTotal} scale={past} />} said={t("step-through-back.goes_to", { name: called("h_before") })}><span class="fn" aria-hidden="true">→ </span><Glyph name="h_before" /></Term>
        <Op>:</Op><span class="first">{BLOCKS.map((b, k) => share(b, false, <Small value={n.dhBefore[b]} scale={past} printed={leaving[k]} />))}</span></>)}
    </div>
  );
}
