// The vectors that the Python core wrote and torch confirmed (tests/vectors/make.py).
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";

export const read = <T,>(name: string): T =>
  JSON.parse(readFileSync(join(process.cwd(), "../../tests/vectors", name), "utf8")) as T;

/** Nested lists → one row-major array. */
export const flat = (list: unknown): Float64Array => Float64Array.from((list as number[]).flat(Infinity as 1) as number[]);

/** Largest absolute difference; fails at once on another length or a NaN. */
export function expectClose(found: ArrayLike<number>, expected: unknown, what: string, tolerance = 1e-12): void {
  const wanted = flat(expected);
  expect(found.length, `${what}: length`).toBe(wanted.length);
  let gap = 0;
  for (let k = 0; k < wanted.length; k++) gap = Math.max(gap, Math.abs(found[k] - wanted[k]) || (found[k] === wanted[k] ? 0 : Infinity));
  expect(gap, what).toBeLessThanOrEqual(tolerance);
}

type Tree = Record<string, unknown>;
/** Every leaf of `expected` against the leaf of the same name in `found`. */
export function expectTree(found: unknown, expected: unknown, what: string): void {
  if (Array.isArray(expected)) { expectClose(found as Float64Array, expected, what); return; }
  expect(Object.keys(found as Tree).sort(), what).toEqual(expect.arrayContaining(Object.keys(expected as Tree).sort()));
  for (const [key, part] of Object.entries(expected as Tree)) expectTree((found as Tree)[key], part, `${what} / ${key}`);
}

export interface Case {
  name: string; cell: string;
  weights: Record<"weight_ih" | "weight_hh" | "bias_ih" | "bias_hh", number[] | number[][]>;
  inputs: number[][]; h0: number[]; d_hidden: number[][];
  c0?: number[]; d_cell?: number[][]; cell_factor?: number[][] | null; forget_bias_shift?: number;
  trace: Record<string, number[][]>; gradients: Tree;
  terms: { quantity: string; step: number; unit: number; terms: { kind: string; index: number; weight: number; value: number; product: number }[] }[];
  horizons?: { unit: number; step: number; threshold: number; steps: number }[];
}

export const weightsOf = (c: Case) => ({
  input_size: (c.weights.weight_ih[0] as number[]).length, hidden_size: (c.weights.weight_hh[0] as number[]).length,
  weight_ih: flat(c.weights.weight_ih), weight_hh: flat(c.weights.weight_hh),
  bias_ih: flat(c.weights.bias_ih), bias_hh: flat(c.weights.bias_hh),
});
