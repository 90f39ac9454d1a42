// What is computed from the runs: kinds, summaries, reach, and where things stand in the plots.
import { describe, expect, it } from "vitest";
import { LAGS } from "../../../src/widgets/horizon/state.ts";
import { RECORDED, createHorizon, kindOf, shownNetworks } from "../../../src/widgets/horizon/data.ts";
import { dodge, labelled, lagAxis, logarithmic, plot } from "../../../src/widgets/horizon/layout.ts";
import { apart } from "../../../src/ui/scale.ts";
import { seedPlaces } from "../../../src/widgets/horizon/Series.tsx";
import { SAMPLE, results, run } from "./sample.ts";

const horizon = createHorizon(SAMPLE);

describe("the runs of the horizon", () => {
  it("are told apart by what they do in their window and outside it", () => {
    const kind = (own: number, away?: [number, number, number]) => kindOf(run("rnn", 25, 0, own, away), 100);
    expect([kind(98), kind(90), kind(100, [89, 100, 100]), kind(100, [100, 100, 0]), kind(89), kind(61), kind(60), kind(3)])
      .toEqual(["learned", "learned", "window", "window", "half", "half", "guesses", "guesses"]);
  });
  it("are summed up point by point, by seed, the mixture apart and narrow windows left out", () => {
    const point = horizon.summary("rnn", 25);
    expect(point.runs.map((r) => r.seed)).toEqual([0, 1, 2]);
    expect([point.kinds, point.outcome]).toEqual([{ learned: 0, window: 1, half: 0, guesses: 2 }, "guesses"]);
    expect(point.own).toMatchObject({ low: 0.47, high: 1, values: [1, 0.52, 0.47], kinds: ["window", "guesses", "guesses"] });
    expect([point.reached, point.steps, point.limit, point.window]).toEqual([1, [300, 300], 2000, [25, 40]]);
    expect(horizon.summary("lstm-b3", 25)).toMatchObject({ outcome: "learned", reached: 2, steps: [300, 400], limit: null });
    expect(horizon.summary("lstm-b3", 45).outcome).toBe("half");
    expect(horizon.summary("rnn", 0)).toMatchObject({ outcome: "learned", window: [5, 40] });
    expect(horizon.runsOf("rnn", 10)).toEqual([]);
    expect(horizon.count).toBe(SAMPLE.runs.length - 1);
  });
  it("may be missing", () => {
    expect(horizon.summary("gru", 25)).toMatchObject({ outcome: null, own: null, reached: 0, steps: null, limit: null, window: [25, 40] });
    expect(horizon.curve("gru", 25, "distance")).toEqual([]);
    expect(horizon.reach("gru")).toEqual({ all: null, none: null });
    expect(createHorizon(results([])).floor).toBeLessThan(0.5);
  });
  it("give a curve at every tested place", () => {
    const curve = horizon.curve("rnn", 25, "distance");
    expect(curve.map((s) => [s.at, s.low, s.high])).toEqual([[5, 0, 0.52], [30, 0.47, 1], [200, 0.02, 0.52]]);
    expect(horizon.curve("rnn", 25, "distractors").map((s) => s.at)).toEqual([0, 6]);
  });
  it("reach as far as every seed of every shorter lag learned", () => {
    expect(horizon.reach("rnn")).toEqual({ all: 5, none: 25 });
    expect(horizon.reach("lstm-b3")).toEqual({ all: 25, none: 45 });
  });
  it("share one axis, which holds the lowest of all", () => {
    expect(horizon.floor).toBe(0);
    expect(createHorizon(results([run("rnn", 5, 0, 98), run("rnn", 25, 0, 46)])).floor).toBe(0.4);
  });
  it("as recorded all fit in the plots", () => {
    const recorded = createHorizon(RECORDED), keys = recorded.networks.map((n) => n.key);
    expect(keys.length).toBe(8);
    for (const r of RECORDED.runs) {
      expect(keys).toContain(r.network);
      if (r.experiment === "horizon") expect(LAGS).toContain(r.window[0]);
      for (const n of [r.window_right, ...Object.values(r.right)]) expect(n >= 0 && n <= RECORDED.settings.test_sentences && Number.isInteger(n)).toBe(true);
      expect(recorded.floor).toBeLessThanOrEqual(r.experiment === "narrow" ? 1 : Math.min(r.window_right, ...Object.values(r.right)) / RECORDED.settings.test_sentences);
    }
  });
  it("are drawn for the networks that are asked for and known, the selected one always", () => {
    const keys = (asked: string[], selected = "rnn") => shownNetworks(SAMPLE.networks, asked, selected).map((n) => n.key);
    expect(keys([])).toEqual(["rnn", "lstm-b3", "gru"]);
    expect(keys(["lstm-b3"])).toEqual(["rnn", "lstm-b3"]);
    expect(keys(["nonsense"], "gru")).toEqual(["rnn", "lstm-b3", "gru"]);
  });
});

describe("the plots", () => {
  it("keep the lags in order, the mixture left of them, at any width", () => {
    for (const width of [320, 358, 480, 544, 912]) {
      const p = plot(width, 396, 0, 46, 138), { x, start } = lagAxis(p), xs = [0, ...LAGS].map(x);
      expect(xs).toEqual([...xs].sort((a, b) => a - b));
      expect(x(0)).toBeLessThan(start);
      expect(xs[0]).toBeGreaterThan(p.left);
      expect(xs[xs.length - 1]).toBeLessThan(p.right);
      expect(p.y(1)).toBe(p.top);
      expect(p.y(0)).toBe(p.bottom);
    }
    const x = logarithmic([5, 80], [0, 100]);
    expect([x(5), x(20), x(80)].map(Math.round)).toEqual([0, 50, 100]);
  });
  it("move names apart, in order, inside the plot, and no further than needed", () => {
    const placed = apart([100, 100, 101, 300, 380], 20, 30, 390);
    for (let k = 1; k < placed.length; k++) expect(placed[k] - placed[k - 1]).toBeGreaterThanOrEqual(20);
    expect(placed[3]).toBe(300);
    expect(Math.max(...apart([380, 385, 390, 390], 22, 0, 390))).toBe(390);
    expect(apart([50], 20, 0, 100)).toEqual([50]);
  });
  it("print the selected tick and as many others as have room", () => {
    const x = logarithmic([5, 90], [0, 120]), shown = labelled(LAGS, x, 20, [20]);
    expect(shown.has(20) && shown.has(5) && shown.has(90)).toBe(true);
    expect(shown.has(25)).toBe(false);
    for (const a of shown) for (const b of shown) if (a !== b) expect(Math.abs(x(a) - x(b))).toBeGreaterThanOrEqual(20);
  });
  it("set networks and seeds beside each other", () => {
    expect(dodge(1, 20)).toEqual([0]);
    expect(dodge(5, 20)).toEqual([-10, -5, 0, 5, 10]);
    const places = seedPlaces([1, 1, 1, 0.5], (v) => 100 * v, 4);
    expect(new Set(places.slice(0, 3).map(([dx]) => dx)).size).toBe(3);
    expect(places[3]).toEqual([0, 50]);
  });
});
