// Where things stand: the drawing's geometry, the maps' sizes and colours, the strip's places, the composer.
import { describe, expect, it } from "vitest";
import diagram from "../../../../diagram.json";
import { liveElements, targets, wireWidth, type Layout } from "../../../src/ui/CellDiagram.tsx";
import { parseColor, ramp, shade, strokeRuns } from "../../../src/ui/HeatMap.tsx";
import { tokenize } from "../../../src/core/tokenize.ts";
import { readWeights } from "../../../src/core/own_weights.ts";
import { MENUS, chosen, compose, mirrored } from "../../../src/sentences/composer.ts";
import { dragging } from "../../../src/ui/drag.ts";
import { mapSizes } from "../../../src/widgets/gates/Maps.tsx";
import { encodeNetwork, exampleSequence, rowsOf } from "../../../src/network/own.ts";
import { pace } from "../../../src/sentences/reading.ts";
import { rowPositions } from "../../../src/sentences/strip.tsx";
import { labelPlace } from "../../../src/widgets/gates/UnitPanel.tsx";
import { flatten } from "../../../src/network/source.ts";
import { network } from "./sample.ts";

type Box = { x: number; y: number; width: number; height: number };
const apart = (a: Box, b: Box) => a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
const layouts: Layout[] = ["wide", "narrow"];

describe.each(layouts)("the drawing, %s", (layout) => {
  const { width, height, body, elements } = diagram[layout];

  it("keeps every mark inside its picture", () => {
    for (const e of elements as { points?: number[][]; at?: number[] }[]) for (const [x, y] of e.points ?? [e.at!]) {
      expect(x).toBeGreaterThanOrEqual(0); expect(x).toBeLessThanOrEqual(width);
      expect(y).toBeGreaterThanOrEqual(0); expect(y).toBeLessThanOrEqual(height);
    }
  });

  it("has no two boxes, gates or sums that touch, and none on the outline", () => {
    const boxes = liveElements(layout).filter((e) => ["box", "aperture", "sum"].includes(e.kind)).map((e) => {
      const [w, h] = e.size ?? [2 * e.r!, 2 * e.r!];
      return { x: e.at![0] - w / 2 - 3, y: e.at![1] - h / 2 - 3, width: w + 6, height: h + 6 };
    });
    boxes.forEach((a, i) => {
      boxes.slice(i + 1).forEach((b) => expect(apart(a, b)).toBe(true));
      expect(a.x).toBeGreaterThan(body.x); expect(a.x + a.width).toBeLessThan(body.x + body.width);
    });
  });

  it("shows every value of the cell once, on a label", () => {
    const shown = liveElements(layout).filter((e) => e.kind === "label" && e.value).map((e) => e.value);
    for (const value of ["previous_cell", "kept", "written", "cell", "squashed", "hidden", "forget_gate", "input_gate", "candidate", "output_gate", "input"]) {
      expect(shown.filter((v) => v === value)).toHaveLength(1);
    }
  });

  it("gives each quantity a place to press that a finger hits, none over another", () => {
    const places = targets(layout);
    expect(places.map((p) => p.quantity).sort()).toEqual(["candidate", "cell", "forget_gate", "hidden", "input_gate", "output_gate"]);
    places.forEach((a, i) => {
      expect(a.width).toBeGreaterThanOrEqual(44); expect(a.height).toBeGreaterThanOrEqual(44);
      places.slice(i + 1).forEach((b) => expect(apart(a, b)).toBe(true));
    });
  });

  it("grows in four steps: each step has something new, and nothing of a later one", () => {
    const inStep = (n: number) => (elements as { step: number; until?: number }[]).filter((e) => e.step <= n && (e.until ?? 4) >= n);
    for (const n of [1, 2, 3, 4]) {
      expect(inStep(n).some((e) => e.step === n)).toBe(true);
      expect(inStep(n).every((e) => e.step <= n)).toBe(true);
    }
  });
});

it("draws a wire as thick as the share that passes, and never lets it vanish", () => {
  expect(wireWidth(5, undefined)).toBe(5);
  expect(wireWidth(5, 0.5)).toBe(2.5);
  expect(wireWidth(5, 0)).toBeGreaterThan(0);
});

describe("heat maps", () => {
  it("are linear from low to high and stay at the ends beyond them", () => {
    expect([0, 0.5, 1, 1.2, -0.1].map((v) => shade(v, true, 1))).toEqual([0, 128, 255, 255, 0]);
    expect([-4, 0, 4, -8].map((v) => shade(v, false, 4))).toEqual([0, 128, 255, 0]);
    const table = ramp([[0, 0, 0], [100, 50, 200]]);
    expect(table[0]).toBe(0xff000000); expect(table[255]).toBe(0xffc83264);
    expect(table[51] & 255).toBe(20);
  });

  it("read any colour a browser resolves to", () => {
    expect(parseColor("rgb(156, 47, 0)")).toEqual([156, 47, 0]);
    expect(parseColor("color(srgb 0.2 0.4 1)").map(Math.round)).toEqual([51, 102, 255]);
  });

  it("mark negative cells, one stroke each where there is room, one line a run where not", () => {
    const values = [-1, -0.5, 0.3, -0.05, -0.9, -0.9]; // T = 6, one unit
    expect(strokeRuns(values, 6, 1, 0, 1, true)).toEqual([[0, 1], [1, 2], [4, 5], [5, 6]]);
    expect(strokeRuns(values, 6, 1, 0, 1, false)).toEqual([[0, 2], [4, 6]]);
  });

  it("stand six in a row when columns stay legible, else three by two", () => {
    expect(mapSizes(912, 15, 32)).toMatchObject({ across: 6, height: 208 });
    expect(mapSizes(912, 200, 32).across).toBe(3);
    expect(mapSizes(358, 15, 32).across).toBe(3);
    for (const [w, T, H] of [[912, 15, 32], [358, 400, 32], [600, 1, 1], [912, 20, 256]]) {
      const { across, map, height } = mapSizes(w, T, H);
      expect(across * map).toBeLessThanOrEqual(w);
      expect(height).toBeGreaterThan(0); expect(height).toBeLessThanOrEqual(400);
    }
  });
});

describe("the strip", () => {
  it("knows where the words are in one row, and that they wrap", () => {
    expect(rowPositions([{ left: 10, top: 5, width: 20 }, { left: 40, top: 5.5, width: 30 }], 10)).toEqual([10, 45]);
    expect(rowPositions([{ left: 10, top: 5, width: 20 }, { left: 10, top: 60, width: 30 }], 10)).toBeNull();
  });
  it("is read once in under five seconds, however long", () => {
    for (const T of [2, 15, 200, 1000]) expect(pace(T) * T).toBeLessThan(5200);
  });
  it("puts a curve's name away from the value of the current step", () => {
    const curve = Array(20).fill(2), other = Array(20).fill(-2);
    expect(Math.abs(labelPlace(curve, other, 6).at - 6)).toBeGreaterThanOrEqual(6);
    expect(labelPlace(curve, other, 6).above).toBe(true);
    expect(labelPlace(other, curve).above).toBe(false);
    expect(labelPlace([1], [0], 0).at).toBe(0);
    const late = curve.map((v, k) => (k < 11 ? v : -v));
    expect(labelPlace(curve, late, 11).at, "two curves that part late are named where they differ").toBeGreaterThanOrEqual(11);
  });
});

describe("the composer", () => {
  it("makes every sentence of the menus, and finds the choice back", () => {
    for (let subject = 0; subject < MENUS.subject.length; subject++) for (let middle = 0; middle < MENUS.middle.length; middle++) for (let ending = 0; ending < MENUS.ending.length; ending++) {
      const words = tokenize(compose({ subject, middle, ending })), found = chosen(words);
      expect(found).not.toBeNull();
      expect(compose(found!)).toBe(words.join(" "));
    }
    expect(chosen(tokenize("uma frase qualquer"))).toBeNull();
    expect(chosen([])).toBeNull();
  });

  it("gives the other gender and changes only the subject", () => {
    expect(mirrored("A menina disse que estava muito")).toBe("o menino disse que estava muito");
    MENUS.subject.forEach((subject) => {
      const other = MENUS.subject.find((s) => mirrored(`${subject.text} disse que estava`) === `${s.text} disse que estava`);
      expect(other?.gender).toBe(subject.gender === "f" ? "m" : "f");
    });
    expect(mirrored("xyzzy estava")).toBe("");
    expect(mirrored("")).toBe("");
  });
});

describe("own weights", () => {
  it("travel as safetensors and come back the same", () => {
    const w = network(3, 5), back = readWeights(encodeNetwork(w));
    expect(back).toEqual(w);
  });
  it("get the same example sequence every time", () => {
    expect(exampleSequence(3)).toEqual(exampleSequence(3));
    expect(exampleSequence(3)).toHaveLength(20);
    expect(exampleSequence(2).flat().every((v) => Math.abs(v) < 4)).toBe(true);
  });
  it("say which row of a sequence does not fit", () => {
    expect(flatten([[1, 2], [3]], 2).uneven).toBe(1);
    expect(flatten([[1, 2], [3, NaN]], 2).uneven).toBe(1);
    expect(rowsOf(flatten([[1, 2], [3, 4]], 2).inputs, 2)).toEqual([[1, 2], [3, 4]]);
  });
});

describe("pressing and dragging", () => {
  const event = (x: number, pointerType: string) => ({ button: 0, clientX: x, pointerType }) as PointerEvent;
  const play = (type: string, moves: number[], end: "up" | "cancel") => {
    const at: number[] = [], h = dragging((e) => at.push(e.clientX), { from: null, live: false });
    h.onPointerDown(event(moves[0], type));
    moves.slice(1).forEach((x) => h.onPointerMove(event(x, type)));
    if (end === "up") h.onPointerUp(event(moves[moves.length - 1], type)); else h.onPointerCancel();
    h.onPointerMove(event(999, type));
    return at;
  };
  it("acts at once under a mouse, on lifting under a still finger, and never under a finger that scrolls", () => {
    expect(play("mouse", [10, 11], "up")).toEqual([10, 11]);
    expect(play("touch", [10, 12], "up")).toEqual([12]);
    expect(play("touch", [10, 12], "cancel")).toEqual([]);
    expect(play("touch", [10, 30, 50], "up")).toEqual([30, 50]);
  });
});
