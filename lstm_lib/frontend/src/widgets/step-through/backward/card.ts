// What the lit symbol receives on the way back, and from where.
import type { Words } from "../../../network/sentence.ts";
import { blockOf, type Name } from "../symbols.ts";
import { derivativeOf, smallText, type BackNumbers } from "./numbers.ts";

/** With the marks of Rich. */
export function backCardOf(name: Name, n: BackNumbers, { H, I, unit, step }: { H: number; I: number; unit: number; step: number }, { t, num }: Words): string {
  const block = blockOf(name), kind = block && /^[WUb]_/.test(name) ? name[0] : name, value = derivativeOf(name, n);
  const first = !step && name.endsWith("_before") ? "_first" : "";
  const what = t(`step-through-back.card.${kind}${first}`, { H, I, unit, block: block ?? "", symbol: block ? `{${block}_t}` : "" });
  return value === null || first ? what : `${what} ${t("step-through.card.here", { unit, value: `**${smallText(value, num)}**` })}`;
}
