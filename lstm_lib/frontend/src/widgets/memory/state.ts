/** State keys, the same as the Python traits (lstm_lib/widgets/memory.py says what each means). The sequence is `inputs`, else
 * what `text` says, else the preset. A layer's matrix is gain · R(angle) · [[1, skew], [0, 1]], unless `matrix` has its four
 * numbers; x_t enters along `direction` with length input_weight, unless `vector` has two. `follow` is the
 * step whose echo is followed, −1 the first that is not silent. `hide` may name: title link presets
 * weights drawing fold sequence map facts see table. */
export const defaults = {
  mode: "unit",
  weight: 0.9,
  input_weight: 1,
  bias: 0,
  gain: 0.9,
  angle: 30,
  skew: 0,
  direction: 0,
  matrix: [] as number[],
  vector: [] as number[],
  biases: [] as number[],
  preset: "impulse",
  text: "",
  inputs: [] as number[],
  steps: 16,
  step: 0,
  follow: -1,
  unfolded: false,
  hide: [] as string[],
  lang: "",
};
export type State = typeof defaults;
