// A language model small enough to travel with the page: embedding → one recurrent layer (LSTM, GRU or RNN) → one linear
// layer over the vocabulary.
import { forwardGRU, type GRUTrace, type GRUWeights } from "./gru.ts";
import { forwardLSTM, type ForwardOptions, type LSTMTrace, type LSTMWeights } from "./lstm.ts";
import { forwardRNN, type RNNTrace, type RNNWeights } from "./rnn.ts";
import { FileProblem, parseSafetensors, type Tensor } from "./safetensors.ts";
import { tokenize } from "./tokenize.ts";

/** What the metadata of a language model's file says under "format", as lstm_lib.language_model writes it. */
export const FORMAT = "lstm_lib.language_model/1";

/** What a file may say under "cell", as lstm_lib.weights writes it. */
export type Cell = "lstm" | "gru" | "rnn_tanh" | "rnn_relu";
export type Network = LSTMWeights | GRUWeights | RNNWeights;
export type Trace = LSTMTrace | GRUTrace | RNNTrace;
/** All that is needed to predict a word; every trace has it. */
export type HiddenStates = Pick<Trace, "T" | "H" | "hidden">;

/** Blocks of H rows that the weights of a cell have. */
const BLOCKS: Record<Cell, number> = { lstm: 4, gru: 3, rnn_tanh: 1, rnn_relu: 1 };

export const isLSTMTrace = (trace: Trace): trace is LSTMTrace => "cell" in trace;
export const isGRUTrace = (trace: Trace): trace is GRUTrace => "update_gate" in trace;

export interface Reading {
  words: string[];
  unknown: string[];
  inputs: Float64Array; // T × E: the rows of the embedding that were fed
  trace: Trace;
  share_feminine: Float64Array; // T: mass of -a forms among -a and -o forms after each word
}

export class LanguageModel {
  private readonly index: Map<string, number>;
  private readonly unknownRow: Float64Array;
  private readonly genderRows: Int32Array; // feminine forms first
  private constructor(
    readonly cell: Cell, readonly network: Network, readonly embedding: Float64Array, readonly vocabulary: string[],
    readonly decoder_weight: Float64Array, readonly decoder_bias: Float64Array,
    readonly feminine: string[], readonly masculine: string[], readonly metadata: Record<string, string>,
    readonly parameter_count: number,
  ) {
    this.index = new Map(vocabulary.map((word, k) => [word, k]));
    const E = network.input_size, V = vocabulary.length, mean = new Float64Array(E);
    for (let v = 0; v < V; v++) for (let e = 0; e < E; e++) mean[e] += embedding[v * E + e] / V;
    this.unknownRow = mean;
    this.genderRows = Int32Array.from([...feminine, ...masculine], (word) => this.index.get(word) ?? -1);
  }

  get name(): string { return this.metadata["name"] ?? ""; }

  static fromSafetensors(view: DataView): LanguageModel {
    const { tensors, metadata } = parseSafetensors(view);
    const get = (name: string): Tensor => {
      const tensor = tensors[name];
      if (!tensor) throw new FileProblem("common.file-missing-tensor", { tensor: name });
      return tensor;
    };
    const cell = (metadata["cell"] ?? "lstm") as Cell;
    if (!Object.hasOwn(BLOCKS, cell)) throw new FileProblem("common.file-not-lstm", { cell });
    const weight_ih = get("rnn.weight_ih_l0"), weight_hh = get("rnn.weight_hh_l0"), [rows, H] = weight_hh.shape;
    if (rows !== BLOCKS[cell] * H || weight_ih.shape[0] !== rows) throw new FileProblem("common.file-wrong-shape", {
      tensor: "rnn.weight_hh_l0", shape: `(${weight_hh.shape.join(", ")})`, expected: `(${BLOCKS[cell] * H}, ${H})`,
    });
    const weights: LSTMWeights & GRUWeights = {
      input_size: weight_ih.shape[1], hidden_size: H, weight_ih: weight_ih.data,
      weight_hh: weight_hh.data, bias_ih: get("rnn.bias_ih_l0").data, bias_hh: get("rnn.bias_hh_l0").data,
    };
    const network: Network = cell === "rnn_tanh" || cell === "rnn_relu"
      ? { ...weights, nonlinearity: cell === "rnn_tanh" ? "tanh" : "relu" } : weights;
    const list = (key: string): string[] => {
      try { return JSON.parse(metadata[key] ?? "[]"); } catch { throw new FileProblem("common.file-not-safetensors"); }
    };
    const count = Object.values(tensors).reduce((n, tensor) => n + tensor.data.length, 0);
    return new LanguageModel(cell, network, get("embedding.weight").data, list("vocabulary"), get("decoder.weight").data,
      get("decoder.bias").data, list("feminine"), list("masculine"), metadata, count);
  }

  /** A model of the same words and sizes with other weights; nothing that the file says of its training is true of it. */
  withWeights({ network, embedding, decoder_weight, decoder_bias }: Pick<LanguageModel, "network" | "embedding" | "decoder_weight" | "decoder_bias">): LanguageModel {
    return new LanguageModel(this.cell, network, embedding, this.vocabulary, decoder_weight, decoder_bias, this.feminine, this.masculine, { name: this.name }, this.parameter_count);
  }

  /** The weights as those of an LSTM. Throws FileProblem for another cell: with only one kind an explorable can do its work. */
  get lstm(): LSTMWeights {
    if (this.cell !== "lstm") throw new FileProblem("common.file-not-lstm", { cell: this.cell });
    return this.network;
  }

  /** Rows of the embedding for the words (T × E); an unknown word gets the mean row. */
  embed(words: string[]): Float64Array {
    const E = this.network.input_size, inputs = new Float64Array(words.length * E);
    words.forEach((word, t) => {
      const row = this.index.get(word);
      inputs.set(row === undefined ? this.unknownRow : this.embedding.subarray(row * E, (row + 1) * E), t * E);
    });
    return inputs;
  }

  knows(word: string): boolean { return this.index.has(word); }

  /** Words that the vocabulary does not have, each once, in the order of the text. */
  unknown(words: string[]): string[] { return [...new Set(words.filter((word) => !this.knows(word)))]; }

  /** Run the network over inputs (T × E). The options act on an LSTM; of another cell they are refused. */
  forward(inputs: Float64Array, T: number, options: ForwardOptions = {}): Trace {
    if (this.cell === "lstm") return forwardLSTM(this.network, inputs, T, options);
    if (options.cell_factor || options.forget_bias_shift || options.c0) {
      throw new RangeError(`cell_factor, forget_bias_shift and c0 act on an LSTM; ${this.name} is a ${this.cell}`);
    }
    return this.cell === "gru" ? forwardGRU(this.network, inputs, T, options) : forwardRNN(this.network as RNNWeights, inputs, T, options);
  }

  /** Read a text or a list of words; unknown words are listed, not fatal. */
  read(text: string | string[], options: ForwardOptions = {}): Reading {
    const words = typeof text === "string" ? tokenize(text) : text;
    const inputs = this.embed(words), trace = this.forward(inputs, words.length, options);
    return { words, unknown: this.unknown(words), inputs, trace, share_feminine: this.shareFeminine(trace) };
  }

  /** Only the rows of the two lists are needed: the softmax's denominator cancels in the share. */
  shareFeminine(trace: HiddenStates): Float64Array {
    const { T, H, hidden } = trace, rows = this.genderRows, split = this.feminine.length, share = new Float64Array(T);
    const logits = new Float64Array(rows.length);
    for (let t = 0; t < T; t++) {
      let top = -Infinity;
      for (let r = 0; r < rows.length; r++) {
        if (rows[r] < 0) { logits[r] = -Infinity; continue; }
        let sum = this.decoder_bias[rows[r]];
        for (let u = 0, at = rows[r] * H; u < H; u++) sum += this.decoder_weight[at + u] * hidden[t * H + u];
        logits[r] = sum;
        if (sum > top) top = sum;
      }
      let feminine = 0, all = 0;
      for (let r = 0; r < rows.length; r++) {
        const mass = Math.exp(logits[r] - top);
        all += mass;
        if (r < split) feminine += mass;
      }
      share[t] = feminine / all;
    }
    return share;
  }

  /** Probability of every word of the vocabulary after step t (V). */
  probabilities(trace: HiddenStates, t: number): Float64Array {
    const H = trace.H, V = this.vocabulary.length, out = new Float64Array(V);
    let top = -Infinity, all = 0;
    for (let v = 0; v < V; v++) {
      let sum = this.decoder_bias[v];
      for (let u = 0; u < H; u++) sum += this.decoder_weight[v * H + u] * trace.hidden[t * H + u];
      out[v] = sum;
      if (sum > top) top = sum;
    }
    for (let v = 0; v < V; v++) all += out[v] = Math.exp(out[v] - top);
    for (let v = 0; v < V; v++) out[v] /= all;
    return out;
  }
}
