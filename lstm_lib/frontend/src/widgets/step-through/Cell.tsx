// The drawing of the cell, every wire of which stands for a symbol.
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { useWidget } from "../../host/widget.tsx";
import type { LSTMTrace } from "../../core/lstm.ts";
import { whereIs } from "../../network/sentence.ts";
import { updateAt } from "../../network/verdicts.ts";
import { CellDiagram, type Layout } from "../../ui/CellDiagram.tsx";
import { useRoving } from "../../ui/roving.ts";
import type { Store } from "./store.ts";
import { BLOCKS, OF_LETTER, spelt, type Name } from "./symbols.ts";

/** Elements of the drawing by symbol; what stands later lies on top for the pointer. */
export const WIRES: readonly [Name, string[]][] = [
  ["h_before", ["rail_3", "rise_forget_gate", "rise_input_gate", "rise_candidate"]], ["x", ["input"]], ["c_before", ["cell_in"]], ["kept", ["kept"]], ["written", ["written"]], ["cell", ["cell_out", "tap"]],
  ["squashed", ["box_squash", "squashed"]], ["hidden", ["hidden_out"]],
  ...BLOCKS.map((b): [Name, string[]] => [`a_${b}`, [`rise_${OF_LETTER[b]}`]]),
  ["forget_gate", ["box_forget_gate", "forget", "gate_f"]], ["input_gate", ["box_input_gate", "in", "gate_i"]], ["candidate", ["box_candidate", "candidate"]],
  ["output_gate", ["box_output_gate", "out", "gate_o"]],
];

/** What lights up for weights, which have no wire of their own: the way of what they multiply, into their box. */
const wiresOf = (lit: Name): string[] => {
  const found = /^([WUb])_([ifgo])$/.exec(lit);
  if (!found) return [];
  const gate = OF_LETTER[found[2] as "i"];
  return [found[1] === "W" ? "input" : found[1] === "U" ? "rail_3" : "", `rise_${gate}`, `box_${gate}`].filter((id) => id && (found[1] !== "b" || id.startsWith("box")));
};

export function Cell({ store, trace, layout }: { store: Store; trace: LSTMTrace; layout: Layout }): JSX.Element {
  const { t, num } = useWidget(), ref = useRef<HTMLDivElement>(null), step = store.step.value, unit = store.unit.value, words = store.sequence.value!.words;
  const keys = useRoving(ref, "[data-name]", (one) => one.getAttribute("data-name") === store.state.quantity.peek());
  const u = updateAt(trace, step, unit), word = words[step] ?? "", lit = store.quantity.value, own = wiresOf(lit);
  const marks = WIRES.map(([name, ids]) => ({ name: name as string, ids, label: `${t(`step-through.name.${name}`)} ${spelt(name)}`.trim() }));
  return (
    <div ref={ref} class="cellbox" onKeyDown={keys}>
      <CellDiagram layout={layout} selected={null} num={num} values={{
        previous_cell: u.before, kept: u.kept, written: u.written, cell: u.after, squashed: u.squashed, hidden: u.hidden, factor: 1,
        forget_gate: u.forget, input_gate: u.input, candidate: u.candidate, output_gate: u.output,
      }} text={{
        label: t("network.cell.label", { unit, where: whereIs(word, step, t) }), input: word || t("network.step_number", { number: step + 1 }),
        previous_hidden: t("network.cell.numbers", { count: trace.H }), kept: t("network.cell.kept"), written: t("network.cell.written"), button: () => "",
      }} wires={{ lit, chosen: store.state.quantity.value, marks, ids: own.length ? own : null }} />
    </div>
  );
}
