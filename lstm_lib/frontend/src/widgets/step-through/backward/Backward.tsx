// The way back through one step: the derivatives of c_t and h_t of the chosen unit, split by the path on which they arrive. The
// printed parts add up to the printed sum.
import type { JSX } from "preact";
import { useWidget } from "../../../host/widget.tsx";
import { roundedParts } from "../../../network/terms.ts";
import { See } from "../../../ui/controls.tsx";
import { Glyph } from "../Term.tsx";
import { nameOf } from "../Transport.tsx";
import type { Store } from "../store.ts";

const PATHS = { cell: ["cell", "direct", "input", "forget", "candidate", "output"], hidden: ["direct", "input", "forget", "candidate", "output"] } as const;

export function Backward({ store }: { store: Store }): JSX.Element | null {
  const { t, num } = useWidget(), gradients = store.gradients.value, loss = store.loss.value;
  if (!gradients || !loss) return null;
  const step = store.step.value, unit = store.unit.value, at = step * store.trace.value!.H + unit, stopped = store.stopped.value;
  const shares = (of: "cell" | "hidden") => PATHS[of].map((path) => ({ path, value: (gradients.paths[of] as Record<string, Float64Array>)[path][at] }));
  // Four digits of the largest number, however small it is.
  const size = Math.max(...(["cell", "hidden"] as const).flatMap((of) => [Math.abs(gradients[of][at]), ...shares(of).map((one) => Math.abs(one.value))]));
  const digits = size > 0 ? Math.min(12, Math.max(3, 3 - Math.floor(Math.log10(size)))) : 3, signed = (value: number) => num(value, { digits, sign: true });
  const split = (of: "cell" | "hidden") => {
    const all = shares(of), total = gradients[of][at], printed = roundedParts(all.map((one) => one.value), total, digits), longest = Math.max(...all.map((one) => Math.abs(one.value))) || 1;
    const lit = store.quantity.value === of;
    return (
      <table class={`term-table paths${lit ? " lit" : ""}`} data-name={of}>
        <caption>{t("step-through.back.of")} <Glyph name={of} /></caption>
        <tbody>
          {all.map((one, k) => (
            <tr key={one.path}>
              <th scope="row">{t(`step-through.back.path.${one.path}`)}</th>
              <td class="product">{signed(printed[k])}</td>
              <td class="bar-cell" aria-hidden="true"><i class={one.value < 0 ? "neg" : ""} style={{ width: `${(Math.abs(one.value) / longest) * 50}%` }} /></td>
            </tr>
          ))}
        </tbody>
        <tfoot><tr><th scope="row">{t("network.terms.sum")}</th><td class="product">{signed(total)}</td><td aria-hidden="true" /></tr></tfoot>
      </table>
    );
  };
  const largest = shares("cell").reduce((a, b) => (Math.abs(b.value) > Math.abs(a.value) ? b : a)), word = store.sequence.value!.words[step];
  const said = [
    t(loss.kind === "margin" ? "step-through.back.margin" : "step-through.back.sum", { right: loss.right, wrong: loss.wrong, value: `**${num(loss.value, { sign: true })}**` }),
    t("step-through.back.see", { where: t(word ? "network.where_word" : "network.where_step", { word: word ?? "", number: step + 1 }), unit, value: `**${signed(gradients.cell[at])}**`,
      path: t(`step-through.back.path.${largest.path}`), part: `**${signed(largest.value)}**` }),
    stopped === null ? "" : t("step-through.stopped", { why: nameOf(stopped, store, t) }),
  ].filter(Boolean).join(" ");
  return (
    <div class="backward">
      <div class="splits">{split("cell")}{split("hidden")}</div>
      <See text={said} />
    </div>
  );
}
