// The six equations of the cell, each symbol over its number at the chosen step, for the chosen unit.
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { useWidget } from "../../host/widget.tsx";
import { roundedParts } from "../../network/terms.ts";
import { useRoving } from "../../ui/roving.ts";
import { Group, Term } from "./Term.tsx";
import { DIGITS, printedParts, type Numbers } from "./numbers.ts";
import type { Store } from "./store.ts";
import { BLOCKS, OF_LETTER, type Name } from "./symbols.ts";

const Op = ({ children }: { children: string }) => <span class="op">{children}</span>;

export function Equations({ store, numbers }: { store: Store; numbers: Numbers }): JSX.Element {
  const { t, num } = useWidget(), ref = useRef<HTMLDivElement>(null);
  const keys = useRoving(ref, "[data-name]", (one) => one.getAttribute("data-name") === store.state.quantity.peek());
  const gate = (name: Name) => num(numbers.value(name)!, { digits: DIGITS }), state = (value: number) => num(value, { digits: DIGITS, sign: true }), of = (name: Name) => state(numbers.value(name)!);
  const [kept, written] = roundedParts([numbers.value("kept")!, numbers.value("written")!], numbers.value("cell")!, DIGITS);
  return (
    <div ref={ref} class="equations" role="group" aria-label={t("step-through.equations")} onKeyDown={keys}>
      {BLOCKS.map((b) => {
        const parts = printedParts(numbers.parts[b]), sum = state(parts.total), name = OF_LETTER[b], value = b === "g" ? of(name) : gate(name);
        return (
          <div key={b} class="eq-row">
            <div class="eq">
              <Term store={store} name={`a_${b}`} value={sum} /><Op>=</Op>
              <Group store={store} value={state(parts.input)}><Term store={store} name={`W_${b}`} /><Term store={store} name="x" /></Group><Op>+</Op>
              <Group store={store} value={state(parts.hidden)}><Term store={store} name={`U_${b}`} /><Term store={store} name="h_before" /></Group><Op>+</Op>
              <Term store={store} name={`b_${b}`} value={state(parts.bias)} />
            </div>
            <div class="eq short">
              <Term store={store} name={name} value={value} /><Op>=</Op><span class="fn">{b === "g" ? "tanh" : "σ"}(</span>
              <Term store={store} name={`a_${b}`} value={sum} /><span class="fn">)</span>
            </div>
          </div>
        );
      })}
      <div class="eq-row">
        <div class="eq">
          <Term store={store} name="cell" value={of("cell")} /><Op>=</Op>
          <Group store={store} name="kept" value={state(kept)}><Term store={store} name="forget_gate" value={gate("forget_gate")} /><Op>⊙</Op><Term store={store} name="c_before" value={of("c_before")} /></Group><Op>+</Op>
          <Group store={store} name="written" value={state(written)}><Term store={store} name="input_gate" value={gate("input_gate")} /><Op>⊙</Op><Term store={store} name="candidate" value={of("candidate")} /></Group>
        </div>
        <p class="eq-note">{t("step-through.note.cell")}</p>
      </div>
      <div class="eq-row">
        <div class="eq">
          <Term store={store} name="hidden" value={of("hidden")} /><Op>=</Op><Term store={store} name="output_gate" value={gate("output_gate")} /><Op>⊙</Op>
          <Group store={store} name="squashed" value={of("squashed")}><span class="fn">tanh(</span><Term store={store} name="cell" value={of("cell")} /><span class="fn">)</span></Group>
        </div>
        <p class="eq-note">{t("step-through.note.hidden")}</p>
      </div>
    </div>
  );
}
