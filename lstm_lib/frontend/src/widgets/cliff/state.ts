/** State keys, the same as the Python traits (lstm_lib/widgets/cliff.py says what each means). `hide` may name: title link
 * picture walk chart now dials see table. */
export const defaults = {
  weight: 2.1,
  bias: 0.1,
  steps: 10,
  initial: 0.3,
  target: -0.5,
  learning_rate: 0.3,
  max_norm: 1,
  moves: 40,
  move: 0,
  hide: [] as string[],
  lang: "",
};
export type State = typeof defaults;

/** What the picture shows of the landscape; lstm_lib/figures/cliff.py draws the same. */
export const PICTURE = { weight: [0.4, 2.8], bias: [-1.1, 0.7] } as const;
