import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { LanguageModel } from "../../src/core/language_model.ts";
import { tokenize } from "../../src/core/tokenize.ts";
import { cellFactor } from "../../src/core/lstm.ts";
import { read } from "./vectors.ts";

describe("tokenize", () => {
  it("lower-cases, composes and strips", () => {
    expect(tokenize("A menina disse: “não foi”, e despediu-se… 2 vezes!")).toEqual(
      ["a", "menina", "disse", "não", "foi", "e", "despediu-se", "2", "vezes"]);
    expect(tokenize("Joa\u0303o d'água -se- a\u00adb")).toEqual(["joão", "d'água", "se", "ab"]);
    expect(tokenize(" ,.;")).toEqual([]);
  });
  const file = "tokenize.json";
  it.runIf(existsSync(join(process.cwd(), "../../tests/vectors", file)))("equals Python on the shared vectors", () => {
    const raw = read<unknown>(file) as { cases?: { text: string; words: string[] }[] } | { text: string; words: string[] }[];
    const cases = Array.isArray(raw) ? raw : raw.cases!;
    expect(cases.length).toBeGreaterThan(3);
    for (const c of cases) expect(tokenize(c.text), c.text).toEqual(c.words);
  });
});

const path = join(process.cwd(), "../pretrained/agreement/lstm.safetensors");
describe.runIf(existsSync(path))("the shipped network", () => {
  const bytes = readFileSync(path), model = LanguageModel.fromSafetensors(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  it("knows its words and reads the book's sentence", () => {
    expect(model.vocabulary.length * model.network.input_size).toBe(model.embedding.length);
    expect(model.feminine.length).toBe(model.masculine.length);
    const text = (subject: string) => `${subject} disse que não foi se despedir porque quando o joão viajou estava muito`;
    const girl = model.read(text("a menina")), boy = model.read(text("o menino"));
    expect(girl.unknown).toEqual([]);
    expect(girl.share_feminine.at(-1)!).toBeGreaterThan(0.9);
    expect(boy.share_feminine.at(-1)!).toBeLessThan(0.1);
  });
  it("agrees with its own softmax, lists unknown words and obeys a cell factor", () => {
    const reading = model.read("a menina xyzzy estava"), { trace } = reading;
    expect(reading.unknown).toEqual([{ position: 2, word: "xyzzy" }]);
    const p = model.probabilities(trace, 3), mass = (words: string[]) => words.reduce((s, w) => s + p[model.vocabulary.indexOf(w)], 0);
    expect(p.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
    expect(mass(model.feminine) / (mass(model.feminine) + mass(model.masculine))).toBeCloseTo(reading.share_feminine[3], 12);
    const off = model.read(reading.words, { cell_factor: cellFactor(4, trace.H, 5, "off") });
    expect(Math.abs(off.trace.cell[5])).toBe(0);
    expect(model.read("").share_feminine.length).toBe(0);
  });
});
