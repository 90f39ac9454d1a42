import { describe, expect, it } from "vitest";
import { isSpec, judgeAnswer, readNumber, type Spec } from "../../src/core/question.ts";
import { read } from "./vectors.ts";

interface Vectors {
  read_number: { written: string; percent: boolean; value: number | null }[];
  cases: { spec: Spec; answers: { answer: unknown; verdict: string; source: string; index?: number; say?: { pt: string; en: string } }[] }[];
}
const vectors = read<Vectors>("question.json");

describe("question card, on the vectors shared with lstm_lib.checks", () => {
  it.each(vectors.read_number)("reads $written", ({ written, percent, value }) => {
    expect(readNumber(written, percent)).toBe(value);
  });
  it.each(vectors.cases.map((c) => [c.spec.kind, c] as const))("judges %s", (_, { spec, answers }) => {
    expect(isSpec(spec)).toBe(true);
    for (const a of answers) {
      const found = judgeAnswer(spec, a.answer), what = JSON.stringify(a.answer);
      expect(found.verdict, what).toBe(a.verdict);
      expect(found.source, what).toEqual(a.source === "mistake" ? ["mistake", a.index] : a.source);
      if (a.say) expect(found.say, what).toEqual(a.say);
    }
  });
  it("knows what is no question", () => {
    for (const value of [null, {}, { kind: "code", prompt: {} }, { kind: "choice" }]) expect(isSpec(value)).toBe(false);
  });
});
