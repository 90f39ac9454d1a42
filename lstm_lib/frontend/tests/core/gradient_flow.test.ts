import { describe, expect, it } from "vitest";
import { createFlow, flow, KINDS, networks, settings, verdictOf, type Exact, type Kind, type Settings } from "../../src/core/gradient_flow.ts";
import { pack, padded, product } from "../../src/core/dense.ts";
import { forwardGRU } from "../../src/core/gru.ts";
import { jacobian, largestSingularValue, spectralRadius, stateSize } from "../../src/core/jacobian.ts";
import { backwardLSTM, forwardLSTM } from "../../src/core/lstm.ts";
import { generator } from "../../src/core/random.ts";
import { backwardRNN, forwardRNN } from "../../src/core/rnn.ts";
import { inputs } from "../../src/core/flow_networks.ts";
import { expectClose, flat, read, weightsOf, type Case } from "./vectors.ts";

interface Found {
  hidden_size: number; weights: number[]; hidden: (number | null)[]; cell: (number | null)[] | null; factors: (number | null)[];
  theory: Record<string, (number | null)[]>; verdicts: Record<string, string>; exact: Exact | null; weight_norm: number | null; largest_factors: Record<string, number>;
}
const vectors = read<{
  random: { seed: number; stream: number; uniform: number[]; normal: number[]; after: number[] }[];
  cases: { settings: Partial<Settings>; at: number[]; networks: Record<Kind, Found> }[];
  jacobians: (Pick<Case, "weights" | "inputs"> & { kind: string; jacobians: number[][][] })[];
  matrices: { matrix: number[][]; spectral_radius: number; largest_singular_value: number }[];
}>("gradient_flow.json");

/** Numbers as good as equal: 1e-9 of themselves, or of 1. Null in Python's file is what no number can say. */
function near(found: ArrayLike<number>, at: number[], expected: (number | null)[], what: string): void {
  at.forEach((t, k) => {
    const wanted = expected[k];
    if (wanted === null) expect(Number.isFinite(found[t]), `${what} at ${t}`).toBe(false);
    else expect(Math.abs(found[t] - wanted), `${what} at ${t}: ${found[t]} for ${wanted}`).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(wanted)));
  });
}

describe("gradient flow", () => {
  const run = createFlow(); // one for all cases: what it keeps must not leak from one to the next
  it.each(vectors.cases)("is Python's: $settings", ({ settings: changes, at, networks: expected }) => {
    const s = settings(changes), made = networks(s);
    for (const kind of KINDS) {
      const f = run(kind, s), wanted = expected[kind], w = made[kind], H = w.hidden_size;
      expect(H).toBe(wanted.hidden_size);
      expectClose([w.weight_ih, w.weight_hh, w.bias_ih, w.bias_hh].flatMap((a) => [a[0], a[H - 1], a[a.length - 1]]), wanted.weights, `${kind} weights`);
      near(f.hidden, at, wanted.hidden, `${kind} hidden`);
      if (wanted.cell) near(f.cell!, at, wanted.cell, `${kind} cell`); else expect(f.cell).toBeNull();
      near(f.factors, at, wanted.factors, `${kind} factors`);
      expect(Object.keys(f.theory).sort()).toEqual(Object.keys(wanted.theory).sort());
      for (const [name, line] of Object.entries(wanted.theory)) near(f.theory[name], at, line, `${kind} ${name}`);
      expect(f.verdicts).toEqual(wanted.verdicts);
      near([f.weightNorm()], [0], [wanted.weight_norm], `${kind} weight norm`);
      for (const [t, largest] of Object.entries(wanted.largest_factors)) near([f.largestFactor(Number(t))], [0], [largest], `${kind} largest factor`);
      if (!wanted.exact) expect(f.exact).toBeNull();
      else {
        expect(f.exact!.says).toBe(wanted.exact.says);
        expect(f.exact!.product).toBeCloseTo(wanted.exact.product, 9);
      }
    }
  });
  it("does not depend on what was asked before", () => {
    const keep = createFlow();
    const asked: Partial<Settings>[] = [{}, { gain: 2 }, { steps: 90 }, { steps: 50 }, { window: 5 }, { forget_bias: 2 }, { activation: "relu" }, { steps: 200, seed: 3 },
      { seed: 3 }, { hidden_size: 6 }, { scheme: "chrono" }, { scheme: "chrono", steps: 60 }, { gain: 0 }, {}];
    for (const changes of asked) {
      for (const kind of KINDS) {
        const kept = keep(kind, settings(changes)), alone = flow(kind, settings(changes));
        expect([...kept.hidden], JSON.stringify(changes)).toEqual([...alone.hidden]);
        expect(kept.weightNorm()).toBe(alone.weightNorm());
      }
    }
  });
  it("gives the weight norm of its own settings when asked late", () => {
    const keep = createFlow(), early = keep("lstm", settings());
    keep("lstm", settings({ gain: 3, steps: 100 }));
    expect(early.weightNorm()).toBe(flow("lstm", settings()).weightNorm());
  });
  it("is what the plain backward passes give", () => {
    const s = settings({ steps: 12, hidden_size: 7 }), x = inputs(s), { rnn, lstm } = networks(s), last = (H: number) => new Float64Array(12 * H).fill(1, 11 * H);
    const norm = (v: Float64Array, H: number, t: number) => Math.log10(Math.hypot(...v.subarray(t * H, (t + 1) * H)));
    const r = backwardRNN(forwardRNN(rnn, x, 12), rnn, last(rnn.hidden_size)), l = backwardLSTM(forwardLSTM(lstm, x, 12), lstm, last(7));
    for (let t = 0; t < 12; t++) {
      expect(flow("rnn", s).hidden[t]).toBeCloseTo(norm(r.hidden, rnn.hidden_size, t), 11);
      expect(flow("lstm", s).hidden[t]).toBeCloseTo(norm(l.hidden, 7, t), 11);
      expect(flow("lstm", s).cell![t]).toBeCloseTo(norm(l.cell, 7, t), 11);
    }
    const all = Math.log10(Math.hypot(...Object.values(l.weights).flatMap((g: Float64Array) => [...g])));
    expect(flow("lstm", s).weightNorm()).toBeCloseTo(all, 11);
  });
  it("names what is left", () => {
    expect([1.5, 1, 0, -1, -1.01, -6, -6.01, -Infinity].map(verdictOf)).toEqual(["explodes", "explodes", "arrives", "arrives", "fades", "fades", "vanishes", "vanishes"]);
  });
});

describe("random numbers", () => {
  it.each(vectors.random)("are Python's: seed $seed, stream $stream", ({ seed, stream, uniform, normal, after }) => {
    const rng = generator(seed, stream);
    expectClose(rng.uniforms(-2, 3, 4), uniform, "uniform", 0);
    expectClose(rng.normals(3), normal, "normal", 1e-15);
    expect(rng.uniform()).toBe(after[0]);
  });
});

describe("one-step Jacobians", () => {
  it.each(vectors.jacobians)("are Python's: $kind", ({ kind, jacobians, ...c }) => {
    const w = weightsOf(c as Case), x = flat(c.inputs);
    const trace = kind === "lstm" ? forwardLSTM(w, x, 3) : kind === "gru" ? forwardGRU(w, x, 3) : forwardRNN({ ...w, nonlinearity: kind === "rnn" ? "tanh" : "relu" }, x, 3);
    const net = kind.startsWith("rnn") ? { ...w, nonlinearity: kind === "rnn" ? "tanh" as const : "relu" as const } : w;
    jacobians.forEach((wanted, t) => expectClose(jacobian(trace, net, t), wanted, `step ${t}`, 1e-14));
    expect(stateSize(trace)).toBe(kind === "lstm" ? 6 : 3);
    expect(() => jacobian(trace, net, 3)).toThrow("steps 0 to 2");
  });
  it.each(vectors.matrices)("measure $matrix", ({ matrix, spectral_radius, largest_singular_value }) => {
    const n = matrix.length;
    expect(largestSingularValue(flat(matrix), n, n)).toBeCloseTo(largest_singular_value, 10);
    // of a matrix all of whose powers but the first are zero Python's algorithm finds 1e-8 for zero
    const small = spectral_radius <= 1e-7 * largest_singular_value, radius = spectralRadius(flat(matrix), n);
    expect(small ? radius : radius / spectral_radius - 1).toBeCloseTo(0, 7);
    if (largest_singular_value) expect(largestSingularValue(flat(matrix), n, n) / largest_singular_value).toBeCloseTo(1, 11);
  });
  it("measures a matrix that is not square", () => {
    expect(largestSingularValue(Float64Array.of(3, 0, 0, 0, 4, 0), 2, 3)).toBeCloseTo(4, 12);
    expect(largestSingularValue(Float64Array.of(3, 0, 4, 0, 0, 0), 3, 2)).toBeCloseTo(5, 12);
  });
});

describe("packed products", () => {
  it.each([[1, 1], [8, 3], [9, 4], [20, 7]])("%i × %i, both ways", (rows, columns) => {
    const rng = generator(rows), m = rng.normals(rows * columns), v = rng.normals(columns + 2), u = rng.normals(rows + 2), start = rng.normals(40);
    for (const [packed, vector, count, entry] of [
      [pack(m, rows, columns, 3), v, rows, (r: number, c: number) => m[r * columns + c]],
      [pack(m, rows, columns, 3, true), u, columns, (r: number, c: number) => m[c * columns + r]],
    ] as const) {
      const out = new Float64Array(padded(count) + 5);
      product(packed, vector, 2, start, 1, out, 5);
      const wanted = Array.from({ length: count }, (_, r) => Array.from({ length: packed.columns }, (_, c) => 3 * entry(r, c) * vector[2 + c]).reduce((a, b) => a + b, start[1 + r]));
      expectClose(out.subarray(5, 5 + count), wanted, "product", 1e-12);
    }
  });
});
