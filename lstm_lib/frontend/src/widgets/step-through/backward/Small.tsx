// Derivatives as text: a power of ten stands beside what it belongs to.
import type { JSX } from "preact";
import { useWidget } from "../../../host/widget.tsx";
import { scaleOf, type Scale } from "./numbers.ts";

const MINUS = "\u2212";
export const exponent = (power: number) => String(power).replace("-", MINUS);

/** "× 10⁻⁷", or nothing. */
export function Power({ scale }: { scale: Scale }): JSX.Element | null {
  return scale.power ? <span class="power num">× 10<sup>{exponent(scale.power)}</sup></span> : null;
}

/** One derivative on its own, with the power of ten that it needs. */
export function Small({ value }: { value: number }): JSX.Element {
  const { num } = useWidget(), scale = scaleOf([value]);
  return <span class="num">{num(value / 10 ** scale.power, { digits: scale.digits, sign: true })} <Power scale={scale} /></span>;
}
