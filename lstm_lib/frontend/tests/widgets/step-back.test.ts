// Step through, the way back: in a shipped network the shares of every path add up at every step and unit, and so do the
// numbers of the equations and what is printed of them.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { LanguageModel } from "../../src/core/language_model.ts";
import { backwardLSTM, forwardLSTM } from "../../src/core/lstm.ts";
import { tokenize } from "../../src/core/tokenize.ts";
import { alongTheCell, backNumbers, contributions, preactivationGradients, printedShares, runningSums, scaleOf, scaled, smallText, PATHS } from "../../src/widgets/step-through/backward/numbers.ts";
import { waterfall } from "../../src/widgets/step-through/backward/Splits.tsx";
import { lossOf } from "../../src/widgets/step-through/loss.ts";
import { rowOf } from "../../src/widgets/step-through/numbers.ts";
import { BLOCKS } from "../../src/widgets/step-through/symbols.ts";

function shipped(name: string) {
  const bytes = readFileSync(`../pretrained/agreement/${name}.safetensors`);
  const lm = LanguageModel.fromSafetensors(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const words = tokenize("a menina disse que não foi se despedir porque quando o joão viajou estava muito"), w = lm.lstm!;
  const trace = forwardLSTM(w, lm.embed(words), words.length), loss = lossOf(trace, lm, words);
  return { w, trace, loss, gradients: backwardLSTM(trace, w, loss.direct) };
}
const add = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0);
let worst = 0;
const near = (a: number, b: number) => { worst = Math.max(worst, Math.abs(a - b)); };

describe.each(["lstm", "lstm-long"])("what comes back adds up at 1e-12, at every step and unit of %s", (name) => {
  const { w, trace, gradients } = shipped(name), { T, H, I } = trace;
  const steps = Array.from({ length: T }, (_, t) => t), units = Array.from({ length: H }, (_, u) => u);
  const das = steps.map((t) => preactivationGradients(trace, gradients, t));
  const each = (visit: (n: ReturnType<typeof backNumbers>, t: number, u: number) => void) => {
    worst = 0;
    for (const t of steps) for (const u of units) visit(backNumbers(trace, w, gradients, das[t], t, u), t, u);
    return worst;
  };
  it("path by path", () => {
    worst = 0;
    for (const of of ["cell", "hidden"] as const) for (let k = 0; k < T * H; k++) {
      near(add(PATHS[of].map((path) => (gradients.paths[of] as Record<string, Float64Array>)[path][k])), gradients[of][k]);
    }
    expect(worst).toBeLessThan(1e-12);
    expect(Math.max(...gradients.cell.map(Math.abs))).toBeGreaterThan(1e-3); // there is something to add up
  });
  it("in the equations", () => {
    expect(each((n, t, u) => {
      near(n.direct + add(Object.values(n.fromNext)), n.dh);
      near(n.highway + n.throughHidden, n.dc);
      near(n.dcBefore, t ? gradients.paths.cell.cell[(t - 1) * H + u] : gradients.c0[u]);
      near(n.dhBeforeTotal, t ? gradients.hidden[(t - 1) * H + u] - gradients.paths.hidden.direct[(t - 1) * H + u] : gradients.h0[u]);
    })).toBeLessThan(1e-12);
  });
  it("over the steps, into the gradients of the weights", () => {
    worst = 0;
    for (const u of units) {
      const all = steps.map((t) => contributions(trace, das[t], t, u));
      for (const b of BLOCKS) {
        const row = rowOf(b, u, H);
        near(add(das.map((da) => da[row])), gradients.weights.bias_ih[row]);
        for (let k = 0; k < I; k++) near(add(all.map((one) => one[b].input[k])), gradients.weights.weight_ih[row * I + k]);
        for (let k = 0; k < H; k++) near(add(all.map((one) => one[b].hidden[k])), gradients.weights.weight_hh[row * H + k]);
      }
    }
    expect(worst).toBeLessThan(1e-12);
  });
  it("step by step on its way, for the sums so far", () => {
    worst = 0;
    for (const u of [0, 18, H - 1]) {
      const sums = runningSums(trace, gradients, u);
      for (const b of BLOCKS) {
        const row = rowOf(b, u, H), all = steps.map((t) => contributions(trace, das[t], t, u)[b]);
        for (const t of steps) near(sums[t][b].bias, add(all.slice(t).map((one) => one.bias)));
        for (let k = 0; k < I; k++) near(sums[0][b].input[k], gradients.weights.weight_ih[row * I + k]);
        for (let k = 0; k < H; k++) near(sums[0][b].hidden[k], gradients.weights.weight_hh[row * H + k]);
      }
      const alone = alongTheCell(trace, gradients, u);
      for (const t of steps) near(alone[t], gradients.cell[(T - 1) * H + u] * steps.slice(t + 1).reduce((product, j) => product * trace.forget_gate[j * H + u], 1));
    }
    expect(worst).toBeLessThan(1e-12);
  });
  it("and as it is printed, to the last digit", () => {
    for (const t of steps) for (const u of units) for (const of of ["cell", "hidden"] as const) {
      const at = t * H + u, values = PATHS[of].map((path) => (gradients.paths[of] as Record<string, Float64Array>)[path][at]), scale = scaleOf([...values, gradients[of][at]]);
      const printed = printedShares(values, gradients[of][at], scale), unit = 10 ** scale.digits;
      expect(add(printed.map((part) => Math.round(part * unit)))).toBe(Math.round(scaled(gradients[of][at], scale) * unit));
      printed.forEach((part, k) => expect(Math.abs(part - scaled(values[k], scale))).toBeLessThanOrEqual(1.5 / unit));
    }
  });
});

describe("how a derivative is written", () => {
  const num = (value: number, { digits }: { digits: number }) => value.toFixed(digits);
  it("with the power of ten that it needs, and an exact zero as zero", () => {
    expect([0, -0.08703, 4.0194e-13].map((value) => smallText(value, num))).toEqual(["0", "-0.0870", "4.019\u00a0×\u00a010⁻¹³"]);
  });
  it("in bars of which each begins where the last one ended", () => {
    expect(waterfall([2, -3, 0.5])).toEqual({ bars: [[0, 2], [2, -1], [-1, -0.5]], lo: -1, hi: 2 });
  });
});
