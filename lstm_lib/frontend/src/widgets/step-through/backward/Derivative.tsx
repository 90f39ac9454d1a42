// A derivative as chapter 5 writes it, a fraction: d for the total one, ∂ for the immediate one.
import type { JSX } from "preact";
import { Glyph } from "../Term.tsx";
import type { Block, Name } from "../symbols.ts";

/** c, f or a sum of the next step. */
export function Later({ of }: { of: "c" | "f" | `a_${Block}` }): JSX.Element {
  const letter = of[0], block = of.length > 1 ? of[2] : "";
  return <i class={`sym q-${block || letter}`}>{letter}<sub>{block && `${block},`}t+1</sub></i>;
}

/** dL/dz; `later`: z of the next step. What is heard is said by what stands around it. */
export function Derivative({ name, later, partial }: { name?: Name; later?: "c" | `a_${Block}`; partial?: boolean }): JSX.Element {
  const sign = partial ? "∂" : "d";
  return (
    <span class="frac" aria-hidden="true">
      <span>{sign}<i class="sym">L</i></span>
      <span class="under">{sign}{later ? <Later of={later} /> : <Glyph name={name!} />}</span>
    </span>
  );
}
