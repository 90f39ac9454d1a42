// The rule in TypeScript says of every case what Python says.
import { describe, expect, it } from "vitest";
import { governor, place } from "../../src/sentences/rule.ts";
import { read } from "../core/vectors.ts";

describe("the place of the adjective and its noun", () => {
  it.each(read<{ why: string; words: string[] }[]>("place.json"))("equals Python: $why", ({ why: _, words, ...expected }) => {
    expect(place(words)).toEqual(expected);
  });
  it("agrees with the rule for sentences of known words", () => {
    const words = "a menina disse que quando o joão estava".split(" ");
    expect(governor(words, 7)).toBe(6);
    expect(governor("a menina disse que quando o joão viajou estava".split(" "), 8)).toBe(1);
    expect(governor(["estava"], 0)).toBeNull();
  });
});
