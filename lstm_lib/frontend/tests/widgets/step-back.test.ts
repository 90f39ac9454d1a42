// Step through, the way back: in a shipped network the shares of every path add up at every step and unit, and so do the
// numbers of the equations and what is printed of them.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { LanguageModel } from "../../src/core/language_model.ts";
import { backwardLSTM, forwardLSTM } from "../../src/core/lstm.ts";
import { tokenize } from "../../src/core/tokenize.ts";
import { backNumbers, contributions, preactivationGradients, printedShares, scaleOf, scaled, PATHS } from "../../src/widgets/step-through/backward/numbers.ts";
import { lossOf } from "../../src/widgets/step-through/loss.ts";
import { rowOf } from "../../src/widgets/step-through/numbers.ts";
import { BLOCKS } from "../../src/widgets/step-through/symbols.ts";

function shipped() {
  const bytes = readFileSync("../pretrained/agreement/lstm.safetensors");
  const lm = LanguageModel.fromSafetensors(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const words = tokenize("a menina disse que não foi se despedir porque quando o joão viajou estava muito"), w = lm.lstm!;
  const trace = forwardLSTM(w, lm.embed(words), words.length), loss = lossOf(trace, lm, words);
  return { w, trace, loss, gradients: backwardLSTM(trace, w, loss.direct) };
}
const run = shipped(), { w, trace, gradients } = run, { T, H, I } = trace;
const add = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0);
let worst = 0;
const near = (a: number, b: number) => { worst = Math.max(worst, Math.abs(a - b)); };
const steps = Array.from({ length: T }, (_, t) => t), units = Array.from({ length: H }, (_, u) => u);

describe("what comes back adds up at 1e-12, at every step and unit of a shipped network", () => {
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
  it("and as it is printed, to the last digit", () => {
    for (const t of steps) for (const u of units) for (const of of ["cell", "hidden"] as const) {
      const at = t * H + u, values = PATHS[of].map((path) => (gradients.paths[of] as Record<string, Float64Array>)[path][at]), scale = scaleOf([...values, gradients[of][at]]);
      const printed = printedShares(values, gradients[of][at], scale), unit = 10 ** scale.digits;
      expect(add(printed.map((part) => Math.round(part * unit)))).toBe(Math.round(scaled(gradients[of][at], scale) * unit));
      printed.forEach((part, k) => expect(Math.abs(part - scaled(values[k], scale))).toBeLessThan(PATHS[of].length / unit));
    }
  });
});
