// The way back through one step: the derivatives of c_t and h_t of the chosen unit, split by the path on which they arrive (the
// printed parts add up to the printed sum), the equations of the step back with their numbers, and what the weights get from it.
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { useWidget } from "../../../host/widget.tsx";
import { whereIs } from "../../../network/sentence.ts";
import { See } from "../../../ui/controls.tsx";
import { nameOf } from "../Transport.tsx";
import type { Store } from "../store.ts";
import { Contributions } from "./Contributions.tsx";
import { BackEquations, Derivative } from "./Equations.tsx";
import { Power, exponent } from "./Small.tsx";
import { PATHS, backNumbers, preactivationGradients, printedShares, scaleOf, scaled, type Scale } from "./numbers.ts";

export function Backward({ store }: { store: Store }): JSX.Element | null {
  const widget = useWidget(), { t, num, hidden } = widget, trace = store.trace.value, weights = store.weights.value, gradients = store.gradients.value, loss = store.loss.value;
  const step = store.step.value, unit = store.unit.value;
  const da = useMemo(() => (trace && gradients ? preactivationGradients(trace, gradients, step) : null), [trace, gradients, step]);
  const numbers = useMemo(() => (da ? backNumbers(trace!, weights!, gradients!, da, step, unit) : null), [da, weights, unit]);
  if (!trace || !weights || !gradients || !loss || !da || !numbers) return null;
  const at = step * trace.H + unit;
  const shares = (of: "cell" | "hidden") => PATHS[of].map((path) => ({ path, value: (gradients.paths[of] as Record<string, Float64Array>)[path][at] }));
  const signed = (value: number, scale: Scale) => num(value, { digits: scale.digits, sign: true });
  const split = (of: "cell" | "hidden") => {
    const all = shares(of), total = gradients[of][at], values = all.map((one) => one.value), scale = scaleOf([total, ...values]);
    const printed = printedShares(values, total, scale), longest = Math.max(...values.map(Math.abs)) || 1;
    return (
      <table class={`term-table paths${store.quantity.value === of ? " lit" : ""}`} data-name={of}>
        <caption><span class="of"><Derivative name={of} /></span> {t("step-through.back.by_path")} <Power scale={scale} /></caption>
        <tbody>
          {all.map((one, k) => (
            <tr key={one.path}>
              <th scope="row">{t(`step-through.back.path.${one.path}`)}</th>
              <td class="product">{signed(printed[k], scale)}</td>
              <td class="bar-cell" aria-hidden="true"><i class={one.value < 0 ? "neg" : ""} style={{ width: `${(Math.abs(one.value) / longest) * 50}%` }} /></td>
            </tr>
          ))}
        </tbody>
        <tfoot><tr><th scope="row">{t("network.terms.sum")}</th><td class="product">{signed(scaled(total, scale), scale)}</td><td aria-hidden="true" /></tr></tfoot>
      </table>
    );
  };
  const said = (value: number) => {
    const scale = scaleOf([value]), text = signed(scaled(value, scale), scale);
    return `**${scale.power ? `${text} × 10^${exponent(scale.power)}` : text}**`;
  };
  const largest = shares("cell").reduce((a, b) => (Math.abs(b.value) > Math.abs(a.value) ? b : a)), word = store.sequence.value!.words[step] ?? "", stopped = store.stopped.value;
  const text = [
    t(loss.kind === "margin" ? "step-through.back.margin" : "step-through.back.sum", { right: loss.right, wrong: loss.wrong, value: `**${num(loss.value, { sign: true })}**` }),
    t(largest.value === 0 ? "step-through.back.see_zero" : "step-through.back.see", { where: whereIs(word, step, t), unit, value: said(gradients.cell[at]),
      path: t(`step-through.back.path.${largest.path}`), part: said(largest.value) }),
    stopped === null ? "" : t("step-through.stopped", { why: nameOf(stopped, store, t) }),
  ].filter(Boolean).join(" ");
  return (
    <div class="backward">
      <div class="splits">{split("cell")}{split("hidden")}</div>
      {!hidden("equations") && <><p class="part-head back-head">{t("step-through.back.equations_head")}</p><BackEquations store={store} n={numbers} /></>}
      {!hidden("weights") && <Contributions store={store} trace={trace} gradients={gradients} da={da} />}
      {!hidden("see") && <See text={text} />}
    </div>
  );
}
