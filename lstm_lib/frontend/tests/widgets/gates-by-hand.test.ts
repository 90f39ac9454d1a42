import { afterEach, beforeEach, describe, expect, it } from "vitest";
import widget from "../../src/widgets/gates-by-hand/index.tsx";
import { defaults } from "../../src/widgets/gates-by-hand/state.ts";
import { puzzleOf, puzzles } from "../../src/core/puzzles.ts";
import type { LocalModel } from "../../src/host/model.ts";
import { mounted, press, settle, textOf as text } from "../mount.ts";

let clean: () => void = () => {};
let model: LocalModel, el: HTMLElement;

async function mount(state: object = {}, lang = "pt-BR", tag = "div"): Promise<ShadowRoot> {
  const found = await mounted(widget, "hand", { ...defaults, ...state }, lang, tag);
  ({ model, el, clean } = found);
  return found.root;
}
const handle = (root: ShadowRoot, gate: string, step: number) => root.querySelector<HTMLElement>(`[data-gate="${gate}"][data-step="${step}"]`)!;

beforeEach(() => { localStorage.clear(); location.hash = ""; });
afterEach(() => { clean(); el.remove(); });

describe("gates by hand", () => {
  it("is solved by keyboard alone, and says so", async () => {
    const root = await mount(), { solution } = puzzleOf("first-bit");
    expect(text(root, ".wrong li")).toMatch(/^No passo 5, h = \u22120,89; deveria ficar entre \+0,70 e \+0,80: /);
    for (const gate of ["forget_gate", "input_gate", "output_gate"] as const) {
      for (let k = 0; k < 5; k++) if (solution[gate][k] === 0) await press(handle(root, gate, k), "Enter");
    }
    expect(model.get("input_gate")).toEqual([1, 0, 0, 0, 0]);
    expect(text(root, ".verdict")).toMatch(/^Resolvido\./);
    expect(model.get("solved")).toEqual(["first-bit"]);
    expect(root.querySelector(".pick")!.getAttribute("aria-label")).toMatch(/resolvido$/);
  });
  it("moves by arrows: values up and down, steps left and right", async () => {
    const root = await mount();
    await press(handle(root, "forget_gate", 0), "ArrowDown");
    await press(handle(root, "forget_gate", 0), "PageDown");
    expect(model.get("forget_gate")).toEqual([0.7, 1, 1, 1, 1]);
    await press(handle(root, "forget_gate", 0), "ArrowRight");
    expect(model.get("step")).toBe(1);
    expect(root.activeElement).toBe(handle(root, "forget_gate", 1));
    expect([...root.querySelectorAll('[role="slider"][tabindex="0"]')].map((e) => e.getAttribute("data-step"))).toEqual(["1", "1", "1"]);
    await press(handle(root, "forget_gate", 1), "Home");
    expect(handle(root, "forget_gate", 1).getAttribute("aria-valuetext")).toBe("0,00, fechado");
  });
  it("opens and closes by a tap, and sets values by dragging", async () => {
    const root = await mount(), target = handle(root, "output_gate", 2);
    const point = (type: string, x: number, y: number) => target.dispatchEvent(new PointerEvent(type, { clientX: x, clientY: y, button: 0, bubbles: true, cancelable: true }));
    point("pointerdown", 0, 0); point("pointerup", 0, 0);
    await settle();
    expect((model.get("output_gate") as number[])[2]).toBe(0);
    point("pointerdown", 0, 0); point("pointermove", 0, -45); point("pointerup", 0, -45);
    await settle();
    expect((model.get("output_gate") as number[])[2]).toBe(0.5);
  });
  it("keeps each puzzle's gates, and takes those a link brings", async () => {
    const root = await mount();
    await press(handle(root, "input_gate", 1), "Enter");
    root.querySelectorAll<HTMLElement>(".pick")[2].click();
    await settle();
    expect([model.get("puzzle"), model.get("input_gate")]).toEqual(["overwrite", []]);
    root.querySelectorAll<HTMLElement>(".pick")[0].click();
    await settle();
    expect(model.get("input_gate")).toEqual([1, 0, 1, 1, 1]);
    const link = document.createElement("a");
    link.setAttribute("href", "#hand?puzzle=release-at-cue&output_gate=0,0,0,0,1,0&step=4");
    document.body.append(link);
    link.click();
    await settle();
    expect([model.get("puzzle"), model.get("output_gate"), model.get("step")]).toEqual(["release-at-cue", [0, 0, 0, 0, 1, 0], 4]);
    expect(text(root, ".panel b")).toBe("Passo 5");
    link.remove();
  });
  it("shares and locks gates as the puzzle says", async () => {
    const root = await mount({ puzzle: "cell-of-1997" });
    await press(handle(root, "forget_gate", 1), "Enter");
    expect(model.get("forget_gate")).toEqual([]);
    expect(handle(root, "forget_gate", 1).getAttribute("aria-disabled")).toBe("true");
    clean(); el.remove();
    const leak = await mount({ puzzle: "leak" });
    for (let n = 0; n < 4; n++) await press(handle(leak, "forget_gate", 2), "ArrowDown");
    expect(model.get("forget_gate")).toEqual([0.8, 0.8, 0.8, 0.8]);
  });
  it("sees what the trace says, with the table to match, in both languages", async () => {
    const root = await mount({ puzzle: "count-to-three", ...puzzleOf("count-to-three").solution, step: 5 });
    expect(text(root, ".see")).toContain("no passo 6, +2,00 passa inteiro pelo gate de esquecimento; da entrada +1,00, escreve-se +1,00. A célula fica com +3,00 e mostra +1,00.");
    const fold = root.querySelector<HTMLDetailsElement>("details.fold")!;
    fold.open = true; fold.dispatchEvent(new Event("toggle"));
    await settle();
    const cells = [...root.querySelectorAll(".values tbody tr")].map((r) => r.querySelectorAll("td")[4].textContent);
    expect(cells).toEqual(["+1,00", "+1,00", "+2,00", "+2,00", "+2,00", "+3,00"]);
    clean(); el.remove();
    const english = await mount({ step: 1 }, "en");
    expect(text(english, ".see")).toContain("at step 2, +1.00 passes whole through the forget gate");
    expect(text(english, ".meta")).toBe(`0 of ${puzzles.length} puzzles solved`);
  });
  it("hides parts, and survives nonsense in its state", async () => {
    const root = await mount({ hide: ["puzzles", "panel", "see", "table", "link"], puzzle: "no such", forget_gate: ["a", null], step: 99 });
    for (const gone of [".chooser", ".panel", ".see", "details", ".copy"]) expect(root.querySelector(gone), gone).toBeNull();
    expect(text(root, ".task .name")).toBe("Guarde o primeiro bit");
    expect(root.querySelectorAll('[role="slider"]').length).toBe(15);
  });
  it("remembers solved puzzles on the site only", async () => {
    const state = { ...puzzleOf("first-bit").solution };
    await mount(state);
    expect(localStorage.length).toBe(0);
    clean(); el.remove();
    await mount(state, "pt", "lstm-widget");
    expect(JSON.parse(localStorage.getItem("lstm-book/gates-by-hand/solved")!)).toEqual(["first-bit"]);
    clean(); el.remove();
    await mount({}, "pt", "lstm-widget");
    expect(model.get("solved")).toEqual(["first-bit"]);
  });
});
