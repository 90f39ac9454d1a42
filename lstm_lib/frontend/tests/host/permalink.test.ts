import { describe, expect, it } from "vitest";
import { buildHash, formatValue, parseHash, parseValue, readLink } from "../../src/host/permalink.ts";

const defaults = { step: 0, sentence: "", hide: [] as string[], forget_gate: [] as number[], autoplay: false, weights: null };

describe("permalink", () => {
  it("reads values by the kind of their default", () => {
    expect(readLink("#gates?step=11&sentence=a+menina+%C3%A9&hide=maps,see&forget_gate=0,0.5,1&autoplay=true", "gates", defaults))
      .toEqual({ step: 11, sentence: "a menina é", hide: ["maps", "see"], forget_gate: [0, 0.5, 1], autoplay: true });
  });
  it("leaves out what it does not know or cannot read", () => {
    expect(readLink("#gates?step=abc&nothing=1&weights=x&autoplay=maybe", "gates", defaults)).toEqual({});
    expect(readLink("#other?step=1", "gates", defaults)).toBeNull();
    expect(readLink("#gates", "gates", defaults)).toBeNull();
    expect(parseHash("#%E0?x=1")).toBeNull();
    expect(parseValue("", 0)).toBeUndefined();
    expect(parseValue("Infinity", 0)).toBeUndefined();
  });
  it("leaves out a value that its key cannot have", () => {
    const all = { ...defaults, quantity: "cell", lang: "", verdict: "" }, choices = { quantity: ["cell", "hidden"], lang: ["", "pt", "en"] };
    expect(readLink("#g?quantity=x&lang=xx&step=2&verdict=right", "g", all, choices)).toEqual({ step: 2 });
    expect(readLink("#g?quantity=hidden&lang=en", "g", all, choices)).toEqual({ quantity: "hidden", lang: "en" });
  });
  it("comes back from what it builds", () => {
    const values = { step: 3, sentence: "o menino & a joão, 50%", hide: ["a b"], forget_gate: [0, 0.25] };
    expect(readLink(buildHash("w", values), "w", defaults)).toEqual(values);
    expect(formatValue([[1, 2], [3, 4]])).toBe("[[1,2],[3,4]]");
  });
});
