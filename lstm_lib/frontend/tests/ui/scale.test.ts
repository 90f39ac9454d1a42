import { describe, expect, it } from "vitest";
import { needed, thinPath } from "../../src/ui/scale.ts";

describe("a drawing's points", () => {
  const xs = Array.from({ length: 400 }, (_, k) => 1.7 * k), wave = xs.map((x) => 50 + 40 * Math.sin(x / 30)), jagged = xs.map((_, k) => (k % 2 ? 3 : 0));
  it("are fewer, and no line is further from any point than it may be", () => {
    const kept = needed(xs, [wave, xs.map((x) => 6 * 0.97 ** x)]);
    expect([kept[0], kept[kept.length - 1], kept.length < 120]).toEqual([0, 399, true]);
    for (const ys of [wave, xs.map((x) => 6 * 0.97 ** x)]) {
      for (let n = 1; n < kept.length; n++) for (let a = kept[n - 1], b = kept[n], k = a; k <= b; k++) {
        expect(Math.abs(ys[a] + ((ys[b] - ys[a]) * (k - a)) / (b - a) - ys[k])).toBeLessThanOrEqual(0.2 + 1e-9);
      }
    }
  });
  it("stay where each counts", () => {
    expect(needed(xs, [jagged])).toHaveLength(400);
    expect(needed(xs, [xs])).toEqual([0, 399]);
    expect(needed([5], [[1]])).toEqual([0]);
    expect(thinPath(xs, xs, 398)).toBe("M676.6,676.6L678.3,678.3");
  });
});
