import { describe, expect, it } from "vitest";
import { backwardLSTM, cellFactor, forwardLSTM, horizon } from "../../src/core/lstm.ts";
import { backwardRNN, forwardRNN } from "../../src/core/rnn.ts";
import { backwardGRU, forwardGRU } from "../../src/core/gru.ts";
import { explainTerms, type Gate } from "../../src/core/explain.ts";
import { expectClose, expectTree, flat, read, weightsOf, type Case } from "./vectors.ts";

const lstm = read<{ cases: Case[]; cell_factors: { T: number; H: number; unit: number; action: "off"; step: number; factor: number[][] }[] }>("lstm.json");

describe("LSTM", () => {
  it.each(lstm.cases)("equals Python and torch: $name", (c) => {
    const w = weightsOf(c), trace = forwardLSTM(w, flat(c.inputs), c.inputs.length, {
      h0: flat(c.h0), c0: flat(c.c0), cell_factor: c.cell_factor ? flat(c.cell_factor) : null, forget_bias_shift: c.forget_bias_shift,
    });
    expectTree(trace, c.trace, "trace");
    const gradients = backwardLSTM(trace, w, flat(c.d_hidden), flat(c.d_cell));
    expectTree(gradients, c.gradients, "gradients");
    for (const part of ["hidden", "cell"] as const) {
      const sum = new Float64Array(gradients[part].length);
      for (const path of Object.values(gradients.paths[part])) path.forEach((v, k) => { sum[k] += v; });
      expectClose(sum, [...gradients[part]], `paths of ${part} add up`);
    }
    for (const h of c.horizons!) expect(horizon(trace, h.unit, h.step, h.threshold), JSON.stringify(h)).toBe(h.steps);
    for (const { quantity, step, unit, terms } of c.terms) {
      const found = explainTerms(trace, w, quantity as Gate, step, unit);
      expect(found.map((f) => [f.kind, f.index])).toEqual(terms.map((f) => [f.kind, f.index]));
      for (const key of ["weight", "value", "product"] as const) {
        expectClose(found.map((f) => f[key]), terms.map((f) => f[key]), `terms of ${quantity}: ${key}`);
      }
      const sum = found.reduce((a, f) => a + f.product, 0), value = trace[quantity as Gate][step * trace.H + unit];
      expectClose([quantity === "candidate" ? Math.tanh(sum) : 1 / (1 + Math.exp(-sum))], [value], `${quantity} from its terms`);
    }
  });
  it("makes the same cell factors", () => {
    for (const f of lstm.cell_factors) expectClose(cellFactor(f.T, f.H, f.unit, f.action, f.step), f.factor, f.action, 0);
    expect(() => cellFactor(3, 2, 2, "off")).toThrow(/units 0 to 1/);
  });
  it("refuses arrays of the wrong size", () => {
    const w = weightsOf(lstm.cases[0]);
    expect(() => forwardLSTM(w, new Float64Array(3), 2)).toThrow(/2 × 2 expected/);
    expect(() => forwardLSTM(w, new Float64Array(4), 2, { cell_factor: new Float64Array(1) })).toThrow(/cell_factor/);
  });
  it("agrees with central differences at H = 4, T = 12", () => {
    let seed = 3;
    const random = (n: number) => Float64Array.from({ length: n }, () => ((seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648) * 2 - 1);
    const w = { input_size: 2, hidden_size: 4, weight_ih: random(32), weight_hh: random(64), bias_ih: random(16), bias_hh: random(16) };
    const x = random(24), d = random(48), loss = () => forwardLSTM(w, x, 12).hidden.reduce((a, h, k) => a + h * d[k], 0);
    const gradient = backwardLSTM(forwardLSTM(w, x, 12), w, d).weights.weight_hh;
    for (const k of [0, 17, 38, 63]) {
      const kept = w.weight_hh[k], e = 1e-6;
      w.weight_hh[k] = kept + e; const up = loss();
      w.weight_hh[k] = kept - e; const down = loss();
      w.weight_hh[k] = kept;
      expect(Math.abs((up - down) / (2 * e) - gradient[k])).toBeLessThan(1e-8);
    }
  });
});

describe("RNN", () => {
  it.each(read<{ cases: Case[] }>("rnn.json").cases)("equals Python and torch: $name", (c) => {
    const w = { ...weightsOf(c), nonlinearity: c.cell === "rnn_relu" ? "relu" as const : "tanh" as const };
    const trace = forwardRNN(w, flat(c.inputs), c.inputs.length, { h0: flat(c.h0) });
    expectTree(trace, c.trace, "trace");
    expectTree(backwardRNN(trace, w, flat(c.d_hidden)), c.gradients, "gradients");
  });
});

describe("GRU", () => {
  it.each(read<{ cases: Case[] }>("gru.json").cases)("equals Python and torch: $name", (c) => {
    const w = weightsOf(c), trace = forwardGRU(w, flat(c.inputs), c.inputs.length, { h0: flat(c.h0) });
    expectTree(trace, c.trace, "trace");
    expectTree(backwardGRU(trace, w, flat(c.d_hidden)), c.gradients, "gradients");
  });
});
