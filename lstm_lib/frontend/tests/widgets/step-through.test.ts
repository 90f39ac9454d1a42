// Step through: numbers, code, transport and breakpoints, and that every symbol has its place in all four.
import { describe, expect, it } from "vitest";
import diagram from "../../../diagram.json";
import { backwardLSTM, forwardLSTM, type LSTMTrace } from "../../src/core/lstm.ts";
import { WIRES } from "../../src/widgets/step-through/Cell.tsx";
import { CODE, linesOfCode, type Piece } from "../../src/widgets/step-through/lines.ts";
import { DIGITS, numbersAt, printedParts } from "../../src/widgets/step-through/numbers.ts";
import { CONDITIONS } from "../../src/widgets/step-through/state.ts";
import { BACKWARD_LINES, BLOCKS, FORWARD_LINES, OF_LETTER, SYMBOLS, blockOf, lineOf, nearestBlock, symbolOf, type Name } from "../../src/widgets/step-through/symbols.ts";
import { meets, move, type Position } from "../../src/widgets/step-through/transport.ts";
import { inputs, network } from "./gates/sample.ts";

const flat = (pieces: Piece[]): Piece[] => pieces.flatMap((piece) => [piece, ...flat(piece.inner ?? [])]);

function trace(): { trace: LSTMTrace; w: ReturnType<typeof network> } {
  const w = network(), x = inputs(6);
  return { trace: forwardLSTM(w, x, x.length / w.input_size), w };
}

describe("numbers", () => {
  it("are those of the trace, part by part", () => {
    const { trace: run, w } = trace();
    for (const [step, unit] of [[0, 0], [2, 1], [run.T - 1, run.H - 1]]) {
      const numbers = numbersAt(run, w, step, unit), at = step * run.H + unit;
      for (const block of BLOCKS) {
        const { total, input, hidden, bias } = numbers.parts[block], gate = run[OF_LETTER[block] as "forget_gate"][at];
        expect(input + hidden + bias).toBeCloseTo(total, 12);
        expect(block === "g" ? Math.tanh(total) : 1 / (1 + Math.exp(-total))).toBeCloseTo(gate, 12);
        const printed = printedParts(numbers.parts[block]);
        expect(printed.input + printed.hidden + printed.bias).toBeCloseTo(Math.round(total * 10 ** DIGITS) / 10 ** DIGITS, 9);
      }
      expect(numbers.value("kept")! + numbers.value("written")!).toBeCloseTo(run.cell[at], 12);
      expect(numbers.value("output_gate")! * numbers.value("squashed")!).toBeCloseTo(run.hidden[at], 12);
    }
  });
});

describe("places of the symbols", () => {
  it("every line of the code is the library's and computes the symbol it is lit for", () => {
    expect(CODE.forward.slice(1).map((line) => line.name)).toEqual(FORWARD_LINES);
    for (const line of [...CODE.forward, ...CODE.backward]) expect(line.pieces.map((piece) => piece.text).join("")).toBe(line.text);
    const back = CODE.backward.slice(1).map((line) => line.name);
    for (const name of BACKWARD_LINES.slice(1)) expect(back).toContain(name);
  });
  it("every symbol stands in the code, and every one without weights in the drawing", () => {
    const named = new Set(CODE.forward.flatMap((line) => flat(line.pieces)).map((piece) => piece.name));
    const wires = new Map(WIRES), ids = new Set([...diagram.wide.elements, ...diagram.narrow.elements].map((e) => e.id));
    for (const name of SYMBOLS) {
      expect(named.has(name), name).toBe(true);
      if (!/^[WUb]_/.test(name)) expect(wires.has(name), name).toBe(true);
    }
    for (const id of [...wires.values()].flat()) if (id !== "rise_output_gate") expect(ids.has(id), id).toBe(true);
  });
  it("names of the code and of their derivatives mean the same symbol", () => {
    expect([symbolOf("w.W_f"), symbolOf("da_f"), symbolOf("dc_before"), symbolOf("dh"), symbolOf("dU_o"), symbolOf("sigmoid"), symbolOf("w")])
      .toEqual(["W_f", "a_f", "c_before", "hidden", "U_o", null, null]);
    expect(linesOfCode("step", "def step(c):\n    \"\"\"c = 1\"\"\"\n    c = c * 2\n    return c\n\n\nx = 1").map((line) => line.text)).toEqual(["def step(c):", "    c = c * 2"]);
  });
  it("a row of weights is open beside every symbol", () => {
    expect(nearestBlock("x", "U_o")).toBe("o");
    expect(nearestBlock("cell", "U_o")).toBe("f");
    expect(nearestBlock("written", "cell")).toBe("i");
    for (const name of SYMBOLS) expect(blockOf(name) ?? nearestBlock(name, "a_g")).toBe(nearestBlock(name, "a_g"));
  });
});

describe("transport", () => {
  const all = (from: Position, view: "forward" | "backward", stride: "step" | "line", T: number) => {
    const places = [from];
    for (let next = move(from, 1, T, view, stride); next; next = move(next, 1, T, view, stride)) places.push(next);
    return places;
  };
  it("goes through every line of every step, forward and back, and returns the way it came", () => {
    for (const view of ["forward", "backward"] as const) {
      const lines = view === "forward" ? FORWARD_LINES : BACKWARD_LINES, start = { step: view === "forward" ? 0 : 2, quantity: lines[0] };
      const places = all(start, view, "line", 3);
      expect(places).toHaveLength(3 * lines.length);
      expect(places.map((place) => place.step)).toEqual((view === "forward" ? [0, 1, 2] : [2, 1, 0]).flatMap((step) => lines.map(() => step)));
      for (let k = places.length - 1; k > 0; k--) expect(move(places[k], -1, 3, view, "line")).toEqual(places[k - 1]);
      expect(move(start, -1, 3, view, "line")).toBeNull();
      expect(all({ ...start, quantity: "W_g" }, view, "step", 3).map((place) => [place.step, place.quantity])).toEqual(places.filter((_, k) => k % lines.length === 0).map((place) => [place.step, "W_g"]));
    }
  });
  it("finds the line of any symbol", () => {
    for (const lines of [FORWARD_LINES, BACKWARD_LINES]) for (const name of SYMBOLS) expect(lineOf(name as Name, lines)).toBeGreaterThanOrEqual(0);
    expect(FORWARD_LINES[lineOf("U_f", FORWARD_LINES)]).toBe("a_f");
  });
});

describe("breakpoints", () => {
  it("are met exactly where the trace and its gradients say so", () => {
    const { trace: run, w } = trace(), direct = new Float64Array(run.T * run.H).fill(1, (run.T - 1) * run.H), gradients = backwardLSTM(run, w, direct);
    let met = 0;
    for (let unit = 0; unit < run.H; unit++) for (let step = 0; step < run.T; step++) {
      const at = step * run.H + unit, moment = { trace: run, gradients, step, unit }, before = step ? run.cell[at - run.H] : 0, last = step === run.T - 1;
      const own = { "forget_gate<0.5": run.forget_gate[at] < 0.5, "input_gate>0.5": run.input_gate[at] > 0.5, "output_gate>0.5": run.output_gate[at] > 0.5,
        cell_changes_sign: Math.sign(run.cell[at]) === -Math.sign(before) && before !== 0,
        "highway<0.5": !last && 2 * Math.abs(gradients.paths.cell.cell[at]) < Math.abs(gradients.paths.cell.cell[at]) + Math.abs(gradients.cell[at] - gradients.paths.cell.cell[at]),
        gradient_changes_sign: !last && gradients.cell[at] * gradients.cell[at + run.H] < 0 };
      for (const condition of CONDITIONS) { expect(meets(condition, moment), `${condition} ${step} ${unit}`).toBe(own[condition]); met += Number(own[condition]); }
      expect(meets("highway<0.5", { ...moment, gradients: null }) || meets("gradient_changes_sign", { ...moment, gradients: null })).toBe(false);
      expect([meets(step, moment), meets(step + 1, moment)]).toEqual([true, false]);
    }
    expect(met).toBeGreaterThan(10);
  });
});
