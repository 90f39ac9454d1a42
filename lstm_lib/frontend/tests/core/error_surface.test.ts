import { describe, expect, it } from "vitest";
import { edge, errorAt, gradientAt, outcome, walk } from "../../src/core/error_surface.ts";
import { expectClose, read } from "./vectors.ts";

interface Vectors {
  points: { unit: [number, number, number]; place: [number, number]; gradient: number[] }[];
  walks: { start: [number, number]; learning_rate: number; max_norm: number; places: [number, number][]; errors: number[]; norms: number[]; lengths: number[]; factors: number[]; outcome: string }[];
  edges: [number, number, number][];
}
const vectors = read<Vectors>("error_surface.json");
const unitOf = ([steps, initial, target]: [number, number, number]) => ({ steps, initial, target });

describe("the error of one unit", () => {
  it("is Python's, and so is its gradient", () => {
    for (const { unit, place, gradient } of vectors.points) {
      const size = Math.max(1, ...gradient.map(Math.abs)), found = gradientAt(...place, unitOf(unit));
      expectClose(found.map((v) => v / size), gradient.map((v) => v / size), `${unit} at ${place}`, 1e-10);
      expect(errorAt(...place, unitOf(unit))).toBeCloseTo(gradient[0], 12);
    }
    for (const [w, h, b] of vectors.edges) expect(edge(w, h)).toBeCloseTo(b, 14);
  });
  it("is walked down as in Python, clipped or not", () => {
    for (const one of vectors.walks) {
      const walked = walk({ steps: 10, initial: 0.3, target: -0.5 }, one.start, one.lengths.length, one.learning_rate, one.max_norm);
      expectClose(walked.weights, one.places.map((p) => p[0]), "w", 1e-8);
      expectClose(walked.biases, one.places.map((p) => p[1]), "b", 1e-8);
      for (const key of ["errors", "norms", "lengths", "factors"] as const) expectClose(walked[key], one[key], key, 1e-8);
      expect(outcome(walked, one.lengths.length)).toBe(one.outcome);
    }
    expect(new Set(vectors.walks.map((one) => one.outcome)).size).toBeGreaterThan(1);
  });
});
