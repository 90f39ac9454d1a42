// A value beside its point keeps off what is drawn there.
import { describe, expect, it } from "vitest";
import { boxOf, spot, type Stroke } from "../../src/widgets/memory/spot.ts";

describe("the place of a value", () => {
  it("is above and to the right where nothing is drawn, below for a negative one", () => {
    expect(spot(100, 100, 40, [])).toEqual({ x: 106, y: 91, anchor: "start", cost: 0 });
    expect(spot(100, 100, 40, [], { up: false }).y).toBeGreaterThan(100);
  });
  it("leaves a line through the point alone, whichever way it runs", () => {
    for (const [dx, dy] of [[60, -60], [60, 60], [60, 0], [0, 60]]) {
      const strokes: Stroke[] = [[100 - dx, 100 - dy, 100 + dx, 100 + dy, 1]], { left, top, right, bottom } = boxOf(spot(100, 100, 40, strokes), 40, 17);
      for (let k = -60; k <= 60; k++) {
        const [x, y] = [100 + (dx * k) / 60, 100 + (dy * k) / 60];
        expect(x > left && x < right && y > top && y < bottom, `${dx} ${dy} at ${k}`).toBe(false);
      }
    }
  });
  it("stays inside", () => {
    const within = { left: 0, top: 0, right: 120, bottom: 200 };
    expect(spot(100, 100, 40, [], { within }).anchor).toBe("end");
    expect(boxOf(spot(100, 100, 40, [], { within }), 40, 17).right).toBeLessThanOrEqual(120);
  });
  it("goes under a bracket that is close above", () => {
    expect(spot(100, 100, 40, [[0, 86, 200, 86, 4]]).y).toBeGreaterThan(100);
  });
});
