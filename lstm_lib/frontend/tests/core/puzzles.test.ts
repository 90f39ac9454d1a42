import { describe, expect, it } from "vitest";
import { GATES, inside, judge, puzzleOf, puzzles, run, settle, stepsOf, weights, withGate, type Gates } from "../../src/core/puzzles.ts";
import { forwardLSTM } from "../../src/core/lstm.ts";

const everywhere = (id: string, f: number, i: number, o: number): Gates =>
  settle(puzzleOf(id), { forget_gate: Array(stepsOf(puzzleOf(id))).fill(f), input_gate: Array(stepsOf(puzzleOf(id))).fill(i), output_gate: Array(stepsOf(puzzleOf(id))).fill(o) });

describe("puzzles", () => {
  it("are at least six, with the ones the chapter links to", () => {
    expect(puzzles.length).toBeGreaterThanOrEqual(6);
    for (const id of ["first-bit", "release-at-cue", "overwrite", "count-to-three"]) expect(puzzleOf(id).id).toBe(id);
    expect(new Set(puzzles.map((p) => p.id)).size).toBe(puzzles.length);
  });
  it.each(puzzles)("$id: its solution solves it, within its own rules, on the slider's grid", (puzzle) => {
    expect(settle(puzzle, puzzle.solution)).toEqual(puzzle.solution);
    expect(judge(puzzle, puzzle.solution)).toEqual({ solved: true, cases: puzzle.cases.map(() => ({ solved: true, problems: [] })) });
    for (const gate of GATES) for (const v of puzzle.solution[gate]) expect(Math.abs(v * 20 - Math.round(v * 20))).toBeLessThan(1e-9);
  });
  it.each(puzzles)("$id: is not solved by leaving everything open, closed or half open", (puzzle) => {
    expect(judge(puzzle, settle(puzzle, {})).solved).toBe(false);
    for (const v of [0, 0.5, 1]) expect(judge(puzzle, everywhere(puzzle.id, v, v, v)).solved, String(v)).toBe(false);
  });
  it.each(puzzles.filter((p) => !p.shared))("$id: cannot be solved with gates that are the same at every step", (puzzle) => {
    let solved = 0;
    for (let f = 0; f <= 20; f++) for (let i = 0; i <= 20; i++) for (let o = 0; o <= 20; o++) {
      if (judge(puzzle, everywhere(puzzle.id, f / 20, i / 20, o / 20)).solved) solved++;
    }
    expect(solved).toBe(0);
  });
  it.each(puzzles.filter((p) => !p.shared))("$id: with gates full open or closed, only the intended inputs do it", (puzzle) => {
    // No way round: in every such solution the cell, where something is asked of it, holds what it holds in the stored one.
    const T = stepsOf(puzzle), bits = (n: number) => Array.from({ length: T }, (_, t) => (n >> t) & 1);
    let found = 0;
    for (let n = 0; n < 4 ** T; n++) {
      const forget_gate = puzzle.locked?.forget_gate === undefined ? bits(n >> T) : puzzle.solution.forget_gate;
      const gates = { forget_gate, input_gate: bits(n), output_gate: puzzle.solution.output_gate };
      if (!judge(puzzle, gates).solved) continue;
      found++;
      puzzle.cases.forEach((c, which) => {
        const trace = run(puzzle, gates, which), ideal = run(puzzle, puzzle.solution, which);
        for (const { step, low, high } of c.targets) if (low > 0 || high < 0) {
          weights(trace, step - 1).forEach((w, s) => expect(w, `${JSON.stringify(gates)} step ${step}, from ${s + 1}`).toBeCloseTo(weights(ideal, step - 1)[s], 9));
        }
      });
    }
    expect(found).toBeGreaterThan(0);
  });
  it.each(puzzles)("$id: speaks both languages and points at its own steps", (puzzle) => {
    for (const text of [puzzle.title, puzzle.task, puzzle.lesson, ...Object.values(puzzle.marks ?? {}), ...puzzle.cases.flatMap((c) => c.name ?? [])]) {
      expect(text.pt.trim() && text.en.trim()).toBeTruthy();
    }
    for (const c of puzzle.cases) {
      expect(c.inputs.length).toBe(stepsOf(puzzle));
      for (const t of c.targets) { expect(t.step).toBeGreaterThan(0); expect(t.step).toBeLessThanOrEqual(c.inputs.length); expect(t.low).toBeLessThan(t.high); }
      if (puzzle.cases.length > 1) expect(c.name).toBeDefined();
    }
  });
  it("computes what an LSTM computes: with saturated weights the two agree", () => {
    // g = tanh(a) with a = atanh(x) fed in, gates through large biases: the arithmetic of run() against forwardLSTM
    const puzzle = puzzleOf("release-at-cue"), gates = puzzle.solution, trace = run(puzzle, { ...gates }, 0), T = stepsOf(puzzle);
    const logit = (p: number) => Math.log(p / (1 - p)), soft = (v: number) => Math.min(1 - 1e-12, Math.max(1e-12, v));
    const inputs = Float64Array.from({ length: T * 4 }, (_, k) => {
      const t = Math.floor(k / 4), which = k % 4;
      return which === 2 ? Math.atanh(Math.max(-1 + 1e-12, Math.min(1 - 1e-12, puzzle.cases[0].inputs[t])))
        : logit(soft(which === 0 ? gates.input_gate[t] : which === 1 ? gates.forget_gate[t] : gates.output_gate[t]));
    });
    const eye = Float64Array.from({ length: 16 }, (_, k) => (k % 5 === 0 ? 1 : 0)), zero = new Float64Array(4);
    const lstm = forwardLSTM({ input_size: 4, hidden_size: 1, weight_ih: eye, weight_hh: zero, bias_ih: zero, bias_hh: zero }, inputs, T);
    trace.hidden.forEach((h, t) => expect(lstm.hidden[t]).toBeCloseTo(h, 9));
  });
});

describe("settle and withGate", () => {
  it("obey length, range, shared and locked gates", () => {
    const free = puzzleOf("first-bit");
    expect(settle(free, { forget_gate: [0, 1] }).forget_gate).toEqual([1, 1, 1, 1, 1]);
    expect(settle(free, { forget_gate: [-1, 2, 0.5, 0, 1] }).forget_gate).toEqual([0, 1, 0.5, 0, 1]);
    expect(settle(puzzleOf("cell-of-1997"), everywhere("first-bit", 0, 0, 0)).forget_gate).toEqual(Array(6).fill(1));
    const leak = puzzleOf("leak"), gates = settle(leak, {});
    expect(withGate(leak, gates, "forget_gate", 2, 0.8)).toEqual([0.8, 0.8, 0.8, 0.8]);
    expect(withGate(leak, gates, "input_gate", 2, 0.1 + 0.2)).toEqual([1, 1, 0.3, 1]);
    expect(withGate(puzzleOf("cell-of-1997"), gates, "forget_gate", 0, 0)).toEqual(gates.forget_gate);
  });
});

describe("judge", () => {
  const cue = puzzleOf("release-at-cue"), solved = cue.solution;
  const first = (gates: Partial<Gates>, puzzle = cue) => judge(puzzle, { ...puzzle.solution, ...gates }).cases[0].problems[0];
  it("names the output gate when some opening of it would do", () => {
    expect(first({ output_gate: [0, 0, 0, 1, 1, 0] })).toMatchObject({ step: 4, quantity: "hidden", cause: { kind: "out-early", gate: 1 } });
    expect(first({ output_gate: [0, 0, 0, 1, 1, 0] }).value).toBeCloseTo(Math.tanh(1), 12);
    expect(first({ output_gate: [0, 0, 0, 0, 1, 1] })).toMatchObject({ step: 6, cause: { kind: "out-late" } });
    expect(first({ output_gate: [0, 0, 0, 0, 0.5, 0] })).toMatchObject({ step: 5, cause: { kind: "out-closed", gate: 0.5 } });
  });
  it("names the step that still weighs, the gate that erased, or what is missing", () => {
    expect(first({ input_gate: [1, 0, 1, 0, 0, 0] })).toMatchObject({ step: 5, cause: { kind: "extra-old", at: 3, weight: -1 } });
    expect(first({ input_gate: [1, 0, 0, 0, 0.5, 0] }, puzzleOf("first-bit"))).toMatchObject({ step: 5, cause: { kind: "extra-now", at: 5, weight: -0.5 } });
    expect(first({ forget_gate: [1, 1, 0.2, 1, 1, 1] })).toMatchObject({ step: 5, cause: { kind: "erased", at: 3, gate: 0.2 } });
    expect(first({ input_gate: [0, 0, 0, 0, 0, 0] })).toMatchObject({ step: 5, cause: { kind: "unwritten", at: 1, gate: 0 } });
    const old = settle(puzzleOf("cell-of-1997"), {}); // all open: the 0,5 of step 2 and the last +1 should stay out
    const causes = judge(puzzleOf("cell-of-1997"), old).cases[0].problems.map((p) => [p.step, p.cause]);
    expect(causes.at(0)).toEqual([2, { kind: "extra-now", at: 2, weight: 0.5 }]);
    expect(causes.at(-1)).toEqual([6, { kind: "extra-now", at: 6, weight: 1 }]);
    expect(first({ forget_gate: Array(6).fill(1) }, puzzleOf("overwrite"))).toMatchObject({ step: 4, quantity: "cell", cause: { kind: "extra-old", at: 1, weight: 1 } });
  });
  it("blames the cell, not a gate that is right, when h is too loud", () => {
    const two = puzzleOf("two-bits");
    expect(first({ forget_gate: [1, 1, 1, 1, 1, 1] }, two)).toMatchObject({ step: 6, quantity: "hidden", cause: { kind: "extra-old", at: 1, weight: 1 } });
  });
  it("splits the cell into what each step weighs", () => {
    const puzzle = puzzleOf("overwrite"), gates = settle(puzzle, { forget_gate: [1, 0.5, 0.8, 0, 0.3, 1], input_gate: [1, 0.2, 0, 1, 0.4, 0.9] });
    for (const which of [0, 1]) {
      const trace = run(puzzle, gates, which);
      trace.cell.forEach((c, t) => expect(weights(trace, t).reduce((a, b) => a + b, 0)).toBeCloseTo(c, 12));
    }
  });
  it("says something for any gates, and solved exactly when nothing is wrong", () => {
    let seed = 1;
    const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
    for (let n = 0; n < 400; n++) {
      const puzzle = puzzles[n % puzzles.length], T = stepsOf(puzzle);
      const gates = settle(puzzle, Object.fromEntries(GATES.map((g) => [g, Array.from({ length: T }, () => Math.round(random() * 20) / 20)])));
      const verdict = judge(puzzle, gates);
      expect(verdict.solved).toBe(verdict.cases.every((c) => c.problems.length === 0));
      puzzle.cases.forEach((c, which) => {
        const trace = run(puzzle, gates, which), wrong = c.targets.filter((t) => !inside(trace[t.quantity][t.step - 1], t));
        expect(verdict.cases[which].problems.length).toBe(wrong.length);
        for (const p of verdict.cases[which].problems) for (const v of Object.values(p.cause)) expect(v === undefined || Number.isNaN(v)).toBe(false);
      });
    }
    expect(judge(cue, solved).solved).toBe(true);
  });
});
