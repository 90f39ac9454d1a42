import { describe, expect, it } from "vitest";
import strings from "virtual:locale";
import { FileProblem, LIMITS, parseSequence, parseWeights } from "../../src/core/own_weights.ts";
import { parseSafetensors } from "../../src/core/safetensors.ts";
import { forwardLSTM } from "../../src/core/lstm.ts";
import { sourceOf } from "../../src/network/source.ts";

/** A .safetensors file of float32 tensors, as the format's description says. */
function safetensors(tensors: Record<string, { shape: number[]; data: number[] }>, metadata?: Record<string, string>): ArrayBuffer {
  const header: Record<string, unknown> = metadata ? { __metadata__: metadata } : {};
  let at = 0;
  for (const [name, t] of Object.entries(tensors)) {
    header[name] = { dtype: "F32", shape: t.shape, data_offsets: [at, at + 4 * t.data.length] };
    at += 4 * t.data.length;
  }
  const text = new TextEncoder().encode(JSON.stringify(header)), out = new ArrayBuffer(8 + text.length + at), view = new DataView(out);
  view.setBigUint64(0, BigInt(text.length), true);
  new Uint8Array(out).set(text, 8);
  let byte = 8 + text.length;
  for (const t of Object.values(tensors)) for (const v of t.data) { view.setFloat32(byte, v, true); byte += 4; }
  return out;
}

const block = (shape: number[], start = 0.1) => ({ shape, data: Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, k) => start + k / 64) });
const lstm = (H = 2, I = 3, prefix = "", gates = 4) => ({
  [`${prefix}weight_ih_l0`]: block([gates * H, I]), [`${prefix}weight_hh_l0`]: block([gates * H, H], -0.5),
  [`${prefix}bias_ih_l0`]: block([gates * H]), [`${prefix}bias_hh_l0`]: block([gates * H], 1),
});
const bytes = (text: string) => new TextEncoder().encode(text).buffer as ArrayBuffer;
const nested = (t: { shape: number[]; data: number[] }) => t.shape.length === 1 ? t.data
  : Array.from({ length: t.shape[0] }, (_, r) => t.data.slice(r * t.shape[1], (r + 1) * t.shape[1]));
const json = (tensors: Record<string, { shape: number[]; data: number[] }>) =>
  bytes(JSON.stringify(Object.fromEntries(Object.entries(tensors).map(([k, t]) => [k, nested(t)]))));

/** The problem that reading raises: its key exists in both languages and all its placeholders are filled. */
function problem(read: () => unknown): FileProblem {
  try { read(); } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
    for (const language of ["pt", "en"] as const) {
      const text = strings[language][error.key];
      expect(text, error.key).toBeTruthy();
      for (const [, name] of text.matchAll(/\{(\w+)\}/g)) expect(error.params, `${error.key}: ${name}`).toHaveProperty(name);
    }
    return error;
  }
  throw new Error("nothing was refused");
}

describe("own weights", () => {
  it("reads safetensors and JSON alike, with any prefix, with and without biases", () => {
    const plain = parseWeights(safetensors(lstm()));
    expect([plain.input_size, plain.hidden_size]).toEqual([3, 2]);
    expect(plain.weight_ih[1]).toBe(Math.fround(0.1 + 1 / 64));
    expect([...parseWeights(safetensors(lstm(2, 3, "encoder.lstm."))).weight_hh]).toEqual([...plain.weight_hh]);
    const fromJSON = parseWeights(json(lstm()));
    fromJSON.weight_hh.forEach((v, k) => expect(Math.fround(v)).toBe(plain.weight_hh[k]));
    const { weight_ih_l0, weight_hh_l0 } = lstm();
    expect([...parseWeights(safetensors({ weight_ih_l0, weight_hh_l0 })).bias_ih]).toEqual(Array(8).fill(0));
    expect(parseWeights(json({ weight_ih: weight_ih_l0, weight_hh: weight_hh_l0 })).hidden_size).toBe(2);
    expect(forwardLSTM(plain, new Float64Array(6), 2).hidden.every(Number.isFinite)).toBe(true);
  });
  it("keeps other tensors and metadata apart", () => {
    const file = parseSafetensors(new DataView(safetensors({ ...lstm(), "decoder.weight": block([5, 2]) }, { name: "x" })));
    expect(file.metadata).toEqual({ name: "x" });
    expect(file.tensors["decoder.weight"].shape).toEqual([5, 2]);
    expect(parseWeights(safetensors({ ...lstm(2, 3, "rnn."), "decoder.weight": block([5, 2]) })).input_size).toBe(3);
  });
  it("reads the LSTM in a model that has words of its own", () => {
    const file = safetensors({ ...lstm(2, 3, "lstm."), "embedding.weight": block([9, 3]), "decoder.weight": block([9, 2]) }, { format: "pt" });
    const source = sourceOf(new DataView(file));
    expect([source.lm, source.network.input_size, source.network.hidden_size]).toEqual([null, 3, 2]);
  });
  it("refuses a language model whose lists are damaged, and lists in lists without end", () => {
    const file = safetensors({ ...lstm(2, 3, "rnn."), "embedding.weight": block([2, 3]), "decoder.weight": block([2, 2]), "decoder.bias": block([2]) },
      { format: "lstm_lib.language_model/1", vocabulary: '["a", "b' });
    expect(problem(() => sourceOf(new DataView(file))).key).toBe("common.file-not-safetensors");
    expect(problem(() => parseWeights(bytes(`{"a": ${"[".repeat(5000)}${"]".repeat(5000)}}`))).key).toBe("common.file-ragged");
  });
  const whole = safetensors(lstm());
  const patched = (offset: number, value: number) => { const copy = whole.slice(0); new DataView(copy).setFloat32(copy.byteLength - offset, value, true); return copy; };
  it.each<[string, ArrayBuffer, string, Record<string, unknown>]>([
    ["an empty file", new ArrayBuffer(0), "empty", {}],
    ["a picture", bytes("\x89PNG\r\n\x1a\n and so on, many bytes"), "not-safetensors", {}],
    ["text", bytes("isto não é uma rede, é uma carta"), "not-safetensors", {}],
    ["a zip of torch.save", bytes("PK\x03\x04 archive/data.pkl"), "pickle", {}],
    ["a bare pickle", new Uint8Array([0x80, 2, 0x63, 0x5f, 1, 1, 1, 1, 1, 1, 1, 1]).buffer, "pickle", {}],
    ["a file cut short", whole.slice(0, whole.byteLength - 4), "truncated", { tensor: "bias_hh_l0" }],
    ["broken JSON", bytes('{"weight_ih_l0": [[1, 2'), "bad-json", {}],
    ["JSON with ragged rows", bytes('{"weight_ih_l0": [[1, 2], [3]]}'), "ragged", { tensor: "weight_ih_l0" }],
    ["JSON with words", bytes('{"weight_ih_l0": [["a"]]}'), "not-numbers", { value: "a" }],
    ["JSON with null", bytes('{"weight_ih_l0": [[null]]}'), "not-numbers", { value: "null" }],
    ["no LSTM in it", safetensors({ "fc.weight": block([2, 2]) }), "no-lstm", { names: "fc.weight" }],
    ["two networks", safetensors({ ...lstm(2, 3, "a."), ...lstm(2, 3, "b.") }), "several-networks", {}],
    ["two layers", safetensors({ ...lstm(), weight_ih_l1: block([8, 2]) }), "several-layers", { layers: 2 }],
    ["both directions", safetensors({ ...lstm(), weight_ih_l0_reverse: block([8, 3]) }), "bidirectional", {}],
    ["a projection", safetensors({ ...lstm(), weight_hr_l0: block([1, 2]) }), "projection", {}],
    ["a GRU", safetensors(lstm(2, 3, "", 3)), "gru", { units: 2 }],
    ["an RNN", safetensors(lstm(2, 3, "", 1)), "rnn", { units: 2 }],
    ["no recurrent weights", safetensors({ weight_ih_l0: block([8, 3]) }), "missing-tensor", { tensor: "weight_hh_l0" }],
    ["one bias of two", safetensors({ weight_ih_l0: block([8, 3]), weight_hh_l0: block([8, 2]), bias_ih_l0: block([8]) }), "missing-tensor", { tensor: "bias_hh_l0" }],
    ["rows that do not fit", safetensors({ weight_ih_l0: block([7, 3]), weight_hh_l0: block([8, 2]) }), "wrong-shape", { shape: "(7, 3)", expected: "(8, 3)" }],
    ["a short bias", safetensors({ ...lstm(), bias_hh_l0: block([3]) }), "wrong-shape", { shape: "(3,)", expected: "(8,)" }],
    ["a flat matrix", safetensors({ ...lstm(), weight_ih_l0: block([24]) }), "wrong-shape", { expected: "(4H, I)" }],
    ["NaN", patched(8, NaN), "not-finite", { tensor: "bias_hh_l0", index: 6 }],
    ["infinity", patched(4, Infinity), "not-finite", { index: 7 }],
    ["too many units", safetensors({ weight_ih_l0: block([4 * 300, 1]), weight_hh_l0: block([4 * 300, 300]) }), "too-many-units", { units: 300, limit: LIMITS.units }],
    ["too large", new ArrayBuffer(LIMITS.bytes + 1), "too-large", { limit: 16 }],
  ])("says what is wrong with %s", (_, file, key, params) => {
    const found = problem(() => parseWeights(file));
    expect(found.key).toBe(`common.file-${key}`);
    expect(found.params).toMatchObject(params);
  });
});

describe("own sequence", () => {
  it.each<[string, string, number, number[]]>([
    ["JSON rows", "[[1, 2], [3, 4.5]]", 2, [1, 2, 3, 4.5]],
    ["a flat JSON list for one input", "[0.5, -1]", 1, [0.5, -1]],
    ["CSV", "1,2\n3,4\n", 2, [1, 2, 3, 4]],
    ["CSV with a header and Windows lines", "a,b\r\n1,2\r\n", 2, [1, 2]],
    ["semicolons and decimal commas", "0,5;-1,25\n1;2", 2, [0.5, -1.25, 1, 2]],
    ["one number a line with decimal commas", "0,5\n\u22121,5", 1, [0.5, -1.5]],
    ["spaces", "1 2 3\n4 5e-1 6", 3, [1, 2, 3, 4, 0.5, 6]],
  ])("reads %s", (_, text, I, expected) => {
    const { inputs, T } = parseSequence(text, I);
    expect([...inputs]).toEqual(expected);
    expect(T).toBe(expected.length / I);
  });
  it.each<[string, string, number, string, Record<string, unknown>]>([
    ["nothing", "  \n ", 1, "empty", {}],
    ["broken JSON", "[[1, 2]", 2, "bad-json", {}],
    ["an empty list", "[]", 2, "empty", {}],
    ["a short row", "1,2\n3", 2, "columns", { row: 2, found: 1, expected: 2 }],
    ["a word", "1,2\n3,quatro", 2, "not-numbers", { row: 2, column: 2 }],
    ["null", "[[1, null]]", 2, "not-numbers", { row: 1, column: 2 }],
    ["too much", Array(1002).fill("1").join("\n"), 1, "too-long", { steps: 1002, limit: 1000 }],
  ])("says what is wrong with %s", (_, text, I, key, params) => {
    const found = problem(() => parseSequence(text, I));
    expect(found.key).toBe(`common.sequence-${key}`);
    expect(found.params).toMatchObject(params);
  });
});
