// The reader's own network: a one-layer nn.LSTM as .safetensors or JSON, and a sequence of numbers. Read here, in
// the page; nothing is sent anywhere. Whatever is wrong becomes a FileProblem: a locale key and what to fill in.
import type { LSTMWeights } from "./lstm.ts";
import { FileProblem, parseSafetensors, type Tensor } from "./safetensors.ts";

export { FileProblem };
export const LIMITS = { bytes: 16_000_000, units: 256, inputs: 1024, steps: 1000 };

type Shaped = Pick<Tensor, "shape" | "data">;

/** Weights from the bytes of a file or of a trait. */
export function readWeights(source: ArrayBuffer | ArrayBufferView): LSTMWeights {
  if (source instanceof ArrayBuffer) return parseWeights(source);
  return parseWeights(source.buffer.slice(source.byteOffset, source.byteOffset + source.byteLength) as ArrayBuffer);
}

export function parseWeights(bytes: ArrayBuffer): LSTMWeights {
  if (bytes.byteLength === 0) throw new FileProblem("common.file-empty");
  if (bytes.byteLength > LIMITS.bytes) {
    throw new FileProblem("common.file-too-large", { size: Math.ceil(bytes.byteLength / 1e6), limit: LIMITS.bytes / 1e6 });
  }
  const head = new Uint8Array(bytes, 0, Math.min(64, bytes.byteLength)), view = new DataView(bytes);
  // A .safetensors file starts with the length of its header, whose first byte is "{"; any byte may stand before it.
  const length = bytes.byteLength > 9 ? Number(view.getBigUint64(0, true)) : Infinity;
  if (head[8] === 0x7b && length <= bytes.byteLength - 8) return fromTensors(parseSafetensors(view).tensors);
  // torch.save writes a zip (older versions a bare pickle): code could hide in it, so it is never opened.
  if ((head[0] === 0x50 && head[1] === 0x4b) || (head[0] === 0x80 && head[1] >= 2 && head[1] <= 5)) {
    throw new FileProblem("common.file-pickle");
  }
  if (/^\uFEFF?\s*[{[]/.test(new TextDecoder("utf-8", { ignoreBOM: true }).decode(head))) {
    return fromTensors(readJSON(new TextDecoder().decode(bytes)));
  }
  throw new FileProblem("common.file-not-safetensors");
}

/** Weights from named tensors: any common prefix ("rnn.", "encoder.lstm."), with or without the suffix _l0. */
export function fromTensors(tensors: Record<string, Shaped>): LSTMWeights {
  const names = Object.keys(tensors), some = (pattern: RegExp) => names.filter((name) => pattern.test(name));
  const found = some(/(^|\.)weight_ih(_l0)?$/);
  if (!found.length) {
    throw new FileProblem("common.file-no-lstm", { names: names.slice(0, 4).join(", ") + (names.length > 4 ? ", …" : "") || "—" });
  }
  if (found.length > 1) throw new FileProblem("common.file-several-networks", { names: found.slice(0, 4).join(", ") });
  const [, prefix, suffix] = /^(.*?)weight_ih(_l0)?$/.exec(found[0])!;
  const own = names.filter((name) => name.startsWith(prefix));
  const layers = own.map((name) => /weight_ih_l(\d+)$/.exec(name)).filter((m) => m !== null).map((m) => Number(m[1]) + 1);
  if (own.some((name) => name.endsWith("_reverse"))) throw new FileProblem("common.file-bidirectional");
  if (Math.max(1, ...layers) > 1) throw new FileProblem("common.file-several-layers", { layers: Math.max(...layers) });
  if (own.some((name) => /weight_hr_l\d+$/.test(name))) throw new FileProblem("common.file-projection");

  const name = (key: string) => prefix + key + (suffix ?? ""), ih = tensors[found[0]], hh = tensors[name("weight_hh")];
  if (!hh) throw new FileProblem("common.file-missing-tensor", { tensor: name("weight_hh") });
  if (ih.shape.length !== 2 || !ih.shape[1]) throw wrong(found[0], ih, "(4H, I)");
  if (hh.shape.length !== 2 || !hh.shape[1]) throw wrong(name("weight_hh"), hh, "(4H, H)");
  const [rows, H] = hh.shape, I = ih.shape[1];
  if (ih.shape[0] === 3 * H && rows === 3 * H) throw new FileProblem("common.file-gru", { units: H });
  if (ih.shape[0] === H && rows === H) throw new FileProblem("common.file-rnn", { units: H });
  if (rows !== 4 * H) throw wrong(name("weight_hh"), hh, `(${4 * H}, ${H})`);
  if (ih.shape[0] !== 4 * H) throw wrong(found[0], ih, `(${4 * H}, ${I})`);
  if (H > LIMITS.units) throw new FileProblem("common.file-too-many-units", { units: H, limit: LIMITS.units });
  if (I > LIMITS.inputs) throw new FileProblem("common.file-too-many-inputs", { inputs: I, limit: LIMITS.inputs });

  const biases = ["bias_ih", "bias_hh"].map((key) => {
    const bias = tensors[name(key)], other = tensors[name(key === "bias_ih" ? "bias_hh" : "bias_ih")];
    if (!bias && other) throw new FileProblem("common.file-missing-tensor", { tensor: name(key) });
    if (!bias) return new Float64Array(4 * H); // nn.LSTM(bias=False)
    if (bias.shape.length !== 1 || bias.shape[0] !== 4 * H) throw wrong(name(key), bias, `(${4 * H},)`);
    return bias.data;
  });
  for (const [key, tensor] of [[found[0], ih], [name("weight_hh"), hh]] as const) finite(key, tensor.data);
  biases.forEach((data, k) => finite(name(k ? "bias_hh" : "bias_ih"), data));
  return { input_size: I, hidden_size: H, weight_ih: ih.data, weight_hh: hh.data, bias_ih: biases[0], bias_hh: biases[1] };
}

const shapeText = (shape: number[]) => `(${shape.join(", ")}${shape.length === 1 ? "," : ""})`;
const wrong = (tensor: string, found: Shaped, expected: string) =>
  new FileProblem("common.file-wrong-shape", { tensor, shape: shapeText(found.shape), expected });

function finite(tensor: string, data: Float64Array): void {
  for (let k = 0; k < data.length; k++) if (!Number.isFinite(data[k])) throw new FileProblem("common.file-not-finite", { tensor, index: k });
}

function readJSON(text: string): Record<string, Shaped> {
  let parsed: unknown;
  try { parsed = JSON.parse(text.replace(/^\uFEFF/, "")); } catch { throw new FileProblem("common.file-bad-json"); }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) throw new FileProblem("common.file-bad-json");
  const out: Record<string, Shaped> = {};
  for (const [name, value] of Object.entries(parsed)) if (Array.isArray(value)) out[name] = fromNested(name, value);
  return out;
}

const MOST_AXES = 8; // lists in lists without end would fill the stack

function fromNested(name: string, value: unknown[]): Shaped {
  const shape: number[] = [];
  for (let level: unknown = value; Array.isArray(level); level = level[0]) shape.push(level.length);
  if (shape.length > MOST_AXES) throw new FileProblem("common.file-ragged", { tensor: name });
  const data = new Float64Array(shape.reduce((a, b) => a * b, 1));
  let at = 0;
  const fill = (part: unknown, depth: number): void => {
    if (depth === shape.length) {
      if (typeof part !== "number") throw new FileProblem("common.file-not-numbers", { tensor: name, value: String(part).slice(0, 20) });
      data[at++] = part;
    } else if (!Array.isArray(part) || part.length !== shape[depth]) throw new FileProblem("common.file-ragged", { tensor: name });
    else part.forEach((p) => fill(p, depth + 1));
  };
  fill(value, 0);
  return { shape, data };
}

/** A sequence as JSON ([[...], ...], or [...] for one input) or as lines of numbers; T × I numbers. */
export function parseSequence(text: string, input_size: number): { inputs: Float64Array; T: number } {
  const clean = text.replace(/^\uFEFF/, "").trim();
  if (!clean) throw new FileProblem("common.sequence-empty");
  const rows = clean.startsWith("[") ? jsonRows(clean) : textRows(clean, input_size);
  if (!rows.length) throw new FileProblem("common.sequence-empty");
  if (rows.length > LIMITS.steps) throw new FileProblem("common.sequence-too-long", { steps: rows.length, limit: LIMITS.steps });
  const inputs = new Float64Array(rows.length * input_size);
  rows.forEach((row, t) => {
    if (row.length !== input_size) throw new FileProblem("common.sequence-columns", { row: t + 1, found: row.length, expected: input_size });
    row.forEach((v, k) => {
      if (!Number.isFinite(v)) throw new FileProblem("common.sequence-not-numbers", { row: t + 1, column: k + 1 });
      inputs[t * input_size + k] = v;
    });
  });
  return { inputs, T: rows.length };
}

function jsonRows(text: string): number[][] {
  let parsed: unknown;
  try { parsed = JSON.parse(text); } catch { throw new FileProblem("common.sequence-bad-json"); }
  if (!Array.isArray(parsed)) throw new FileProblem("common.sequence-bad-json");
  return parsed.map((row) => (Array.isArray(row) ? row : [row]).map((v) => (typeof v === "number" ? v : NaN)));
}

/** Lines of numbers; separated by ; or tab, by commas, or by spaces. "0,5" is one number where that is what fits. */
function textRows(text: string, columns: number): number[][] {
  let lines = text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== "" && !line.startsWith("#"));
  const number = (part: string) => (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(part) ? Number(part) : NaN);
  const plain = (part: string) => part.trim().replace(/\u2212/g, "-");
  const split = (separator: RegExp, decimalComma: boolean) => lines.map((line) =>
    line.split(separator).map(plain).map((part) => number(decimalComma ? part.replace(",", ".") : part)));
  const ways = /[;\t]/.test(text) ? [split(/[;\t]/, true)] : [split(/\s*,\s*|\s+/, false), split(/\s+/, true)];
  if (lines.length > 1 && ways.every((rows) => rows[0].every(Number.isNaN))) { // a header line
    lines = lines.slice(1);
    return textRows(lines.join("\n"), columns);
  }
  return ways.find((rows) => rows.every((row) => row.length === columns && row.every((v) => !Number.isNaN(v)))) ?? ways[0];
}
