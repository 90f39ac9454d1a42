// Networks that put the accents back on a Portuguese word, as lstm_lib/accents.py has them: an embedding of the bare letters, an
// LSTM for each direction, and a softmax over the marks that a letter can bear. Weights are whole numbers with a scale for each row.
import { forwardLSTM, multiply, type LSTMWeights } from "./lstm.ts";
import { FileProblem, parseSafetensors } from "./safetensors.ts";

export const FORMAT = "lstm_lib.accents/1";
/** More letters of a word are not read; Python refuses them. */
export const MOST_LETTERS = 24;

export interface Reading {
  bare: string;
  probabilities: Float64Array; // T × marks, 0 for a mark that the letter cannot bear
  chosen: number[]; // T: the likeliest mark
  word: string;
}

/** How letters are written: form "ç" → its bare letter and its mark; what Python writes into the file. */
export class Script {
  private readonly of = new Map<string, [string, number]>();
  constructor(readonly letters: string, readonly marks: readonly string[], private readonly forms: Record<string, string>) {
    for (const letter of letters) [...(forms[letter] ?? letter)].forEach((form, mark) => { if (form !== " ") this.of.set(form, [letter, mark]); });
  }

  /** The bare letter and the mark of a written one; undefined for what no Portuguese word is written with. */
  parts(form: string): [string, number] | undefined { return this.of.get(form); }

  /** The letter with a mark; undefined if it cannot bear that mark. */
  write(letter: string, mark: number): string | undefined {
    const form = [...(this.forms[letter] ?? letter)][mark];
    return form === " " ? undefined : form;
  }

  bare(word: string): string { return [...word].map((form) => this.of.get(form)?.[0] ?? "").join(""); }
  marksOf(word: string): number[] { return [...word].flatMap((form) => { const found = this.of.get(form); return found ? [found[1]] : []; }); }
  restore(bare: string, chosen: readonly number[]): string { return [...bare].map((letter, k) => this.write(letter, chosen[k]) ?? letter).join(""); }
}

export interface Cleaned { letters: string; unknown: string[]; rest: boolean; cut: boolean }

/** What is read of a text: its first word, in small letters, without what is no letter of Portuguese, and not too long. */
export function clean(text: string, script: Script): Cleaned {
  const [first = "", ...others] = text.normalize("NFC").toLowerCase().trim().split(/\s+/), forms = [...first];
  const known = forms.filter((form) => script.parts(form)), unknown = [...new Set(forms.filter((form) => !script.parts(form)))];
  return { letters: known.slice(0, MOST_LETTERS).join(""), unknown, rest: others.length > 0, cut: known.length > MOST_LETTERS };
}

export class AccentNetwork {
  private constructor(
    readonly name: string, readonly script: Script, private readonly embedding: Float64Array, private readonly layers: readonly LSTMWeights[],
    private readonly decoder_weight: Float64Array, private readonly decoder_bias: Float64Array, readonly metadata: Record<string, string>,
  ) {}

  get both(): boolean { return this.layers.length > 1; }

  /** Shares of the test words that it gets wholly right, as measured when the file was made: all words, and those with an accent. */
  get scores(): { words: number; accented: number } { return JSON.parse(this.metadata["scores"] ?? "{}"); }

  static fromSafetensors(view: DataView): AccentNetwork {
    const { tensors, metadata } = parseSafetensors(view, true);
    if (metadata["format"] !== FORMAT) throw new FileProblem("common.file-not-safetensors");
    const get = (name: string): { rows: number; columns: number; data: Float64Array } => {
      const tensor = tensors[name], scale = tensors[`${name}.scale`];
      if (!tensor) throw new FileProblem("common.file-missing-tensor", { tensor: name });
      const [rows, columns = 1] = tensor.shape;
      return { rows, columns, data: scale ? tensor.data.map((value, k) => value * scale.data[Math.floor(k / columns)]) : tensor.data };
    };
    const layers = ["", "_reverse"].filter((suffix) => `rnn.bias_l0${suffix}` in tensors).map((suffix): LSTMWeights => {
      const input = get(`rnn.weight_ih_l0${suffix}`), hidden = get(`rnn.weight_hh_l0${suffix}`), bias = get(`rnn.bias_l0${suffix}`).data;
      return { input_size: input.columns, hidden_size: hidden.columns, weight_ih: input.data, weight_hh: hidden.data, bias_ih: bias, bias_hh: new Float64Array(bias.length) };
    });
    const script = new Script(metadata["letters"], JSON.parse(metadata["marks"]), JSON.parse(metadata["forms"]));
    return new AccentNetwork(metadata["name"], script, get("embedding.weight").data, layers, get("decoder.weight").data, get("decoder.bias").data, metadata);
  }

  /** Read bare letters, all of them known to the script. */
  read(bare: string): Reading {
    const { script, layers } = this, letters = [...bare], T = letters.length, E = layers[0].input_size, M = script.marks.length;
    const inputs = new Float64Array(T * E), turned = new Float64Array(T * E);
    letters.forEach((letter, t) => {
      const row = script.letters.indexOf(letter);
      if (row < 0) throw new RangeError(`${letter} is no bare letter`);
      inputs.set(this.embedding.subarray(row * E, (row + 1) * E), t * E);
      turned.set(this.embedding.subarray(row * E, (row + 1) * E), (T - 1 - t) * E);
    });
    const hidden = layers.map((layer, k) => forwardLSTM(layer, k ? turned : inputs, T)), width = layers.reduce((sum, layer) => sum + layer.hidden_size, 0);
    const probabilities = new Float64Array(T * M), chosen: number[] = [], state = new Float64Array(width), scores = new Float64Array(M);
    for (let t = 0; t < T; t++) {
      hidden.forEach(({ H, hidden: states }, k) => { const at = (k ? T - 1 - t : t) * H; state.set(states.subarray(at, at + H), k * layers[0].hidden_size); });
      multiply(this.decoder_weight, M, width, state, 0, this.decoder_bias, scores);
      const able = scores.map((score, mark) => (script.write(letters[t], mark) === undefined ? -Infinity : score));
      const top = Math.max(...able), shares = able.map((score) => Math.exp(score - top)), all = shares.reduce((sum, share) => sum + share, 0);
      probabilities.set(shares.map((share) => share / all), t * M);
      chosen.push(able.indexOf(top));
    }
    return { bare, probabilities, chosen, word: script.restore(bare, chosen) };
  }
}
