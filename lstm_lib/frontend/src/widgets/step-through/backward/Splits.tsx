// By which paths dL/dc_t and dL/dh_t arrive: each bar begins where the one before it ended, so that they reach the total by adding
// up on the page as the printed numbers do. In the colours of what they come through.
import type { JSX } from "preact";
import { useWidget } from "../../../host/widget.tsx";
import type { LSTMGradients } from "../../../core/lstm.ts";
import type { Letter } from "../../../ui/quantities.ts";
import type { Store } from "../store.ts";
import { Derivative } from "./Derivative.tsx";
import { PowerOf } from "./Small.tsx";
import { PATHS, printedShares, scaleOf, scaled, type Path } from "./numbers.ts";

const LETTERS: Record<Path, Letter> = { cell: "c", direct: "h", input: "i", forget: "f", candidate: "g", output: "o" };
const WIDE = 400, HIGH = 22;

/** Where each bar begins and ends, and the axis they need. */
export function waterfall(values: readonly number[]): { bars: [number, number][]; lo: number; hi: number } {
  let sum = 0;
  const bars = values.map((value): [number, number] => [sum, sum += value]), ends = [0, ...bars.flat()];
  return { bars, lo: Math.min(...ends), hi: Math.max(...ends) };
}

export function Split({ store, gradients, of }: { store: Store; gradients: LSTMGradients; of: "cell" | "hidden" }): JSX.Element {
  const { t, num } = useWidget(), step = store.step.value, at = step * store.trace.value!.H + store.unit.value;
  const paths: readonly Path[] = PATHS[of], shares = gradients.paths[of] as Record<Path, Float64Array>, values = paths.map((path) => shares[path][at]), total = gradients[of][at];
  const scale = scaleOf([total, ...values]), printed = printedShares(values, total, scale), signed = (value: number) => num(value, { digits: scale.digits, sign: true });
  const { bars, lo, hi } = waterfall(values), x = (value: number) => (hi > lo ? 4 + ((value - lo) / (hi - lo)) * (WIDE - 8) : WIDE / 2), zero = x(0);
  const bar = (from: number, to: number, letter: Letter, link: number | null) => (
    <svg class="fall" viewBox={`0 0 ${WIDE} ${HIGH}`} preserveAspectRatio="none" aria-hidden="true">
      <path class="zero" d={`M${zero},0V${HIGH}`} />
      {link !== null && <path class="link" d={`M${x(link)},0V5`} />}
      <path d={`M${x(from)},${HIGH / 2}H${Math.abs(x(to) - x(from)) < 3 ? x(from) + (to < from ? -3 : 3) : x(to)}`} style={{ stroke: `var(--q-${letter})` }} />
    </svg>
  );
  return (
    <table class={`term-table paths${store.quantity.value === of ? " lit" : ""}`} data-name={of}>
      <caption><Derivative name={of} /> <span>{t("step-through-back.by_path")}</span> <PowerOf scale={scale} /></caption>
      <tbody>
        {paths.map((path, k) => (
          <tr key={path} data-path={path}>
            <th scope="row"><i class="hue" aria-hidden="true" style={{ background: `var(--q-${LETTERS[path]})` }} />{t(`step-through-back.path.${path}`)}</th>
            <td class="product">{values[k] === 0 ? "0" : signed(printed[k])}</td>
            <td class="fall-cell" aria-hidden="true">{values[k] !== 0 && bar(...bars[k], LETTERS[path], k ? bars[k][0] : null)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot><tr><th scope="row">{t("network.terms.sum")}</th><td class="product">{signed(scaled(total, scale))}</td><td class="fall-cell" aria-hidden="true">{total !== 0 && bar(0, total, of === "cell" ? "c" : "h", null)}</td></tr></tfoot>
    </table>
  );
}
