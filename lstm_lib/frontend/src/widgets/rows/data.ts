// What the networks read and answered, as recorded; and what can be asked of it.
import images from "../../../../results/examples/images.json";
import speech from "../../../../results/examples/speech.json";
import { NETWORKS, type Kind, type Network } from "./state.ts";

export interface Item {
  kind: Kind;
  label: number;
  /** Rows in the order in which they are read: shades 0 to 1, or standardised coefficients. */
  rows: number[][];
  /** After each row, the probability of each of the ten digits. */
  probability: Partial<Record<Network, number[][]>>;
}
interface Recorded { label: number; probability: Item["probability"] }
const drawings = (images as unknown as { drawings: (Recorded & { pixels: number[][] })[] }).drawings;
const recordings = (speech as unknown as { recordings: (Recorded & { frames: number[][] })[] }).recordings;

export const ITEMS: Record<Kind, Item[]> = {
  images: drawings.map(({ label, pixels, probability }) => ({ kind: "images", label, rows: pixels.map((row) => row.map((value) => value / 9)), probability })),
  speech: recordings.map(({ label, frames, probability }) => ({ kind: "speech", label, rows: frames, probability })),
};

/** Those that read it, in the order in which they are drawn. */
export const readers = (item: Item): Network[] => NETWORKS.filter((network) => item.probability[network]?.length);

/** The most probable digit; of equal ones the first. */
export const best = (shares: readonly number[]): number => shares.reduce((top, share, digit) => (share > shares[top] ? digit : top), 0);

export interface Answer { digit: number; share: number; right: boolean }

/** What a network answers after a row. */
export function answer(item: Item, network: Network, row: number): Answer {
  const shares = item.probability[network]![row], digit = best(shares);
  return { digit, share: shares[digit], right: digit === item.label };
}

/** The first row from which on the most probable digit is the last one's. */
export function settled(item: Item, network: Network): number {
  const answers = item.probability[network]!.map(best);
  let row = answers.length - 1;
  while (row > 0 && answers[row - 1] === answers[row]) row--;
  return row;
}

/** Column after column, as the map wants it. */
export function columns(rows: readonly (readonly number[])[]): Float64Array {
  const out = new Float64Array(rows.length * rows[0].length);
  rows.forEach((row, u) => row.forEach((value, t) => { out[t * rows.length + u] = value; }));
  return out;
}

/** Half-height of the coefficients' scale: three standard deviations; beyond it the colour stays. */
export const LIMIT = 3;
