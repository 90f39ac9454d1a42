import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { LanguageModel } from "../../src/core/language_model.ts";
import { tokenize } from "../../src/core/tokenize.ts";
import { cellFactor } from "../../src/core/lstm.ts";
import { expectClose, read } from "./vectors.ts";

describe("tokenize", () => {
  it.each(read<{ text: string; words: string[]; why: string }[]>("tokenize.json"))("equals Python: $why", ({ text, words }) => {
    expect(tokenize(text)).toEqual(words);
    expect(tokenize(words.join(" "))).toEqual(words);
  });
});

interface Reading {
  text: string; action: "none" | "off" | "flip"; action_unit: number; action_step: number; forget_bias_shift: number;
  words: string[]; unknown: string[]; share_feminine: number[]; cell: Record<string, number[]>; forget_gate: Record<string, number[]>;
}

const load = (name: string) => {
  const bytes = readFileSync(join(process.cwd(), `../pretrained/agreement/${name}.safetensors`));
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
};

describe("the shipped network", () => {
  const model = LanguageModel.fromSafetensors(load("lstm")), H = model.network.hidden_size;
  it.each(read<{ cases: Reading[] }>("reading.json").cases)("reads as Python does: $text $action $forget_bias_shift", (c) => {
    const T = tokenize(c.text).length;
    const reading = model.read(c.text, {
      cell_factor: c.action === "none" ? null : cellFactor(T, H, c.action_unit, c.action, c.action_step), forget_bias_shift: c.forget_bias_shift,
    });
    expect(reading.words).toEqual(c.words);
    expect(reading.unknown).toEqual(c.unknown);
    expectClose(reading.share_feminine, c.share_feminine, "share of the feminine forms");
    for (const quantity of ["cell", "forget_gate"] as const) for (const [unit, values] of Object.entries(c[quantity])) {
      expectClose(values.map((_, t) => reading.trace[quantity][t * H + Number(unit)]), values, `${quantity} of unit ${unit}`);
    }
  });
  it("counts itself, and its share agrees with its own softmax", () => {
    expect(model.vocabulary.length * model.network.input_size).toBe(model.embedding.length);
    expect(model.parameter_count).toBeLessThanOrEqual(20_000);
    const reading = model.read("a menina estava muito"), p = model.probabilities(reading.trace, 3);
    const mass = (words: string[]) => words.reduce((s, w) => s + p[model.vocabulary.indexOf(w)], 0);
    expect(p.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
    expect(mass(model.feminine) / (mass(model.feminine) + mass(model.masculine))).toBeCloseTo(reading.share_feminine[3], 12);
    expect(model.read("").share_feminine.length).toBe(0);
  });
  it("is told from the RNN by its file", () => {
    expect(() => LanguageModel.fromSafetensors(load("rnn"))).toThrow(/common\.file-not-lstm/);
  });
});
