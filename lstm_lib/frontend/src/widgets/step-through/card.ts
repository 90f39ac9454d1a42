// What the lit symbol is: its name, its shape, where its numbers stand in torch, and the number of this unit here.
import type { LSTMTrace, LSTMWeights } from "../../core/lstm.ts";
import type { Words } from "../../network/sentence.ts";
import { LETTER, isGate } from "../../ui/quantities.ts";
import type { Quantity } from "../../core/lstm.ts";
import { DIGITS, rowOf, type Numbers } from "./numbers.ts";
import { blockOf, type Name } from "./symbols.ts";

/** With the marks of Rich. `word`: what enters at this step, "" for a row of numbers. */
export function cardOf(name: Name, { trace, weights, numbers, step, unit, word }: {
  trace: LSTMTrace; weights: LSTMWeights; numbers: Numbers; step: number; unit: number; word: string;
}, { t, num }: Words): string {
  const { H, I } = trace, block = blockOf(name), kind = block && /^[WUba]_/.test(name) ? name[0] : name, letter = LETTER[name as Quantity];
  const value = numbers.value(name), row = block ? rowOf(block, unit, H) : 0, signed = (v: number) => num(v, { digits: DIGITS, sign: true });
  const what = t(`step-through.card.${kind}${name === "x" ? (word ? "_word" : "_row") : name === "a_g" ? "_g" : name.endsWith("_before") && !step ? "_first" : ""}`, {
    H, I, block: block ?? "", unit, row, word, number: step + 1, gate: block ? t(`common.${({ i: "input_gate", f: "forget_gate", g: "candidate", o: "output_gate" })[block]}`) : "",
    first: signed(weights.bias_ih[row] ?? 0), second: signed(weights.bias_hh[row] ?? 0),
  });
  if (value === null || name === "h_before") return what;
  return `${what} ${t("step-through.card.here", { unit, value: `**${letter && isGate(letter) ? num(value, { digits: DIGITS }) : signed(value)}**` })}`;
}
