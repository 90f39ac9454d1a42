import { describe, expect, it } from "vitest";
import { formatInteger, formatNumber, formatPercent } from "../../src/ui/format.ts";

describe("numbers", () => {
  it("writes as each language does", () => {
    expect(formatNumber(-3.5449, "pt", { sign: true })).toBe("\u22123,54");
    expect(formatNumber(0.94, "pt", { sign: true })).toBe("+0,94");
    expect(formatNumber(0.94, "en")).toBe("0.94");
    expect(formatPercent(0.711, "pt")).toBe("71\u00a0%");
    expect(formatPercent(0.711, "en")).toBe("71%");
    expect(formatInteger(17278, "pt")).toBe("17\u00a0278");
    expect(formatInteger(1234567, "en")).toBe("1,234,567");
  });
  it("gives zero no sign and rounds ties to even, as Python does", () => {
    expect(formatNumber(-0.001, "pt", { sign: true })).toBe("0,00");
    expect(formatNumber(0.125, "en")).toBe("0.12");
    expect(formatNumber(0.375, "en")).toBe("0.38");
    expect(formatNumber(2.5, "en", { digits: 0 })).toBe("2");
    expect(formatNumber(1.005, "en")).toBe("1.00");
    expect(formatNumber(NaN, "en")).toBe("?");
  });
});
