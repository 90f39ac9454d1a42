// Where a value comes from: for a gate every weight × input, for c and h the two factors.
import type { JSX } from "preact";
import type { Term } from "../../core/explain.ts";
import { useWidget } from "../../host/widget.tsx";
import { Rich } from "../../ui/Rich.tsx";
import { LETTER, isGate } from "../../ui/quantities.ts";
import { whereIs } from "./sentence.ts";
import type { Store } from "./store.ts";
import { isGateSum, roundedParts, sumOf } from "./terms.ts";
import { updateAt } from "./units.ts";

const DIGITS = 3;

export function TermsPanel({ store, open, onToggle }: { store: Store; open: boolean; onToggle: (open: boolean) => void }): JSX.Element | null {
  const { t, num } = useWidget(), run = store.run.value, from = store.source.value;
  if (!run || !from) return null;
  const quantity = store.state.quantity.value, step = store.step.value, unit = store.unit.value, word = store.sequence.value!.words[step] ?? "";
  const letter = LETTER[quantity], value = run.trace[quantity][step * run.trace.H + unit];
  return (
    <details class="fold terms" open={open} onToggle={(event) => { if (event.currentTarget.open !== open) onToggle(event.currentTarget.open); }}>
      <summary><span><Rich text={t("gates.terms.title", { symbol: `{${letter}}`, value: `**${num(value, { sign: !isGate(letter) })}**`, unit, where: whereIs(word, step, t) })} /></span></summary>
      {open && <div class="folded">{isGateSum(quantity) ? <GateTerms store={store} /> : <StateTerms store={store} />}</div>}
    </details>
  );
}

function GateTerms({ store }: { store: Store }): JSX.Element {
  const { t, num } = useWidget(), { trace } = store.run.value!, step = store.step.value, unit = store.unit.value;
  const quantity = store.state.quantity.value as "forget_gate", letter = LETTER[quantity];
  const sum = sumOf(trace, store.source.value!.network, quantity, step, unit);
  const parts = roundedParts([...sum.shown.map((term) => term.product), ...(sum.folded.count ? [sum.folded.sum] : [])], sum.total, DIGITS);
  const longest = Math.max(...parts.map(Math.abs), 1e-9), digits = { digits: DIGITS, sign: true };
  const [fromInput, fromHidden, fromBias] = sum.groups;
  const [input, bias, hidden] = roundedParts([fromInput.sum, fromBias.sum, fromHidden.sum], sum.total, DIGITS);
  const name = (term: Term) => term.kind === "input" ? `{x_${term.index}}` : term.kind === "hidden" ? `{h_${term.index}}` : t(`gates.terms.bias${term.index}`);
  const row = (key: string, head: string, detail: string, product: number, kind: string) => (
    <tr key={key} class={kind}>
      <th scope="row"><TermName text={head} /></th>
      <td class="detail">{detail}</td>
      <td class="product">{num(product, digits)}</td>
      <td class="bar-cell" aria-hidden="true"><i class={product < 0 ? "neg" : ""} style={{ width: `${(Math.abs(product) / longest) * 50}%` }} /></td>
    </tr>
  );
  return (
    <>
      <p class="groups"><Rich text={t(store.sequence.value!.words.length ? "gates.terms.groups_word" : "gates.terms.groups_input", {
        inputs: `**${num(input, digits)}**`, hidden: `**${num(hidden, digits)}**`, bias: `**${num(bias, digits)}**`,
        n_inputs: fromInput.count, n_hidden: fromHidden.count })} /></p>
      <div class="scroll" role="group" tabIndex={0} aria-label={t("gates.terms.table")}>
        <table class="term-table">
          <caption class="vh">{t("gates.terms.table")}</caption>
          <thead><tr><th scope="col">{t("gates.terms.term")}</th><th scope="col" class="detail">{t("gates.terms.product_of")}</th><th scope="col" class="product">{t("gates.terms.product")}</th><td aria-hidden="true" /></tr></thead>
          <tbody>
            {sum.shown.map((term, k) => row(`${term.kind}${term.index}`, name(term),
              term.kind === "bias" ? "" : `${num(term.weight, digits)} × ${num(term.value, digits)}`, parts[k], term.kind))}
            {sum.folded.count > 0 && row("rest", t("gates.terms.rest", { count: sum.folded.count }), "", parts[parts.length - 1], "rest")}
          </tbody>
          <tfoot><tr><th scope="row">{t("gates.terms.sum")}</th><td class="detail" /><td class="product">{num(sum.total, digits)}</td><td aria-hidden="true" /></tr></tfoot>
        </table>
      </div>
      <p class="equation"><Rich text={t(quantity === ("candidate" as string) ? "gates.terms.tanh" : "gates.terms.sigma", {
        symbol: `{${letter}}`, sum: num(sum.total, digits), value: `**${num(sum.value, { digits: DIGITS, sign: !isGate(letter) })}**` })} /></p>
    </>
  );
}

/** x₃ and h₁₈ as symbols with an index; anything else as text. */
function TermName({ text }: { text: string }): JSX.Element {
  const found = /^\{([xh])_(\d+)\}$/.exec(text);
  return found ? <i class="sym q-h">{found[1]}<sub>{found[2]}</sub></i> : <>{text}</>;
}

function StateTerms({ store }: { store: Store }): JSX.Element {
  const { t, num } = useWidget(), { trace } = store.run.value!, u = updateAt(trace, store.step.value, store.unit.value);
  const state = (value: number) => num(value, { digits: DIGITS, sign: true }), gate = (value: number) => num(value, { digits: DIGITS });
  if (store.state.quantity.value === "hidden") {
    return <p class="equation"><Rich text={t("gates.terms.hidden", { output: gate(u.output), squashed: state(u.squashed), cell: state(u.after), value: `**${state(u.hidden)}**` })} /></p>;
  }
  const [kept, written] = roundedParts([u.kept, u.written], u.kept + u.written, DIGITS);
  return (
    <>
      <p class="equation"><Rich text={t("gates.terms.cell", { forget: gate(u.forget), before: state(u.before), input: gate(u.input), candidate: state(u.candidate) })} /></p>
      <p class="equation"><Rich text={t(u.factor === 1 ? "gates.terms.cell_sum" : "gates.terms.cell_factor", {
        kept: state(kept), written: state(written), factor: state(u.factor).replace(/[,.]0+$/, ""), value: `**${state(u.after)}**` })} /></p>
    </>
  );
}
