/** State keys, the same as the Python traits. Empty gates: all open. `hide` may name: title link puzzles task cases cell
 * how panel verdict see table. */
export const defaults = {
  puzzle: "first-bit",
  forget_gate: [] as number[],
  input_gate: [] as number[],
  output_gate: [] as number[],
  step: 0,
  solved: [] as string[],
  hide: [] as string[],
  lang: "",
};
export type State = typeof defaults;
