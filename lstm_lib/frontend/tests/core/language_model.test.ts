import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { LanguageModel, isGRUTrace, isLSTMTrace } from "../../src/core/language_model.ts";
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
  model: string; words: string[]; unknown: string[]; share_feminine: number[]; states: Record<string, Record<string, number[]>>;
}

const load = (name: string) => {
  const bytes = readFileSync(join(process.cwd(), `../pretrained/agreement/${name}.safetensors`));
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
};

const cases = read<{ cases: Reading[] }>("reading.json").cases, models = new Map<string, LanguageModel>();
for (const { model } of cases) models.set(model, LanguageModel.fromSafetensors(load(model.split("/")[1])));

describe("the shipped networks", () => {
  it.each(cases)("read as Python does: $model $text $action $forget_bias_shift", (c) => {
    const model = models.get(c.model)!, H = model.network.hidden_size, T = tokenize(c.text).length;
    const reading = model.read(c.text, {
      cell_factor: c.action === "none" ? null : cellFactor(T, H, c.action_unit, c.action, c.action_step), forget_bias_shift: c.forget_bias_shift,
    });
    expect(reading.words).toEqual(c.words);
    expect(reading.unknown).toEqual(c.unknown);
    expectClose(reading.share_feminine, c.share_feminine, "share of the feminine forms");
    for (const [quantity, units] of Object.entries(c.states)) for (const [unit, values] of Object.entries(units)) {
      const rows = (reading.trace as unknown as Record<string, Float64Array>)[quantity];
      expectClose(values.map((_, t) => rows[t * H + Number(unit)]), values, `${quantity} of unit ${unit}`);
    }
  });
  it("are of three kinds, and each says which", () => {
    expect(new Set([...models.values()].map((model) => model.cell))).toEqual(new Set(["lstm", "gru", "rnn_tanh"]));
    for (const model of models.values()) {
      const { trace } = model.read("a menina estava");
      expect([isLSTMTrace(trace), isGRUTrace(trace)]).toEqual([model.cell === "lstm", model.cell === "gru"]);
      expect(trace.hidden.length).toBe(3 * model.network.hidden_size);
    }
  });
  it("are as large as each other, within 2 %", () => {
    const core = ({ network: n }: LanguageModel) => n.weight_ih.length + n.weight_hh.length + n.bias_ih.length + n.bias_hh.length;
    const lstm = core(models.get("agreement/lstm")!);
    for (const model of models.values()) expect(Math.abs(core(model) / lstm - 1)).toBeLessThan(0.02);
  });
  it("count themselves, and their share agrees with their own softmax", () => {
    const model = models.get("agreement/lstm")!;
    expect(model.vocabulary.length * model.network.input_size).toBe(model.embedding.length);
    expect(model.parameter_count).toBeLessThanOrEqual(20_000);
    const reading = model.read("a menina estava muito"), p = model.probabilities(reading.trace, 3);
    const mass = (words: string[]) => words.reduce((s, w) => s + p[model.vocabulary.indexOf(w)], 0);
    expect(p.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
    expect(mass(model.feminine) / (mass(model.feminine) + mass(model.masculine))).toBeCloseTo(reading.share_feminine[3], 12);
    expect(model.read("").share_feminine.length).toBe(0);
  });
  it("lend their weights to an explorable of LSTMs, if they are one, and refuse an intervention they do not know", () => {
    expect(models.get("agreement/lstm")!.lstm.hidden_size).toBe(32);
    for (const name of ["agreement/rnn", "agreement/gru"]) {
      const other = models.get(name)!;
      expect(() => other.lstm).toThrow(/common\.file-not-lstm/);
      expect(() => other.read("a menina", { forget_bias_shift: 1 })).toThrow(RangeError);
    }
  });
  it("are refused when the file names a cell that there is not, or one that its weights are not", () => {
    const bytes = (from: string, to: string) => {
      const view = load("gru"), text = new TextDecoder("latin1").decode(view), at = text.indexOf(from);
      const copy = new Uint8Array(view.byteLength);
      copy.set(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
      copy.set(new TextEncoder().encode(to), at);
      return new DataView(copy.buffer);
    };
    expect(() => LanguageModel.fromSafetensors(bytes('"cell":"gru"', '"cell":"mgu"'))).toThrow(/common\.file-not-lstm.*mgu/);
    expect(() => LanguageModel.fromSafetensors(bytes('"cell":"gru"', '"hell":"gru"'))).toThrow(/common\.file-wrong-shape/);
  });
});
