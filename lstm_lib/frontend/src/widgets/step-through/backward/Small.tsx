// Derivatives as text: a power of ten stands beside the number that it belongs to.
import type { JSX } from "preact";
import { useWidget } from "../../../host/widget.tsx";
import { scaleOf, scaled, type Scale } from "./numbers.ts";

const MINUS = "\u2212", RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const exponent = (power: number) => String(power).replace("-", MINUS);

/** "× 10⁻⁷", or nothing. */
export function PowerOf({ scale }: { scale: Scale }): JSX.Element | null {
  return scale.power ? <span class="power num">× 10<sup>{exponent(scale.power)}</sup></span> : null;
}

/** A derivative with the power of ten that it needs, or that of the sum it is a part of. `printed`: already scaled and rounded. */
export function Small({ value, scale = scaleOf([value]), printed = scaled(value, scale) }: { value: number; scale?: Scale; printed?: number }): JSX.Element {
  const { num } = useWidget();
  return value === 0 ? <>0</> : <>{num(printed, { digits: scale.digits, sign: true })}{scale.power ? <span class="power">·10<sup>{exponent(scale.power)}</sup></span> : null}</>;
}

/** The same as plain text, for sentences. */
export function smallText(value: number, num: (value: number, options: { digits: number; sign: boolean }) => string): string {
  if (value === 0) return "0";
  const scale = scaleOf([value]), text = num(scaled(value, scale), { digits: scale.digits, sign: true });
  return scale.power ? `${text} × 10${String(scale.power).replace("-", "⁻").replace(/\d/g, (digit) => RAISED[Number(digit)])}` : text;
}
