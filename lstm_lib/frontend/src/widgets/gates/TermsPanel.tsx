// Where a value comes from: for a gate every weight × input, for c and h the two factors.
import type { JSX } from "preact";
import { useWidget } from "../../host/widget.tsx";
import { DIGITS, Terms } from "../../network/Terms.tsx";
import { whereIs } from "../../network/sentence.ts";
import { isGateSum, roundedParts, sumOf } from "../../network/terms.ts";
import { updateAt } from "../../network/verdicts.ts";
import { Rich } from "../../ui/Rich.tsx";
import { LETTER, isGate } from "../../ui/quantities.ts";
import type { Store } from "./store.ts";

export function TermsPanel({ store, open, onToggle }: { store: Store; open: boolean; onToggle: (open: boolean) => void }): JSX.Element | null {
  const { t, num } = useWidget(), run = store.run.value, from = store.source.value;
  if (!run || !from) return null;
  const quantity = store.state.quantity.value, step = store.step.value, unit = store.unit.value, word = store.sequence.value!.words[step] ?? "";
  const letter = LETTER[quantity], value = run.trace[quantity][step * run.trace.H + unit];
  return (
    <details class="fold terms" open={open} onToggle={(event) => { if (event.currentTarget.open !== open) onToggle(event.currentTarget.open); }}>
      <summary><span><Rich text={t("network.terms.title", { symbol: `{${letter}}`, value: `**${num(value, { sign: !isGate(letter) })}**`, unit, where: whereIs(word, step, t) })} /></span></summary>
      {open && <div class="folded">{isGateSum(quantity) ? <Terms sum={sumOf(run.trace, from.network, quantity, step, unit)} words={word !== ""} /> : <StateTerms store={store} />}</div>}
    </details>
  );
}

function StateTerms({ store }: { store: Store }): JSX.Element {
  const { t, num } = useWidget(), { trace } = store.run.value!, u = updateAt(trace, store.step.value, store.unit.value);
  const state = (value: number) => num(value, { digits: DIGITS, sign: true }), gate = (value: number) => num(value, { digits: DIGITS });
  if (store.state.quantity.value === "hidden") {
    return <p class="equation"><Rich text={t("network.terms.hidden", { output: gate(u.output), squashed: state(u.squashed), cell: state(u.after), value: `**${state(u.hidden)}**` })} /></p>;
  }
  const [kept, written] = roundedParts([u.kept, u.written], u.kept + u.written, DIGITS);
  return (
    <>
      <p class="equation"><Rich text={t("network.terms.cell", { forget: gate(u.forget), before: state(u.before), input: gate(u.input), candidate: state(u.candidate) })} /></p>
      <p class="equation"><Rich text={t(u.factor === 1 ? "network.terms.cell_sum" : "network.terms.cell_factor", {
        kept: state(kept), written: state(written), factor: state(u.factor).replace(/[,.]0+$/, ""), value: `**${state(u.after)}**` })} /></p>
    </>
  );
}
