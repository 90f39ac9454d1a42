// State of "gradient through time": the same names and defaults as the traits of lstm_lib.widgets.GradientFlow.

export const NETWORKS = ["rnn", "gru", "lstm"] as const;
export type NetworkName = (typeof NETWORKS)[number];
export const ACTIVATIONS = ["tanh", "relu"] as const;
export const SCHEMES = ["torch", "orthogonal", "identity", "chrono"] as const;
export const OF = ["hidden", "cell"] as const;
export const MOST_STEPS = 400, MOST_GAIN = 4, MOST_BIAS = 5;

export interface FlowState {
  /** Length of the sequence. */
  steps: number;
  /** Multiplies the recurrent weights of every network. */
  gain: number;
  /** Of the RNN. */
  activation: (typeof ACTIVATIONS)[number];
  /** Of the LSTM's forget gate. */
  forget_bias: number;
  scheme: (typeof SCHEMES)[number];
  seed: number;
  /** The error goes back at most so many steps; 0 is all of them. */
  window: number;
  /** Largest norm of the gradient of the weights; 0 is no clipping. */
  clip: number;
  /** Lines that are drawn; none is all. */
  networks: NetworkName[];
  /** The network that is unrolled. */
  network: NetworkName;
  /** "cell" draws dL/dc of the LSTM, "hidden" dL/dh of all. */
  of: (typeof OF)[number];
  /** The time step that the error has come back to: from T (just arrived) to 1; 0 is all the way. */
  step: number;
  theory: boolean;
  playing: boolean;
  hide: string[];
  lang: string;
}

export const defaults: FlowState = {
  steps: 40, gain: 1, activation: "tanh", forget_bias: 1, scheme: "torch", seed: 0, window: 0, clip: 0,
  networks: [], network: "rnn", of: "cell", step: 0, theory: true, playing: false, hide: [], lang: "",
};
