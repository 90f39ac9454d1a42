import { batch, effect } from "@preact/signals";
import { afterEach, describe, expect, it, vi } from "vitest";
import { bind } from "../../src/host/bind.ts";
import { LocalModel } from "../../src/host/model.ts";

afterEach(() => vi.restoreAllMocks());
const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));

describe("bind", () => {
  it("takes defaults for what the model lacks and hears the model", () => {
    const model = new LocalModel({ step: 2 }), { state, dispose } = bind(model, { step: 0, unit: 5 });
    expect([state.step.value, state.unit.value]).toEqual([2, 5]);
    model.set("step", 7);
    expect(state.step.value).toBe(7);
    dispose();
    model.set("step", 8);
    expect(state.step.value).toBe(7);
  });
  it("sets at once and saves once a frame", async () => {
    const model = new LocalModel({ step: 0 }), save = vi.spyOn(model, "save_changes"), { state, dispose } = bind(model, { step: 0 });
    for (let k = 1; k <= 20; k++) { state.step.value = k; expect(model.get("step")).toBe(k); }
    expect(save).not.toHaveBeenCalled();
    await frame();
    expect(save).toHaveBeenCalledTimes(1);
    dispose();
  });
  it("keeps several changes made together, from either side", () => {
    const model = new LocalModel({ puzzle: "a", step: 1 }), { state } = bind(model, { puzzle: "", step: 0 });
    batch(() => { state.puzzle.value = "b"; state.step.value = 2; });
    expect([state.puzzle.value, state.step.value, model.get("puzzle"), model.get("step")]).toEqual(["b", 2, "b", 2]);
    const seen: string[] = [];
    effect(() => { seen.push(`${state.puzzle.value}${state.step.value}`); });
    // Backbone sets all attributes of a message before it tells of any of them
    const values = (model as unknown as { values: Map<string, unknown> }).values;
    values.set("step", 3);
    model.set("puzzle", "c");
    expect(seen).toEqual(["b2", "c3"]);
  });
  it("does not answer an equal array with a new one", () => {
    const model = new LocalModel({ gates: [0, 1] }), set = vi.spyOn(model, "set"), { state } = bind(model, { gates: [] as number[] });
    const before = state.gates.value;
    model.set("gates", [0, 1]);
    expect(state.gates.value).toBe(before);
    expect(set).toHaveBeenCalledTimes(1);
  });
  it("tells other bytes under the same name from the same ones", () => {
    const one = new DataView(new ArrayBuffer(2)), other = new DataView(new ArrayBuffer(2));
    const model = new LocalModel({ weights: { a: one } }), { state } = bind(model, { weights: {} as Record<string, DataView> });
    const before = state.weights.value;
    model.set("weights", { a: one });
    expect(state.weights.value).toBe(before);
    model.set("weights", { a: other });
    expect(state.weights.value["a"]).toBe(other);
  });
});
