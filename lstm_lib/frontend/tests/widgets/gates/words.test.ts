// Verdicts, the computed sentence, the printed sum: what the explorable says must follow from the numbers.
import { describe, expect, it } from "vitest";
import { forwardLSTM, sigmoid, cellFactor } from "../../../src/core/lstm.ts";
import { translate, type Language } from "../../../src/host/locale.ts";
import { formatNumber, formatPercent } from "../../../src/ui/format.ts";
import { inputs, network } from "./sample.ts";
import { seeSentence, type Words } from "../../../src/network/sentence.ts";
import { roundedParts, sumOf } from "../../../src/network/terms.ts";
import { cellLimit, differences, rank } from "../../../src/widgets/gates/units.ts";
import { roundUp } from "../../../src/ui/scale.ts";
import { expectation, shareDigits } from "../../../src/sentences/forms.ts";
import { THRESHOLDS, updateAt, verdictOf, type Update } from "../../../src/network/verdicts.ts";

const words = (language: Language): Words => ({
  t: (key, params) => translate(language, key, params),
  num: (value, options) => formatNumber(value, language, options),
  percent: (share, digits) => formatPercent(share, language, digits),
});

/** An update as the cell makes it: c = k (f·before + written). */
const made = (before: number, forget: number, written: number, factor = 1): Update =>
  ({ before, forget, kept: forget * before, written, factor, after: factor * (forget * before + written) });

describe("verdicts", () => {
  it.each([
    [made(-3.5, 1, 0.1), "kept"], [made(-3.5, 1, 0.58), "weakened"], [made(2, 1, 0.9), "strengthened"],
    [made(2, 0.02, 0.05), "erased"], [made(2, 0.3, 1.4), "overwritten"], [made(2, 0.9, -2.5), "sign"],
    [made(0, 0.5, 0.7), "written"], [made(0.01, 0.5, 0.01), "empty"], [made(2, 1, 0.3, 0), "off"], [made(2, 1, 0.3, -1), "inverted"],
  ] as const)("%o is %s", (update, verdict) => expect(verdictOf(update)).toBe(verdict));

  it("changes exactly at the thresholds", () => {
    const at = (left: number) => verdictOf({ before: 1, forget: 1, kept: 1, written: left - 1, factor: 1, after: left });
    expect(at(THRESHOLDS.kept)).toBe("kept");
    expect(at(THRESHOLDS.kept - 1e-6)).toBe("weakened");
    expect(at(THRESHOLDS.erased)).toBe("erased");
    expect(at(THRESHOLDS.erased + 1e-6)).toBe("weakened");
    expect(at(1 / THRESHOLDS.kept)).toBe("kept");
    expect(at(1 / THRESHOLDS.kept + 1e-6)).toBe("strengthened");
  });

  it("expects a form only when the share is clearly on it, and never prints 0 or 100 for what is neither", () => {
    expect([0.6, 0.59, 0.41, 0.4].map(expectation)).toEqual(["feminine", "undecided", "undecided", "masculine"]);
    expect([0.5, 0.996, 0.002, 1, 0, 0.99999].map(shareDigits)).toEqual([0, 1, 1, 0, 0, 0]);
  });
});

describe("what you see", () => {
  it("says in both languages what the numbers are", () => {
    const seen = { word: "joão", step: 11, unit: 24, update: made(-3.54, 1, 0.58), share: 0.71, likely: true, shareBefore: null };
    expect(seeSentence(seen, words("pt"))).toBe("depois de “joão”, a unidade 24 vale **−2,96**: enfraqueceu. O gate de esquecimento deixou " +
      "**100\u00a0%** de **−3,54**, e “joão” somou **+0,58**. Entre as formas em *\u2011a* e *\u2011o*, **71\u00a0%** da probabilidade está em *\u2011a*: a rede espera *\u2011a*.");
    expect(seeSentence(seen, words("en"))).toContain("unit 24 is at **−2.96**: it weakened. The forget gate let **100%** of **−3.54** through");
  });

  it("does not say what the network expects where it expects no adjective", () => {
    const text = seeSentence({ word: "foi", step: 5, unit: 27, update: made(-2.8, 1, 0), share: 0.07, likely: false, shareBefore: null }, words("pt"));
    expect(text).toContain("não espera adjetivo");
    expect(text).not.toContain("a rede espera");
  });

  it("names the intervention and what there was without it", () => {
    const off = { word: "muito", step: 3, unit: 1, update: made(0, 1, 0.25, 0), share: 0.44, likely: true, shareBefore: 0.996 };
    expect(seeSentence(off, words("pt"))).toContain("você a desligou. Chegariam **+0,25**");
    expect(seeSentence(off, words("pt"))).toContain("a rede está indecisa. Sem a intervenção seriam **99,6\u00a0%**.");
  });

  it("speaks of steps, and of no share, for a sequence of numbers", () => {
    const text = seeSentence({ word: "", step: 4, unit: 0, update: made(1, 0.95, 0), share: null, likely: true, shareBefore: null }, words("pt"));
    expect(text).toContain("depois do passo 5, a unidade 0 vale **+0,95**");
    expect(text).not.toContain("probabilidade");
  });

  it.each(["pt", "en"] as const)("has every text it can ask for (%s)", (language) => {
    for (const update of [made(-3, 1, 0), made(2, 1, 0.3, 0), made(2, 1, 0.3, -1), made(0, 1, 1)]) for (const share of [0.1, 0.5, 0.9]) for (const word of ["x", ""]) {
      for (const step of [0, 2]) expect(seeSentence({ word, step, unit: 0, update, share, likely: step > 0, shareBefore: 0.2 }, words(language))).not.toMatch(/gates\.|\{/);
    }
  });
});

describe("the sum behind a gate", () => {
  const w = network(), trace = forwardLSTM(w, inputs(6), 6, { forget_bias_shift: 0.7 });

  it("adds up to the pre-activation exactly, folded or not, and its squashed value is the gate", () => {
    for (const most of [0, 3, 100]) {
      const sum = sumOf(trace, w, "forget_gate", 4, 2, most);
      const all = sum.shown.reduce((s, term) => s + term.product, 0) + sum.folded.sum;
      expect(Math.abs(all - sum.total)).toBeLessThan(1e-12);
      expect(Math.abs(sigmoid(sum.total) - sum.value)).toBeLessThan(1e-12);
      expect(sum.shown.length + sum.folded.count).toBe(3 + 5 + 2); // inputs, units, the two biases as one, the shift
      expect(Math.abs(sum.groups.reduce((s, group) => s + group.sum, 0) - sum.total)).toBeLessThan(1e-12);
    }
    const candidate = sumOf(trace, w, "candidate", 4, 2);
    expect(Math.abs(Math.tanh(candidate.total) - candidate.value)).toBeLessThan(1e-12);
  });

  it("shows the largest first", () => {
    const sizes = sumOf(trace, w, "output_gate", 3, 0).shown.map((term) => Math.abs(term.product));
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
  });

  it("prints parts that add up to the printed total", () => {
    const parts = [0.1114, 0.2224, 0.3334, -0.0004], total = parts.reduce((a, b) => a + b, 0), printed = roundedParts(parts, total, 3);
    expect(printed.reduce((a, b) => a + Math.round(b * 1000), 0)).toBe(Math.round(total * 1000));
    expect(printed.slice(0, 3)).toEqual([0.111, 0.222, 0.333]);
  });
});

describe("units", () => {
  it("rounds the end of a scale up to a number that can be printed", () => {
    expect([0.2, 1, 1.01, 1.3, 3.2, 7, 8.5, 11.8, 14.2, 0, NaN].map(roundUp)).toEqual([0.2, 1, 1.2, 1.5, 4, 8, 10, 12, 15, 1, 1]);
  });

  it("covers every trace on the scale of c, and never ends below 1", () => {
    const w = network(), a = forwardLSTM(w, inputs(9), 9), top = Math.max(...a.cell.map(Math.abs));
    expect(cellLimit(a, null)).toBeGreaterThanOrEqual(top);
    expect(cellLimit(null)).toBe(1);
  });

  it("ranks the units by how much c differs, over the steps both have", () => {
    const w = network(), a = forwardLSTM(w, inputs(9), 9), b = forwardLSTM(w, inputs(6, 3, 4), 6), difference = differences(a, b);
    const by_hand = [0, 1, 2, 3, 4].map((u) => [0, 1, 2, 3, 4, 5].reduce((s, t) => s + Math.abs(a.cell[t * 5 + u] - b.cell[t * 5 + u]), 0) / 6);
    by_hand.forEach((value, u) => expect(difference[u]).toBeCloseTo(value, 12));
    const { order, opposite } = rank(a, b);
    expect([...order].sort()).toEqual([0, 1, 2, 3, 4]);
    expect(order.map((u) => by_hand[u])).toEqual([...by_hand].sort((x, y) => y - x));
    expect(opposite).toEqual([0, 1, 2, 3, 4].filter((u) => [0, 1, 2, 3, 4, 5].every((t) => a.cell[t * 5 + u] * b.cell[t * 5 + u] < 0)));
  });

  it("finds units of opposite sign from the first difference on, and none between equal runs", () => {
    const w = network(), a = forwardLSTM(w, inputs(9), 9), b = forwardLSTM(w, inputs(9), 9, { cell_factor: cellFactor(9, 5, 3, "flip", 8) });
    expect(rank(a, b).opposite).toEqual([3]);
    expect(rank(a, a).opposite).toEqual([]);
  });

  it("gives an update whose parts make the state, with the intervention's factor", () => {
    const w = network(), x = inputs(7), trace = forwardLSTM(w, x, 7, { cell_factor: cellFactor(7, 5, 2, "flip", 3) });
    for (let t = 0; t < 7; t++) for (let u = 0; u < 5; u++) {
      const p = updateAt(trace, t, u);
      expect(Math.abs(p.factor * (p.kept + p.written) - p.after)).toBeLessThan(1e-15);
      expect(p.factor).toBe(t === 3 && u === 2 ? -1 : 1);
      expect(Math.abs(p.output * p.squashed - p.hidden)).toBeLessThan(1e-15);
    }
  });
});
