import { afterEach, describe, expect, it } from "vitest";
import { flow } from "../../src/core/gradient_flow.ts";
import { formatNumber, formatPercent } from "../../src/ui/format.ts";
import { translate, type Params } from "../../src/host/locale.ts";
import { CASES, LENGTHS } from "../../src/widgets/gradient-flow/Controls.tsx";
import widget from "../../src/widgets/gradient-flow/index.tsx";
import { columns, decades, drawn, factorLimit, frameOf, logAxis, marked, nodePlaces, page, room, stepTicks } from "../../src/widgets/gradient-flow/layout.ts";
import { positionOf, sceneOf, settingsOf, shown } from "../../src/widgets/gradient-flow/scene.ts";
import { defaults, type FlowState } from "../../src/widgets/gradient-flow/state.ts";
import { factorText, seeText, shareSaid, sizeParts, type Words } from "../../src/widgets/gradient-flow/words.ts";
import { mounted, settle, textOf } from "../mount.ts";

const scene = (state: Partial<FlowState> = {}) => {
  const all = { ...defaults, ...state }, s = settingsOf(all);
  return sceneOf(s, (name) => flow(name, s), all);
};
const words = (language: "pt" | "en"): Words => ({
  language, t: (key: string, params?: Params) => translate(language, key, params), num: (v, o) => formatNumber(v, language, o), percent: (v, d) => formatPercent(v, language, d),
});

describe("the scene", () => {
  it("holds a state to what can be", () => {
    expect(settingsOf({ ...defaults, steps: 4000, gain: -3, seed: NaN, window: 2.4, scheme: "moon" as "torch" })).toMatchObject({ steps: 400, gain: 0, seed: 0, window: 2, scheme: "torch" });
    expect([positionOf(0, 40), positionOf(-3, 40), positionOf(90, 40), positionOf(NaN, 40), positionOf(7, 40)]).toEqual([1, 1, 40, 1, 7]);
    expect([shown([], "gru"), shown(["lstm"], "rnn"), shown(["x"], "rnn")]).toEqual([["rnn", "gru", "lstm"], ["rnn", "lstm"], ["rnn", "gru", "lstm"]]);
  });
  it("multiplies the factors to what is left", () => {
    for (const network of ["rnn", "gru", "lstm"] as const) {
      const { line, factors, T } = scene({ network }), product = factors.reduce((sum, factor) => sum + Math.log10(factor), 0);
      expect(product).toBeCloseTo(line.logs[0] - line.logs[T - 1], 9);
      expect(line.of).toBe(network === "lstm" ? "cell" : "hidden");
    }
    expect(scene({ of: "hidden", network: "lstm" })).toMatchObject({ line: { of: "hidden", theory: [] }, gate: null });
  });
  it("moves a clipped curve down as one, and leaves a small gradient as it is", () => {
    const free = scene({ gain: 3 }), clipped = scene({ gain: 3, clip: 1 }), { line } = clipped;
    expect(line.shift).toBeCloseTo(-free.flow.weightNorm(), 12);
    line.logs.forEach((log, k) => expect(log - free.line.logs[k]).toBeCloseTo(line.shift, 10));
    expect([clipped.verdictAt(line, 1), free.verdictAt(free.line, 1)]).toEqual(["explodes", "explodes"]);
    expect(scene({ clip: 1e4 }).line).toMatchObject({ shift: 0 });
  });
  it("says what the window cut off, and what is zero by itself", () => {
    const cut = scene({ window: 5 }), zero = scene({ gain: 0 });
    expect([cut.verdictAt(cut.line, 35), cut.verdictAt(cut.line, 34), zero.verdictAt(zero.line, 1)]).toEqual(["fades", "cut", "vanishes"]);
    expect([cut.factors[33], Number.isNaN(cut.factors[20])]).toEqual([0, true]);
    for (const language of ["pt", "en"] as const) {
      for (const state of [{ window: 5 }, { gain: 0 }, { gain: 4, clip: 0.1 }, { steps: 2 }]) expect(seeText(scene(state), 1, words(language))).not.toMatch(/NaN|Infinity|undefined|gradient-flow\.|∞/);
    }
  });
  it("shows in each case what its button says", () => {
    const end = (state: Partial<FlowState>) => { const found = scene(state); return found.verdictAt(found.line, 1); };
    expect(Object.values(CASES).map(end)).toEqual(["vanishes", "explodes", "arrives", "arrives"]);
  });
});

describe("the drawing", () => {
  it("has an absolute axis that only grows, by whole steps", () => {
    expect([decades([[-9, 1]]), decades([[-12.01, 3]]), decades([[-107, 7]]), decades([[-Infinity]])]).toEqual([[-12, 2], [-24, 6], [-108, 12], [-12, 2]]);
    const axis = logAxis([[-3, -Infinity, 0]], 0, 300);
    expect([axis.y(2), axis.y(-12), axis.zero! > axis.end, axis.y(-Infinity)]).toEqual([0, axis.end, true, axis.zero]);
    expect(factorLimit([0.5, NaN, 1.2])).toBe(1.25);
    expect(factorLimit([3])).toBe(5);
  });
  it("turns the pages of the network so that the error crosses each from right to left", () => {
    expect([page(40, 40, 10), page(40, 31, 10), page(40, 30, 10), page(40, 1, 10), page(6, 3, 10)]).toEqual([[31, 40], [31, 40], [22, 31], [1, 10], [1, 6]]);
    for (const T of [2, 11, 57, 400]) for (let t = T; t >= 1; t--) {
      const [from, to] = page(T, t, 7);
      expect(from >= 1 && to <= T && from <= t && t <= to && to - from + 1 === Math.min(T, 7)).toBe(true);
    }
  });
  it("stays within its width", () => {
    for (const width of [320, 358, 700, 912]) for (const T of [2, 5, 9, 40, 400]) {
      const frame = frameOf(width, { graph: true, factors: true, plot: true }), xs = columns(frame, T), { at } = nodePlaces(frame, xs, page(T, 1, room(frame)));
      expect(Math.min(...at, ...xs)).toBeGreaterThan(12);
      expect(Math.max(...at, ...xs)).toBeLessThan(width - 12);
      expect(stepTicks(T, frame.small).at(-1)).toBe(T);
      expect([marked(T)[0], marked(T).at(-1)]).toEqual([T, 1]);
    }
    expect([drawn(-Infinity), drawn(-1), drawn(0), drawn(90)]).toEqual([0, 0.1, 1, 2]);
    expect([LENGTHS[0], LENGTHS.at(-1), LENGTHS.includes(40)]).toEqual([2, 400, true]);
  });
});

describe("sizes and shares", () => {
  it("are written as in Python", () => {
    expect([0.75, -3, -3.01, 4, 120, -Infinity].map((log) => sizeParts(log, words("pt")).join(""))).toEqual(["5,62", "0,0010", "10−3,0", "104,0", "10120,0", "0"]);
    expect([-Infinity, -10.45, -0.3, 2].map((log) => shareSaid(log, words("en")))).toEqual(["nothing of what was sent", "1 in 28 billion", "50% of what was sent", "100 times what was sent"]);
    expect([0.5703, 0.9876, 0.99561, 1, 1.04, 0.0456, 3.14159, 12.34].map((v) => factorText(v, words("en")))).toEqual(["0.57", "0.988", "0.9956", "1.00", "1.040", "0.046", "3.14", "12.3"]);
    expect(shareSaid(7, words("en"))).toBe("10 to the power 7.0 times what was sent");
  });
});

describe("the explorable", () => {
  let clean = () => {};
  afterEach(() => clean());
  it("goes back by its button, says so, and starts again", async () => {
    const found = await mounted(widget, "gradient-flow", { ...defaults, steps: 6, step: 6 });
    clean = found.clean;
    const buttons = () => [...found.root.querySelectorAll<HTMLButtonElement>(".going .btn")], [, , , , back] = buttons();
    expect(textOf(found.root, ".equation")).toContain("acaba de chegar ao passo 6");
    back.click(); await settle();
    expect(found.model.get("step")).toBe(5);
    for (let k = 0; k < 4; k++) { buttons()[4].click(); await settle(); }
    expect([found.model.get("step"), buttons()[4].disabled]).toEqual([0, true]);
    expect(found.root.querySelectorAll(".edge .factor").length).toBe(5);
    buttons()[5].click(); await settle();
    expect(found.model.get("step")).toBe(6);
    expect(found.root.innerHTML).not.toMatch(/NaN|Infinity/);
  });
});
