import { describe, expect, it } from "vitest";
import { course, echo, eigenvalues, fixedPoints, halfLife, recurrentMatrix, regime, singular, spectralRadius, type Matrix } from "../../src/core/dynamics.ts";
import { preset, presets, readSignal } from "../../src/core/signals.ts";
import { expectClose, flat, read, weightsOf, type Case } from "./vectors.ts";

interface Dynamics {
  units: { weight: number; bias: number; regime: string; points: [number, number, boolean][] }[];
  held: { weight: number; bias: number; input: number; points: number[] }[];
  matrices: { gain: number; angle: number; skew: number; matrix: number[]; spectral_radius: number; largest_singular_value: number }[];
  echoes: { weights: Case["weights"]; inputs: number[]; step: number; echo: number[]; half_life: number | null; course: string }[];
}
const dynamics = read<Dynamics>("dynamics.json");

describe("dynamics of a unit", () => {
  it("finds Python's fixed points and names", () => {
    for (const u of dynamics.units) {
      const found = fixedPoints(u.weight, u.bias), name = `w = ${u.weight}, b = ${u.bias}`;
      expectClose(found.map((p) => p.value), u.points.map((p) => p[0]), name);
      expectClose(found.map((p) => p.slope), u.points.map((p) => p[1]), `${name}: slopes`, 1e-10);
      expect(found.map((p) => p.stable), name).toEqual(u.points.map((p) => p[2]));
      expect(regime(u.weight, u.bias), name).toBe(u.regime);
    }
    for (const h of dynamics.held) expectClose(fixedPoints(h.weight, h.bias, h.input).map((p) => p.value), h.points, `input ${h.input}`);
  });
  it("hears Python's echoes and reads the same from them", () => {
    for (const e of dynamics.echoes) {
      const net = { ...weightsOf(e as unknown as Case), nonlinearity: "tanh" as const };
      const found = echo(net, flat(e.inputs), e.inputs.length, e.step);
      expectClose(found, e.echo, "echo");
      expect([halfLife(found), course(found)]).toEqual([e.half_life, e.course]);
    }
    expect([halfLife([0, 0]), course([0, 0]), halfLife([1, 0.4, 0.6, 0.4, 0.3])]).toEqual([null, "silent", 3]);
  });
  it("has Python's matrices, and directions that they stretch as much as it says", () => {
    for (const m of dynamics.matrices) {
      const matrix = recurrentMatrix(m.gain, m.angle, m.skew), [a, b, c, d] = matrix, { largest, smallest, from, to } = singular(matrix);
      expectClose([...matrix], m.matrix, "matrix");
      expect(spectralRadius(matrix)).toBeCloseTo(m.spectral_radius, 7); // a double eigenvalue is only known to half the digits
      expect(largest).toBeCloseTo(m.largest_singular_value, 12);
      expect(largest * smallest).toBeCloseTo(Math.abs(a * d - b * c), 12);
      expectClose([a * from[0] + b * from[1], c * from[0] + d * from[1]], [largest * to[0], largest * to[1]], "direction", 1e-9);
      const [[re, im]] = eigenvalues(matrix);
      // the characteristic polynomial is zero there
      expect(re * re - im * im - (a + d) * re + a * d - b * c).toBeCloseTo(0, 9);
      expect(2 * re * im - (a + d) * im).toBeCloseTo(0, 9);
    }
    const anything: Matrix = [0.3, -1.2, 0.8, -0.5];
    expect(eigenvalues(anything)[0][0] + eigenvalues(anything)[1][0]).toBeCloseTo(-0.2, 12);
  });
});

interface Signals { texts: { text: string; values?: number[]; words?: string[]; error?: string }[]; presets: { name: string; steps: number; values: number[] }[] }

describe("signals", () => {
  it("reads every text as Python does", () => {
    for (const { text, values, words, error } of read<Signals>("signals.json").texts) {
      const found = readSignal(text);
      if (found.kind === "numbers" || found.kind === "words") {
        expect(error, text).toBeUndefined();
        expect([found.values, found.words], text).toEqual([values, words]);
        expect(found.kind, text).toBe(words!.length ? "words" : "numbers");
      } else if (found.kind === "mixed") expect(error, text).toContain(`'${found.piece}'`);
      else if (found.kind === "large") expect(error, text).toContain(`has ${found.value};`);
      else expect(error, text).toMatch(/was empty|neither numbers nor words/);
    }
  });
  it("makes the same ready-made sequences", () => {
    const made = read<Signals>("signals.json").presets;
    for (const { name, steps, values } of made) expect(preset(name, steps), `${name}, ${steps}`).toEqual(values);
    expect(new Set(made.map((m) => m.name))).toEqual(new Set(presets));
  });
});
