// Read a .safetensors file: 8 bytes of header length, a JSON header, then the tensors. Never runs anything from it.

export interface Tensor { shape: number[]; data: Float64Array; dtype: string }
export interface SafeTensors { tensors: Record<string, Tensor>; metadata: Record<string, string> }

/** A message for the reader: a locale key and what to fill in. */
export class FileProblem extends Error {
  constructor(readonly key: string, readonly params: Record<string, string | number> = {}) {
    super(key + " " + JSON.stringify(params));
  }
}

const SIZE: Record<string, number> = { F64: 8, F32: 4, F16: 2, BF16: 2 };
/** Whole numbers, which are weights only to those who know their scale. */
const WHOLE: Record<string, number> = { I8: 1 };

function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1, exponent = (bits >> 10) & 31, fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

const scratch = new DataView(new ArrayBuffer(4));
function brain(bits: number): number {
  scratch.setUint32(0, bits << 16);
  return scratch.getFloat32(0);
}

/** Parse the file's bytes; tensors become float64, those of whole numbers only if asked for. Throws FileProblem with a key of locale/common.json. */
export function parseSafetensors(view: DataView, whole = false): SafeTensors {
  if (view.byteLength < 10) throw new FileProblem("common.file-not-safetensors");
  const length = Number(view.getBigUint64(0, true));
  if (!(length > 1 && length <= view.byteLength - 8)) throw new FileProblem("common.file-not-safetensors");
  let header: Record<string, unknown>;
  try {
    const bytes = new Uint8Array(view.buffer, view.byteOffset + 8, length);
    header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new FileProblem("common.file-not-safetensors");
  }
  if (typeof header !== "object" || header === null || Array.isArray(header)) throw new FileProblem("common.file-not-safetensors");
  const metadata = (header["__metadata__"] ?? {}) as Record<string, string>, tensors: Record<string, Tensor> = {};
  for (const [name, entry] of Object.entries(header)) {
    if (name === "__metadata__") continue;
    const { dtype, shape, data_offsets: offsets } = (entry ?? {}) as { dtype: string; shape: number[]; data_offsets: number[] };
    if (!Array.isArray(shape) || !Array.isArray(offsets) || offsets.length !== 2) throw new FileProblem("common.file-not-safetensors");
    const size = SIZE[dtype] ?? (whole ? WHOLE[dtype] : undefined), count = shape.reduce((a, b) => a * b, 1), start = 8 + length + offsets[0];
    if (!size) continue; // integers and the like: not weights
    if (!Number.isSafeInteger(count) || count < 0 || offsets[1] - offsets[0] !== count * size || offsets[0] < 0
      || start + count * size > view.byteLength) throw new FileProblem("common.file-truncated", { tensor: name });
    const data = new Float64Array(count);
    for (let k = 0; k < count; k++) {
      const at = start + k * size;
      data[k] = dtype === "F64" ? view.getFloat64(at, true) : dtype === "F32" ? view.getFloat32(at, true) : dtype === "I8" ? view.getInt8(at)
        : dtype === "F16" ? half(view.getUint16(at, true)) : brain(view.getUint16(at, true));
    }
    tensors[name] = { shape, data, dtype };
  }
  return { tensors, metadata };
}
