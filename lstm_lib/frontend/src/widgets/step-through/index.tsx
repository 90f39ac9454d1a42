// Step through: every symbol of the equations with its number, its wire, its row of weights and its line of code.
import type { JSX } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { defineWidget, type View } from "../../host/widget.tsx";
import { Frame } from "../../ui/controls.tsx";
import css from "./step.css";
import { CONDITIONS, QUANTITIES, STRIDES, VIEWS, defaults, type StepThroughState } from "./state.ts";
import { createStore } from "./store.ts";

function StepThrough(view: View<StepThroughState>): JSX.Element {
  const { t, num } = view, store = useMemo(() => createStore(view.state), []);
  useEffect(() => store.dispose, []);
  const trace = store.trace.value;
  return (
    <Frame title={t("step-through.title")}>
      {trace && <p>{num(trace.cell[store.step.value * trace.H + store.unit.value], { sign: true })}</p>}
    </Frame>
  );
}

void CONDITIONS;

export default defineWidget<StepThroughState>({ name: "step-through", defaults, css, unlinked: ["weights", "inputs", "playing"],
  choices: { quantity: QUANTITIES, view: VIEWS, stride: STRIDES }, view: StepThrough });
