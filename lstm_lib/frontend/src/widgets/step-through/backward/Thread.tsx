// dL/dc_t of the unit over the whole sequence, one line from the last step back to the first, with what the forget gates alone would
// have brought. The axis holds zero and every value of the unit, and stays as it is while the error moves.
import type { JSX } from "preact";
import type { LSTMGradients, LSTMTrace } from "../../../core/lstm.ts";
import { useWidget } from "../../../host/widget.tsx";
import { useSize } from "../../../ui/hooks.ts";
import { apart, clamp, linePath, linear } from "../../../ui/scale.ts";
import { Derivative } from "./Derivative.tsx";
import { alongTheCell, smallText } from "./numbers.ts";

const HIGH = 104, TOP = 16, BOTTOM = 88, END = 12;

export function Thread({ trace, gradients, step, unit, positions }: {
  trace: LSTMTrace; gradients: LSTMGradients; step: number; unit: number; positions: number[] | undefined;
}): JSX.Element {
  const { t, num } = useWidget(), { ref, width } = useSize<HTMLDivElement>(600), { T, H } = trace;
  const total = Float64Array.from({ length: T }, (_, k) => gradients.cell[k * H + unit]), alone = alongTheCell(trace, gradients, unit);
  const every = [0, ...total, ...alone], lo = Math.min(...every), hi = Math.max(...every);
  const y = linear(hi > lo ? [lo, hi] : [-1, 1], [BOTTOM, TOP]), x = (k: number) => positions?.[k] ?? END + (T > 1 ? (k / (T - 1)) * (width - 2 * END) : 0);
  const points = (values: Float64Array, from: number, to: number) => {
    const steps = Array.from({ length: to - from + 1 }, (_, k) => from + k);
    return linePath(steps.map(x), steps.map((k) => y(values[k])));
  };
  const at = x(step), value = smallText(total[step], num), up = y(total[step]) - TOP > 16, half = 4 * value.length, left = clamp(at, half, Math.max(half, width - half));
  // The two lines are named where they end, at the first step; apart from each other only if they are apart.
  const far = Math.abs(y(alone[0]) - y(total[0])) > 12 && step > 0;
  const [named] = apart([y(alone[0]) + (y(alone[0]) > y(total[0]) ? 15 : -7)], 0, TOP - 4, HIGH - 4);
  return (
    <div class="thread" ref={ref}>
      <p class="part-head"><Derivative name="cell" /> <span>{t("step-through-back.thread", { unit })}</span></p>
      <svg width={width} height={HIGH} role="img" aria-label={t("step-through-back.thread_label", { unit, first: smallText(total[0], num), last: smallText(total[T - 1], num), alone: smallText(alone[0], num) })}>
        <path class="zero" d={`M0,${y(0)}H${width}`} />
        <text class="axis" x={width} y={y(0) > HIGH / 2 ? y(0) + 14 : y(0) - 5} text-anchor="end">0</text>
        <path class="now" d={`M${at},2V${HIGH - 2}`} />
        {step > 0 && <path class="rest" d={points(total, 0, step)} />}
        <path class="alone" d={points(alone, 0, T - 1)} />
        {step < T - 1 && <path class="came" d={points(total, step, T - 1)} />}
        {far && <text class="named" x={Math.max(2, x(0) - 10)} y={named}>{t("step-through-back.alone")}</text>}
        <circle class="here" cx={at} cy={y(total[step])} r={5.5} />
        <text class="value" x={left} y={up ? y(total[step]) - 11 : y(total[step]) + 21} text-anchor="middle">{value}</text>
      </svg>
    </div>
  );
}
