// The sum inside a gate as a table: every weight × value, largest first, and what the function makes of the sum.
import type { JSX } from "preact";
import type { Term } from "../core/explain.ts";
import { useWidget } from "../host/widget.tsx";
import { Rich } from "../ui/Rich.tsx";
import { LETTER, isGate } from "../ui/quantities.ts";
import { roundedParts, type Sum } from "./terms.ts";

export const DIGITS = 3;

/** `words`: the input is a word, not a row of numbers. */
export function Terms({ sum, words }: { sum: Sum; words: boolean }): JSX.Element {
  const { t, num } = useWidget(), { quantity } = sum, letter = LETTER[quantity];
  const parts = roundedParts([...sum.shown.map((term) => term.product), ...(sum.folded.count ? [sum.folded.sum] : [])], sum.total, DIGITS);
  const longest = Math.max(...parts.map(Math.abs), 1e-9), digits = { digits: DIGITS, sign: true };
  const [fromInput, fromHidden, fromBias] = sum.groups;
  const [input, bias, hidden] = roundedParts([fromInput.sum, fromBias.sum, fromHidden.sum], sum.total, DIGITS);
  const name = (term: Term) => term.kind === "input" ? `{x_${term.index}}` : term.kind === "hidden" ? `{h_${term.index}}` : t(`network.terms.bias${term.index}`);
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
      <p class="groups"><Rich text={t(words ? "network.terms.groups_word" : "network.terms.groups_input", {
        inputs: `**${num(input, digits)}**`, hidden: `**${num(hidden, digits)}**`, bias: `**${num(bias, digits)}**`,
        n_inputs: fromInput.count, n_hidden: fromHidden.count })} /></p>
      <div class="scroll" role="group" tabIndex={0} aria-label={t("network.terms.table")}>
        <table class="term-table">
          <caption class="vh">{t("network.terms.table")}</caption>
          <thead><tr><th scope="col">{t("network.terms.term")}</th><th scope="col" class="detail">{t("network.terms.product_of")}</th><th scope="col" class="product">{t("network.terms.product")}</th><td aria-hidden="true" /></tr></thead>
          <tbody>
            {sum.shown.map((term, k) => row(`${term.kind}${term.index}`, name(term),
              term.kind === "bias" ? "" : `${num(term.weight, digits)} × ${num(term.value, digits)}`, parts[k], term.kind))}
            {sum.folded.count > 0 && row("rest", t("network.terms.rest", { count: sum.folded.count }), "", parts[parts.length - 1], "rest")}
          </tbody>
          <tfoot><tr><th scope="row">{t("network.terms.sum")}</th><td class="detail" /><td class="product">{num(sum.total, digits)}</td><td aria-hidden="true" /></tr></tfoot>
        </table>
      </div>
      <p class="equation"><Rich text={t(quantity === "candidate" ? "network.terms.tanh" : "network.terms.sigma", {
        symbol: `{${letter}}`, sum: num(sum.total, digits), value: `**${num(sum.value, { digits: DIGITS, sign: !isGate(letter) })}**` })} /></p>
    </>
  );
}

/** x₃ and h₁₈ as symbols with an index; anything else as text. */
function TermName({ text }: { text: string }): JSX.Element {
  const found = /^\{([xh])_(\d+)\}$/.exec(text);
  return found ? <i class="sym q-h">{found[1]}<sub>{found[2]}</sub></i> : <>{text}</>;
}
