/** State keys, the same as the Python traits. */
export const defaults = {
  question: {} as Record<string, unknown>,
  answer: null as number | string | number[] | null,
  verdict: "" as "" | "right" | "wrong",
  lang: "",
};
export type State = typeof defaults;
