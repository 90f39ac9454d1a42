import { describe, expect, it } from "vitest";
import { GATES, judge, puzzles, run, settle, stepsOf } from "../../src/core/puzzles.ts";
import { translate, type Language } from "../../src/host/locale.ts";
import { formatNumber, formatPercent } from "../../src/ui/format.ts";
import { plain } from "../../src/ui/Rich.tsx";
import { problemText, seeText } from "../../src/widgets/gates-by-hand/words.ts";

const words = (language: Language) => ({
  t: (key: string, params?: Record<string, string | number>) => translate(language, key, params),
  num: (v: number, o?: { digits?: number; sign?: boolean }) => formatNumber(v, language, o),
  percent: (v: number) => formatPercent(v, language),
});

describe("words of gates by hand", () => {
  it("leave no placeholder and no missing key, whatever the gates and the cause", () => {
    let seed = 11;
    const pick = () => [0, 1, 1, 0.5, 0][Math.floor(((seed = (seed * 48271) % 2147483647) / 2147483647) * 5)], kinds = new Set<string>();
    for (let n = 0; n < 300; n++) {
      const puzzle = puzzles[n % puzzles.length], T = stepsOf(puzzle);
      const gates = settle(puzzle, Object.fromEntries(GATES.map((g) => [g, Array.from({ length: T }, pick)])));
      for (const language of ["pt", "en"] as const) {
        const said = judge(puzzle, gates).cases.flatMap((c) => c.problems).map((p) => { kinds.add(p.cause.kind); return problemText(words(language), p); });
        for (let k = 0; k < T; k++) said.push(seeText(words(language), run(puzzle, gates, 0), k));
        for (const text of said.map(plain)) {
          expect(text).not.toMatch(/[{}*]|undefined|NaN|gates-by-hand|common\./);
          expect(text).toMatch(language === "pt" ? /passo \d/ : /step \d/);
          if (language === "pt") expect(text).not.toMatch(/\d\.\d/); else expect(text).not.toMatch(/\d,\d/);
        }
      }
    }
    expect([...kinds].sort()).toEqual(["erased", "extra-now", "extra-old", "out-closed", "out-early", "out-late", "unwritten"]);
  });
});
