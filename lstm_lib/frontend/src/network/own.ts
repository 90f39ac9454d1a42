// The reader's own network becomes state like any other: its bytes as safetensors, its sequence as rows of numbers.
// All of it happens in the page; no link carries it.
import type { LSTMWeights } from "../core/lstm.ts";

/** A one-layer nn.LSTM as the bytes of a safetensors file (float64), which Python reads too. */
export function encodeNetwork(network: LSTMWeights): DataView {
  const { input_size: I, hidden_size: H } = network;
  const parts: [string, number[], Float64Array][] = [
    ["weight_ih_l0", [4 * H, I], network.weight_ih], ["weight_hh_l0", [4 * H, H], network.weight_hh],
    ["bias_ih_l0", [4 * H], network.bias_ih], ["bias_hh_l0", [4 * H], network.bias_hh],
  ];
  const header: Record<string, object> = {};
  let size = 0;
  for (const [name, shape, data] of parts) header[name] = { dtype: "F64", shape, data_offsets: [size, size += data.length * 8] };
  const json = JSON.stringify(header), text = new TextEncoder().encode(json.padEnd(Math.ceil(json.length / 8) * 8));
  const view = new DataView(new ArrayBuffer(8 + text.length + size)), bytes = new Uint8Array(view.buffer);
  view.setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  let at = 8 + text.length;
  for (const [, , data] of parts) for (const value of data) { view.setFloat64(at, value, true); at += 8; }
  return view;
}

/** Numbers for a network that came without a sequence: about normal, always the same ones. */
export function exampleSequence(size: number, steps = 20): number[][] {
  let seed = 20;
  const uniform = () => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  const normal = () => Math.round((uniform() + uniform() + uniform() + uniform() - 2) * Math.sqrt(3) * 100) / 100;
  return Array.from({ length: steps }, () => Array.from({ length: size }, normal));
}

/** A flat T × I matrix as rows. */
export function rowsOf(inputs: Float64Array, T: number): number[][] {
  const size = T ? inputs.length / T : 0;
  return Array.from({ length: T }, (_, t) => [...inputs.subarray(t * size, (t + 1) * size)]);
}
