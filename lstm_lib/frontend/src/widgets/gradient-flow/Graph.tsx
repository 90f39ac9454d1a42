// The unrolled network: the sequence runs to the right, the error comes back to the left. The disc in each ring and the arrow into
// it are as large as what is left there of the error; on every arrow stands the factor by which the step multiplied it.
import type { JSX } from "preact";
import { Valve } from "../../ui/Valve.tsx";
import { round } from "../../ui/scale.ts";
import { drawn, nodePlaces, page, room, type Frame } from "./layout.ts";
import { Size } from "./Marks.tsx";
import type { Scene } from "./scene.ts";
import { factorText, networkName, sizeSaid, type Words } from "./words.ts";

const LEAST = 1.25, FULL = 8;

export function Graph({ scene, frame, xs, position, near, words, onPick }: {
  scene: Scene; frame: Frame; xs: readonly number[]; position: number; /** The step that must be seen. */ near: number; words: Words; onPick: ((t: number) => void) | null;
}): JSX.Element {
  const { T, line, factors, gate } = scene, { t } = words, { nodes: y, radius: R, small } = frame, q = line.of === "cell" ? "c" : "h";
  const [from, to] = page(T, Math.min(near, T), room(frame)), { at, lens } = nodePlaces(frame, xs, [from, to]), n = to - from + 1, gap = n > 1 ? at[1] - at[0] : 80, under = (frame.strip.top || frame.plot.top) - 6;
  const x = (step: number) => at[step - from], share = (step: number) => drawn(line.logs[step - 1] - line.logs[T - 1]);
  const width = (step: number) => Math.max(LEAST, FULL * Math.min(1.4, share(step)));
  const steps = Array.from({ length: n }, (_, k) => from + k), visited = (step: number) => step >= position;
  const list = steps.filter(visited).reverse().map((step) => t(step === T ? "gradient-flow.graph_step" : "gradient-flow.graph_factor", {
    t: step, size: sizeSaid(line.logs[step - 1], words), factor: step < T && Number.isFinite(factors[step - 1]) ? factorText(factors[step - 1], words) : "0",
  })).join("; ");
  const end = to === T ? Math.min(x(T) + Math.min(gap, small ? 42 : 70), frame.width - 13) : at[n - 1] + R + (small ? 14 : 26), valves = gate !== null && gap > 60;
  return (
    <g class={`graph of-${q}`} role="img" aria-label={t("gradient-flow.graph", { name: networkName(line, words), from, to, list })}>
      {lens && under > 0 && <path class="lens" d={`M${round(at[0])},${y + R + 44}V${y + R + 52}L${round(xs[from - 1])},${under}M${round(at[n - 1])},${y + R + 44}V${y + R + 52}L${round(xs[to - 1])},${under}`} />}
      {from > 1 && <path class="onwards" d={`M${round(at[0] - R - 3)},${y}H${round(at[0] - R - (small ? 10 : 22))}`} />}
      {to < T && <path class="onwards" d={`M${round(at[n - 1] + R + 3)},${y}H${round(end)}`} />}
      {/* forward: state to state, and the inputs */}
      {steps.map((step) => (
        <g key={step} class="forward">
          {step < to && <path d={`M${round(x(step) + R)},${y + 9}H${round(x(step + 1) - R - 3)}m-5,-3.5l5,3.5l-5,3.5`} />}
          <path d={`M${round(x(step))},${y + R + 24}V${y + R + 4}m-3.5,5l3.5,-5l3.5,5`} />
        </g>
      ))}
      {to === T && <g class="loss"><path d={`M${round(x(T) + R)},${y + 9}H${round(end - 16)}m-5,-3.5l5,3.5l-5,3.5`} /><rect x={end - 13} y={y - 13} width={26} height={26} rx={4} /><text x={end} y={y + 6}>{t("gradient-flow.loss")}</text></g>}
      {/* backward: the error */}
      {to === T && <Back x0={end - 14} x1={x(T) + R} y={y} w0={FULL} w1={width(T)} />}
      {steps.map((step) => {
        if (step === to || step < position) return null;
        const factor = factors[step - 1], middle = (x(step) + x(step + 1)) / 2, nothing = line.logs[step - 1] === -Infinity;
        return (
          <g key={step} class={step === position ? "edge now" : "edge"}>
            {!nothing && <Back x0={x(step + 1) - R} x1={x(step) + R} y={y} w0={width(step + 1)} w1={width(step)} />}
            {valves && !nothing && <Valve x={middle + 4} y={y} r={10} q="f" value={gate[step - 1]} through="c" thickness={width(step)} />}
            {!Number.isNaN(factor) && <text class="factor" x={middle} y={y - (valves ? 22 : 16)}>× {factorText(factor, words)}</text>}
          </g>
        );
      })}
      {steps.map((step) => {
        const here = visited(step), disc = here ? R * Math.sqrt(share(step)) : 0;
        return (
          <g key={step} class={`node${here ? " here" : ""}${step === position ? " now" : ""}`} onClick={onPick ? () => onPick(step) : undefined}>
            {onPick && <rect class="hit" x={x(step) - Math.min(gap, 60) / 2} y={0} width={Math.min(gap, 60)} height={y + R + 44} />}
            <circle class="ring" cx={x(step)} cy={y} r={R} />
            {disc > 0 && <circle class="disc" cx={x(step)} cy={y} r={round(disc)} />}
            {step === position && <circle class="halo-ring" cx={x(step)} cy={y} r={round(Math.max(R, disc) + 5)} />}
            {here && <text class="size" x={x(step)} y={20}><Size log={line.logs[step - 1]} words={words} /></text>}
            <text class="label" x={x(step) + R - 2} y={y + R + 15}><tspan class={`letter q-${q}`}>{q}</tspan><tspan class="index" dy="4">{step}</tspan></text>
            <text class="input" x={x(step)} y={y + R + 39}><tspan class="letter">x</tspan><tspan class="index" dy="4">{step}</tspan></text>
          </g>
        );
      })}
    </g>
  );
}

/** An arrow to the left that tapers as the error does. */
function Back({ x0, x1, y, w0, w1 }: { x0: number; x1: number; y: number; w0: number; w1: number }): JSX.Element {
  const head = Math.max(3.5, w1 * 0.8), tip = x1 + 1, neck = tip + head * 1.5;
  return <path class="error" d={`M${round(x0)},${round(y - w0 / 2)}L${round(neck)},${round(y - w1 / 2)}V${round(y - head)}L${round(tip)},${y}L${round(neck)},${round(y + head)}V${round(y + w1 / 2)}L${round(x0)},${round(y + w0 / 2)}Z`} />;
}
