// What is still wrong and what is seen, in words, from the trace.
import type { Surroundings } from "../../host/widget.tsx";
import type { Params } from "../../host/locale.ts";
import type { Problem, Run } from "../../core/puzzles.ts";

type Words = Pick<Surroundings, "t" | "num" | "percent">;

/** "No passo 4, h = +0,76; deveria ficar entre −0,10 e +0,10: o gate de saída está aberto cedo demais." */
export function problemText({ t, num }: Words, { step, quantity, value, low, high, cause }: Problem): string {
  const signed = (v: number) => num(v, { sign: true });
  const why: Params = "weight" in cause ? { at: cause.at, weight: signed(cause.weight) }
    : "passes" in cause ? { gate: num(cause.gate), passes: signed(cause.passes) } : { at: cause.at, gate: num(cause.gate) };
  return t("gates-by-hand.problem", {
    step, symbol: quantity === "cell" ? "{c}" : "{h}", value: `**${signed(value)}**`, low: signed(low), high: signed(high),
    cause: t(`gates-by-hand.cause.${cause.kind}`, why),
  });
}

/** What the cell does at one step (from 0). */
export function seeText({ t, num, percent }: Words, trace: Run, k: number): string {
  const signed = (v: number) => `**${num(v, { sign: true })}**`, f = trace.forget_gate[k], i = trace.input_gate[k], o = trace.output_gate[k];
  const wrote = i * trace.inputs[k];
  const before = k === 0 ? t("gates-by-hand.see.start") : trace.cell[k - 1] === 0 ? t("gates-by-hand.see.empty")
    : f === 1 ? t("gates-by-hand.see.kept", { before: signed(trace.cell[k - 1]) })
    : f === 0 ? t("gates-by-hand.see.erased", { before: signed(trace.cell[k - 1]) })
    : t("gates-by-hand.see.faded", { share: percent(f), before: signed(trace.cell[k - 1]) });
  const input = wrote === 0 ? t("gates-by-hand.see.not_written", { input: signed(trace.inputs[k]) })
    : t("gates-by-hand.see.written", { input: signed(trace.inputs[k]), amount: signed(wrote) });
  const shows = o === 0 ? t("gates-by-hand.see.hidden") : t("gates-by-hand.see.shown", { hidden: signed(trace.hidden[k]) });
  return t("gates-by-hand.see", { step: k + 1, before, input, cell: signed(trace.cell[k]), shows });
}
