// Invented runs, for the tests of what is computed from runs: never shown to a reader.
import type { Network, Results, Run } from "../../../src/widgets/horizon/data.ts";

const network = (key: string, cell: string): Network => ({ key, cell, forget_bias: null, learning_rate: 0.003, hidden_size: 16, core_parameters: 1664 });

/** One run: accuracy (of 100 sentences) in its window, then at distances 5, 30 and 200, then with 0 and 6 distractors. */
export function run(name: string, lag: number, seed: number, own: number, away: [number, number, number] = [own, own, own], more: Partial<Run> = {}): Run {
  return {
    experiment: lag ? "horizon" : "mixture", network: name, window: lag ? [lag, lag + 15] : [5, 40], seed, steps: own >= 99 ? 300 + 100 * seed : 2000, learned: own >= 99,
    window_right: own, right: { 5: away[0], 30: away[1], 200: away[2] }, right_by_distractors: { 0: own, 6: away[1] }, ...more,
  };
}

export function results(runs: Run[]): Results {
  return { settings: { test_sentences: 100, stop_at: 0.99, width: 15, distractors_at: 60 }, networks: [network("rnn", "rnn_tanh"), network("lstm-b3", "lstm"), network("gru", "gru")], runs };
}

/** RNN: learns at 5, oscillates once at 25, guesses at 45, learns on the mixture. LSTM: learns at 5 and 25, half-way at 45. GRU: no run. */
export const SAMPLE = results([
  run("rnn", 5, 0, 98), run("rnn", 5, 1, 97), run("rnn", 25, 1, 52), run("rnn", 25, 0, 100, [0, 100, 2]), run("rnn", 25, 2, 47), run("rnn", 45, 0, 51), run("rnn", 45, 1, 60),
  run("rnn", 0, 0, 98, [97, 98, 99]), run("rnn", 0, 1, 97, [97, 98, 98]),
  run("lstm-b3", 5, 0, 100), run("lstm-b3", 25, 0, 99), run("lstm-b3", 25, 1, 100, [95, 100, 100]), run("lstm-b3", 45, 0, 75), run("lstm-b3", 45, 1, 51),
  run("rnn", 10, 0, 0, [0, 0, 0], { experiment: "narrow", window: [10, 15] }),
]);
