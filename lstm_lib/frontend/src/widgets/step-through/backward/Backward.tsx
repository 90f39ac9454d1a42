// The way back through one step: the equations with the numbers of this step and unit, by which paths the derivatives of c_t and h_t
// arrive (the printed parts add up to the printed sum), and what the weights get.
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { useWidget } from "../../../host/widget.tsx";
import { whereIs } from "../../../network/sentence.ts";
import { Rich } from "../../../ui/Rich.tsx";
import type { Layout } from "../../../ui/CellDiagram.tsx";
import { See } from "../../../ui/controls.tsx";
import { Cell } from "../Cell.tsx";
import { Code } from "../Code.tsx";
import { nameOf } from "../Transport.tsx";
import type { Store } from "../store.ts";
import { Contributions } from "./Contributions.tsx";
import { BackEquations } from "./Equations.tsx";
import { Split } from "./Splits.tsx";
import { backCardOf } from "./card.ts";
import { PATHS, backNumbers, preactivationGradients, smallText } from "./numbers.ts";

export function Backward({ store, layout }: { store: Store; layout: Layout }): JSX.Element | null {
  const { hidden, ...words } = useWidget(), trace = store.trace.value, weights = store.weights.value, gradients = store.gradients.value;
  const step = store.step.value, unit = store.unit.value;
  const da = useMemo(() => (trace && gradients ? preactivationGradients(trace, gradients, step) : null), [trace, gradients, step]);
  const numbers = useMemo(() => (da ? backNumbers(trace!, weights!, gradients!, da, step, unit) : null), [da, weights, unit]);
  if (!trace || !gradients || !da || !numbers) return null;
  const { H, I } = trace;
  return (
    <div class="backward">
      <div class="pair">
        {!hidden("equations") && <BackEquations store={store} n={numbers} />}
        {!hidden("cell") && <Cell store={store} trace={trace} layout={layout} />}
      </div>
      {!hidden("card") && <p class="card"><Rich text={backCardOf(store.quantity.value, numbers, { H, I, unit, step }, words)} /></p>}
      <div class="splits"><Split store={store} gradients={gradients} of="cell" /><Split store={store} gradients={gradients} of="hidden" /></div>
      <div class="pair lower">
        {!hidden("weights") && <Contributions store={store} trace={trace} gradients={gradients} da={da} />}
        {!hidden("code") && <Code store={store} />}
      </div>
      {!hidden("see") && <Seen store={store} />}
    </div>
  );
}

/** What you see: of what the loss is, what it says about c_t, and by which path most of it came. */
function Seen({ store }: { store: Store }): JSX.Element {
  const { t, num } = useWidget(), loss = store.loss.value!, gradients = store.gradients.value!, step = store.step.value, unit = store.unit.value, stopped = store.stopped.value;
  const at = step * store.trace.value!.H + unit, total = gradients.cell[at], said = (value: number) => `**${smallText(value, num)}**`;
  const shares = PATHS.cell.map((path) => ({ path, value: gradients.paths.cell[path][at] })).filter((one) => one.value !== 0).sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
  const params = { where: whereIs(store.sequence.value!.words[step] ?? "", step, t), unit, value: said(total), part: shares.length ? said(shares[0].value) : "", path: shares.length ? t(`step-through-back.path.${shares[0].path}`) : "" };
  const text = [
    t(loss.kind === "margin" ? "step-through-back.margin" : "step-through-back.sum", { right: loss.right, wrong: loss.wrong, value: `**${num(loss.value, { sign: true })}**` }),
    t(!shares.length ? "step-through-back.see_zero" : shares.length === 1 ? "step-through-back.see_one" : "step-through-back.see", params),
    stopped === null ? "" : t("step-through.stopped", { why: nameOf(stopped, store, t) }),
  ];
  return <See text={text.filter(Boolean).join(" ")} />;
}
