// A network is asked for by name; a name that is none is refused, whatever a link holds.
import { describe, expect, it } from "vitest";
import { loadModel } from "../../src/host/models.ts";

describe("a shipped network", () => {
  it("is refused where the name is none, also one that every object has", async () => {
    for (const name of ["constructor", "__proto__", "toString", "", "agreement/../secret", "<b>x</b>"]) await expect(loadModel(name), name).rejects.toThrow(/no shipped network/);
  });
  it("is read from the shelf, and refused where its bytes are none", async () => {
    (globalThis as { lstmBookModels?: Record<string, string> }).lstmBookModels = { "test/one": "AQID", "test/two": "*" };
    expect((await loadModel("test/one")).byteLength).toBe(3);
    await expect(loadModel("test/two")).rejects.toThrow();
  });
});
