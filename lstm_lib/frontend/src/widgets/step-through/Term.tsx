// A symbol of the equations with its number under it: what every other place answers to.
import type { ComponentChildren, JSX } from "preact";
import { useWidget } from "../../host/widget.tsx";
import { LETTER } from "../../ui/quantities.ts";
import type { Quantity } from "../../core/lstm.ts";
import type { Store } from "./store.ts";
import { blockOf, type Name } from "./symbols.ts";

/** How a symbol is written: letter and subscript, in the colour of its quantity. */
export function Glyph({ name }: { name: Name }): JSX.Element {
  const block = blockOf(name), letter = LETTER[name as Quantity];
  if (letter) return <i class={`sym q-${letter}`}>{letter}<sub>t</sub></i>;
  if (block) {
    const head = name[0];
    return <i class={`sym ${head === "a" ? `q-${block}` : "weight"}`}>{head}<sub class={`q-${block}`}>{block}</sub></i>;
  }
  switch (name) {
    case "x": return <i class="sym q-h">x<sub>t</sub></i>;
    case "h_before": return <i class="sym q-h">h<sub>t−1</sub></i>;
    case "c_before": return <i class="sym q-c">c<sub>t−1</sub></i>;
    case "kept": return <><Glyph name="forget_gate" /> ⊙ <Glyph name="c_before" /></>;
    case "written": return <><Glyph name="input_gate" /> ⊙ <Glyph name="candidate" /></>;
    default: return <>tanh <Glyph name="cell" /></>;
  }
}

/** A symbol that can be pointed at, focused and chosen. `value` is written under it; `said` is what a screen reader hears
 * instead of the usual name (in the backward view: the derivative). */
export function Term({ store, name, value, said, children }: {
  store: Store; name: Name; value?: ComponentChildren; said?: string | undefined; children?: ComponentChildren;
}): JSX.Element {
  const { t } = useWidget(), lit = store.quantity.value === name;
  return (
    <span class={`term${lit ? " lit" : ""}${store.later(name) ? " later" : ""}`} data-name={name} role="button" tabIndex={-1} aria-pressed={store.state.quantity.value === name}>
      <span class="vh">{said ?? t(`step-through.name.${name}`)} </span><span class="s">{children ?? <Glyph name={name} />}</span>
      {value !== undefined && <span class="n num"><span class="vh"> = </span>{value}</span>}
    </span>
  );
}

/** Symbols that belong together, over a brace and the number they make; the number can be chosen if it is a symbol too. */
export function Group({ store, name, value, said, children }: { store: Store; name?: Name; value: ComponentChildren; said?: string | undefined; children: ComponentChildren }): JSX.Element {
  const { t } = useWidget(), lit = name !== undefined && store.quantity.value === name;
  return (
    <span class="group">
      <span class="parts">{children}</span>
      {name === undefined ? <span class="n brace num">{value}</span> : (
        <span class={`n brace num${lit ? " lit" : ""}${store.later(name) ? " later" : ""}`} data-name={name} role="button" tabIndex={-1} aria-pressed={store.state.quantity.value === name}><span class="vh">{said ?? t(`step-through.name.${name}`)} = </span>{value}</span>
      )}
    </span>
  );
}
