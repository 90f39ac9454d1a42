// Derivatives as text: a power of ten stands beside the number that it belongs to.
import type { JSX } from "preact";
import { useWidget } from "../../../host/widget.tsx";
import { scaleOf, scaled, type Scale } from "./numbers.ts";

const MINUS = "\u2212";
const exponent = (power: number) => String(power).replace("-", MINUS);

/** "× 10⁻⁷", or nothing. */
export function PowerOf({ scale }: { scale: Scale }): JSX.Element | null {
  return scale.power ? <span class="power num">× 10<sup>{exponent(scale.power)}</sup></span> : null;
}

/** A derivative with the power of ten that it needs, or that of the sum it is a part of. `printed`: already scaled and rounded.
 * `sign` false: what is never negative. */
export function Small({ value, scale = scaleOf([value]), printed = scaled(value, scale), sign = true }: { value: number; scale?: Scale; printed?: number; sign?: boolean }): JSX.Element {
  const { num } = useWidget();
  return value === 0 ? <>0</> : <>{num(printed, { digits: scale.digits, sign })}{scale.power ? <span class="power">·10<sup>{exponent(scale.power)}</sup></span> : null}</>;
}
