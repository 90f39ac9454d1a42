import { afterEach, beforeEach, describe, expect, it } from "vitest";
import widget from "../../src/widgets/memory/index.tsx";
import { LAYERS, UNITS } from "../../src/widgets/memory/Controls.tsx";
import { geometry, link, loopTip, nodeAlong, stepAt } from "../../src/widgets/memory/geometry.ts";
import { sceneOf, sequenceOf, zones } from "../../src/widgets/memory/scene.ts";
import { SENTENCE } from "../../src/widgets/memory/Sequence.tsx";
import { defaults, type State } from "../../src/widgets/memory/state.ts";
import type { LocalModel } from "../../src/host/model.ts";
import { regime } from "../../src/core/dynamics.ts";
import { mounted, press, settle, textOf as text } from "../mount.ts";

let clean: () => void = () => {};
let model: LocalModel, el: HTMLElement;

async function mount(state: Partial<State> = {}, lang = "pt-BR"): Promise<ShadowRoot> {
  const found = await mounted(widget, "memory", { ...defaults, ...state }, lang);
  ({ model, el, clean } = found);
  return found.root;
}
const scene = (state: Partial<State> = {}) => sceneOf({ ...defaults, ...state });
const button = (root: ShadowRoot, name: string) => [...root.querySelectorAll("button")].find((b) => b.textContent === name)!;
const bar = (root: ShadowRoot, k: number) => root.querySelector<HTMLElement>(`.bars [data-step="${k}"]`)!;
const type = async (root: ShadowRoot, words: string) => { const input = root.querySelector<HTMLInputElement>(".textin")!; input.value = words; input.dispatchEvent(new Event("input", { bubbles: true })); await settle(600); };

beforeEach(() => { location.hash = ""; });
afterEach(() => clean());

describe("the scene of the memory", () => {
  it("is own numbers, else the text, else the preset", () => {
    const base = { inputs: [], text: "", preset: "impulse", steps: 4 };
    expect(sequenceOf(base).values).toEqual([1, 0, 0, 0]);
    expect(sequenceOf({ ...base, preset: "no such", steps: Number.NaN }).values.length).toBe(16);
    expect(sequenceOf({ ...base, text: "0,5 −1" })).toMatchObject({ values: [0.5, -1], source: "text", words: [] });
    expect(sequenceOf({ ...base, text: "o joão" })).toMatchObject({ values: [0, 1], words: ["o", "joão"] });
    expect(sequenceOf({ ...base, text: "o joão", inputs: [0, -1] })).toMatchObject({ values: [0, -1], words: ["o", "joão"], source: "inputs" });
    expect(sequenceOf({ ...base, text: "1 x" })).toMatchObject({ source: "preset" });
    expect(sequenceOf({ ...base, text: "um ".repeat(400) })).toMatchObject({ cut: 400 });
    expect(sequenceOf({ ...base, text: "um ".repeat(400) }).values.length).toBe(40);
    expect(sequenceOf({ ...base, inputs: ["a", 1] as unknown as number[] }).source).toBe("preset");
  });
  it("follows the first input that is heard, or the one that is chosen", () => {
    const rewrite = { preset: "rewrite", steps: 8 };
    expect([scene(rewrite).origin, scene({ ...rewrite, follow: 4 }).origin, scene({ ...rewrite, follow: 2 }).origin]).toEqual([0, 4, 0]);
    expect(scene({ inputs: [0, 0] })).toMatchObject({ course: "silent", half: null, origin: 0 });
  });
  it("holds one bit over 40 steps when it latches, and lets it go when it fades", () => {
    const latched = scene({ ...UNITS.latching, steps: 40 }), faded = scene({ ...UNITS.fading, steps: 40 });
    expect([latched.regime, latched.half, latched.hidden[39] > 0.85]).toEqual(["latching", null, true]);
    expect([faded.regime, faded.half, faded.hidden[39] < 0.01]).toEqual(["fading", 4, true]);
  });
  it("has presets that are what they are called", () => {
    for (const [name, weights] of Object.entries(UNITS)) expect(regime(weights.weight, weights.bias)).toBe(name);
    const of = (name: keyof typeof LAYERS) => scene({ mode: "layer", ...LAYERS[name] });
    expect(of("spiral").course).toBe("fades");
    expect(of("circle").rho).toBeCloseTo(1, 12);
    expect(of("latch").half).toBeNull();
    const apart = of("disagree");
    expect(apart.rho < 1 && apart.sigma > 1).toBe(true);
    expect(apart.course).toBe("swells");
  });
  it("survives nonsense in its state", () => {
    const wild = scene({ mode: "layer", gain: Number.NaN, matrix: [1, 2], vector: ["x"] as unknown as number[], biases: [Infinity, 0], step: 1e9, follow: -7, angle: Infinity });
    expect(Array.from(wild.hidden).every(Number.isFinite)).toBe(true);
    expect(wild.step).toBe(15);
    expect(scene({ mode: "?" }).unit).toBe(true);
  });
  it("shows where one regime gives way to the next", () => {
    expect(zones(0, -2, 2).map(([, , name]) => name)).toEqual(["flipping", "ringing", "empty", "fading", "holding", "latching"]);
    const biased = zones(0.4, -2, 2), [from] = biased[biased.length - 1];
    expect(biased[biased.length - 1][2]).toBe("latching");
    expect(from).toBeGreaterThan(1.4);
    expect(zones(1, -2, 2).some(([, , name]) => name === "latching")).toBe(false);
  });
});

describe("the one drawing", () => {
  it("keeps every place inside, wide or tall, and finds the step under the pointer", () => {
    for (const [width, T] of [[912, 16], [912, 2], [912, 40], [700, 24], [358, 16], [300, 40]]) {
      const g = geometry(width, T, 1, false, false);
      for (let k = 0; k < T; k++) {
        expect(stepAt(g, T, g.at(k))).toBe(k);
        for (const up of [g.foot, g.node, g.low, g.high]) {
          const [x, y] = g.place(g.at(k), up);
          expect(x >= 0 && x <= g.width && y >= 0 && y <= g.height, `${width} ${T} ${k}`).toBe(true);
        }
      }
      expect(stepAt(g, T, -100)).toBe(0);
      expect(stepAt(g, T, 1e6)).toBe(T - 1);
    }
  });
  it("folds every copy into the one unit, and its link into the loop", () => {
    const g = geometry(912, 16, 1, false, false);
    for (const k of [0, 7, 15]) {
      expect(nodeAlong(g, k, 5, 0)).toBe(g.at(5));
      expect(nodeAlong(g, k, 5, 1)).toBe(g.at(k));
      expect(link(g, k, 5, 0)).toBe(link(g, 5, 5, 0));
    }
    const numbers = (d: string) => d.match(/-?[\d.]+/g)!.map(Number), straight = numbers(link(g, 3, 5, 1));
    expect(new Set(straight.filter((_, k) => k % 2))).toEqual(new Set([g.height - g.node]));
    expect(Math.min(...numbers(link(g, 5, 5, 0)).filter((_, k) => k % 2))).toBeLessThan(g.height - g.node - 60);
    expect(loopTip(g, 5)).not.toContain("NaN");
  });
});

describe("numbers beyond all measure", () => {
  it("are held to what can be drawn", () => {
    for (const state of [{ weight: 1e308, bias: 1e308, input_weight: 1e308 }, { inputs: [1e308, -1e308] }, { mode: "layer", matrix: [1e308, 1e308, 1e308, 1e308] }]) {
      const { hidden, values, rho, sigma, net } = scene(state);
      expect([...hidden, ...values, rho, sigma, ...net.weight_hh].every((v) => Number.isFinite(v) && Math.abs(v) < 1e4), JSON.stringify(state)).toBe(true);
    }
    expect(scene({ weight: Infinity, bias: NaN }).net.weight_hh[0]).toBe(0.9);
  });
});

describe("the explorable", () => {
  it("says the regime, the half-life and the present value, all from one run", async () => {
    const root = await mount({ step: 4 }), { hidden, half } = scene({ step: 4 });
    const now = `+${hidden[4].toFixed(2).replace(".", ",")}`;
    expect(text(root, ".see")).toContain(`com w = 0,90, a unidade desvanece. O eco do que entrou no passo 1 cai abaixo da metade depois de ${half} passos.`);
    expect(text(root, ".see")).toContain(`no passo 5, h = ${now}`);
    expect(text(root, ".chart .val.now")).toBe(now);
    expect(text(root, ".half text")).toBe(`meia-vida: ${half} passos`);
    expect(text(root, ".verdictline .word")).toBe("desvanece");
    expect(text(root, ".facts .eq:nth-child(3)")).toContain(now);
    expect(root.querySelector(".drawing > .scrub input")!.getAttribute("aria-valuetext")).toBe(`passo 5, h = ${now}`);
    const fold = root.querySelector<HTMLDetailsElement>("details.fold")!;
    expect(fold.querySelector("tr")).toBeNull(); // nobody reads it yet
    fold.open = true; fold.dispatchEvent(new Event("toggle"));
    await settle();
    const rows = [...root.querySelectorAll(".values tbody tr")].map((row) => row.querySelectorAll("td")[1].textContent);
    expect(rows.length).toBe(16);
    expect(rows[4]).toBe(now);
  });
  it("changes regime by its buttons and by the slider, and marks it", async () => {
    const root = await mount();
    for (const [name, word] of [["Oscila", "oscila e desvanece"], ["Segura", "segura"], ["Trava", "trava"], ["Desvanece", "desvanece"]]) {
      button(root, name).click();
      await settle();
      expect([...root.querySelectorAll(".choices")[0].querySelectorAll('[aria-pressed="true"]')].map((b) => b.textContent)).toEqual([name]);
      expect([...root.querySelectorAll(".verdictline .word")].map((w) => w.textContent).join(" ")).toBe(word);
    }
    const slider = root.querySelector<HTMLInputElement>(".dial.weight input")!;
    slider.value = "-1.4"; slider.dispatchEvent(new Event("input", { bubbles: true }));
    await settle();
    expect(model.get("weight")).toBe(-1.4);
    expect(text(root, ".see")).toContain("vai e volta sem parar");
    expect(text(root, ".zone.now text")).toBe("vai e volta");
  });
  it("unfolds into one copy for each step with the same weight on every link", async () => {
    const root = await mount({ inputs: [1, 0, -1, 0], weight: 0.75 });
    expect(root.querySelectorAll(".net .node").length).toBe(1);
    expect(text(root, ".weight.loop")).toBe("w = 0,75");
    button(root, "Desdobrar no tempo").click();
    await settle(700);
    expect(model.get("unfolded")).toBe(true);
    expect(root.querySelectorAll(".net .node:not(.start)").length).toBe(4);
    expect([...root.querySelectorAll(".net .weight.number")].map((w) => w.textContent)).toEqual(["0,75", "0,75", "0,75", "0,75"]);
    const { hidden } = scene({ inputs: [1, 0, -1, 0], weight: 0.75 });
    expect([...root.querySelectorAll(".net .val")].map((v) => Number(v.textContent!.replace(",", ".").replace("−", "-"))))
      .toEqual(Array.from(hidden, (h) => Number(h.toFixed(2))));
  });
  it("takes inputs by keys, one bar after the other", async () => {
    const root = await mount();
    await press(bar(root, 0), "ArrowRight");
    expect(model.get("step")).toBe(1);
    expect(root.activeElement).toBe(bar(root, 1));
    await press(bar(root, 1), "ArrowDown");
    await press(bar(root, 1), "PageDown");
    expect((model.get("inputs") as number[]).slice(0, 3)).toEqual([1, -0.6, 0]);
    await press(bar(root, 1), "Enter");
    await press(bar(root, 1), "Enter");
    expect((model.get("inputs") as number[])[1]).toBe(1);
    for (let n = 0; n < 30; n++) bar(root, 1).dispatchEvent(new KeyboardEvent("keydown", { key: "PageUp", bubbles: true, cancelable: true }));
    await settle();
    await press(bar(root, 1), "PageUp");
    expect((model.get("inputs") as number[])[1]).toBeLessThanOrEqual(3);
    await press(bar(root, 1), "Delete");
    expect((model.get("inputs") as number[])[1]).toBe(0);
    expect([...root.querySelectorAll('.bars [tabindex="0"]')].length).toBe(1);
  });
  it("reads what is typed, and keeps and explains what it cannot read", async () => {
    const root = await mount();
    await type(root, "um zero menos um");
    expect([model.get("text"), model.get("inputs")]).toEqual(["um zero menos um", []]);
    expect(root.querySelectorAll(".bars [role=slider]").length).toBe(3);
    await type(root, "1 2 abc");
    expect(root.querySelector<HTMLInputElement>(".textin")!.value).toBe("1 2 abc");
    expect(root.querySelector(".textin")!.getAttribute("aria-invalid")).toBe("true");
    expect(text(root, ".said.bad")).toContain("Não sei ler “abc”");
    expect(model.get("text")).toBe("um zero menos um");
    await type(root, "1000");
    expect(text(root, ".said.bad")).toContain("1000 é grande demais");
    await type(root, "<img src=x onerror=alert(1)> 🙂 שלום");
    expect(root.querySelector("img")).toBeNull();
    await type(root, "palavra ".repeat(400));
    expect(text(root, ".said")).toContain("400 passos; aqui se leem os primeiros 40");
    await type(root, "");
    expect([model.get("text"), root.querySelectorAll(".bars [role=slider]").length]).toEqual(["", 16]);
  });
  it("turns a sentence's nouns into numbers, and follows the echo that is chosen", async () => {
    const root = await mount({ ...UNITS.latching });
    button(root, "Uma sentença").click();
    await settle();
    expect(model.get("text")).toBe(SENTENCE);
    expect([...root.querySelectorAll(".foot .name")].map((n) => n.textContent).join(" ")).toBe(SENTENCE);
    expect(text(root, ".see")).toContain("em “menina”");
    const select = root.querySelector<HTMLSelectElement>(".sequence select")!;
    expect([...select.options].map((o) => o.textContent)).toEqual(["menina", "joão"]);
    select.value = "11"; select.dispatchEvent(new Event("change", { bubbles: true }));
    await settle();
    expect(model.get("follow")).toBe(11);
    expect(text(root, ".see")).toContain("em “joão” cai abaixo da metade");
    bar(root, 0).dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowUp", bubbles: true, cancelable: true }));
    await settle();
    expect([...root.querySelectorAll(".foot .name")].map((n) => n.textContent).join(" ")).toBe(SENTENCE);
  });
  it("shows a layer's two measures apart, and a given matrix until a slider replaces it", async () => {
    const root = await mount({ mode: "layer", ...LAYERS.disagree, step: 2 }, "en");
    expect(text(root, ".see")).toContain("ρ = 0.70 and σ = 2.31: one step can stretch, but near zero, in the long run, everything shrinks.");
    expect(text(root, ".see")).toMatch(/first grows to 2\.6 times its start, 2 steps later/);
    expect([...root.querySelectorAll(".planetitle b")].map((b) => b.textContent)).toEqual(["σ = 2.31", "ρ = 0.70"]);
    clean(); el.remove();
    const own = await mount({ mode: "layer", matrix: [0.5, 0, 0, -0.25], vector: [1, 1], biases: [0, 0] }, "en");
    expect(text(own, ".given")).toContain("(+0.50; 0.00) (0.00; −0.25)");
    expect(text(own, ".planetitle:nth-child(1) b")).toBe("σ = 0.50");
    const slider = own.querySelector<HTMLInputElement>(".dial.gain input")!;
    slider.value = "0.5"; slider.dispatchEvent(new Event("input", { bubbles: true }));
    await settle();
    expect([model.get("matrix"), model.get("gain")]).toEqual([[], 0.5]);
  });
  it("hides parts", async () => {
    const root = await mount({ hide: ["presets", "weights", "drawing", "sequence", "map", "facts", "see", "table", "link", "title"] });
    for (const gone of [".choices", ".dials", ".drawing", ".sequence", ".map", ".facts", ".see", "details", ".copy", ".title"]) expect(root.querySelector(gone), gone).toBeNull();
  });
});
