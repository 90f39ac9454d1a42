// Before and after training: the same measures, words and fresh weights as in Python, and what the reader can do.
import { readFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { measure, untrained } from "../../src/core/after_training.ts";
import { LanguageModel } from "../../src/core/language_model.ts";
import { LocalModel } from "../../src/host/model.ts";
import { translate, type Language } from "../../src/host/locale.ts";
import { counterparts } from "../../src/sentences/pair.ts";
import type { Words } from "../../src/sentences/write.ts";
import { formatNumber, formatPercent } from "../../src/ui/format.ts";
import afterTraining from "../../src/widgets/after-training/index.tsx";
import { finiteRuns, powerTicks, powers } from "../../src/widgets/after-training/layout.ts";
import { endOf } from "../../src/widgets/after-training/lines.ts";
import { QUANTITIES, defaults } from "../../src/widgets/after-training/state.ts";
import { measureAll, twinsOf } from "../../src/widgets/after-training/store.ts";
import { flipsAt, writeLog } from "../../src/widgets/after-training/write.ts";
import vectors from "../../../../tests/vectors/after_training.json";

const MODELS = ["agreement/rnn-long", "agreement/rnn", "agreement/lstm-long", "agreement/lstm", "agreement/gru"];
const file = (name: string): DataView => {
  const bytes = readFileSync(`../pretrained/${name}.safetensors`);
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
};
const models = new Map(MODELS.map((name) => [name, LanguageModel.fromSafetensors(file(name))]));
const words = (language: Language): Words => ({
  t: (key, params) => translate(language, key, params), num: (value, options) => formatNumber(value, language, options),
  percent: (share, digits) => formatPercent(share, language, digits), language,
});
const near = (made: ArrayLike<number>, known: readonly number[], why: string) => {
  expect(made.length, why).toBe(known.length);
  known.forEach((value, k) => expect(Math.abs(made[k] - value), `${why} ${k}`).toBeLessThan(1e-7 + 1e-7 * Math.abs(value)));
};

describe("the measures", () => {
  it.each(vectors.cases.map((found) => [found.why, found] as const))("are Python's: %s", (_, found) => {
    const pair = counterparts(found.words, found.distance), twins = twinsOf(pair);
    for (const [name, known] of Object.entries(found.found)) {
      const shipped = models.get(name)!, one = measureAll(name, found.trained ? shipped : untrained(shipped), twins, -1), m = one.measures;
      near(m.margins, known.margins, `${name} margins`);
      near([m.slope], [known.slope], `${name} slope`);
      near(m.hidden, known.hidden, `${name} hidden`);
      near(one.jacobian(), known.jacobian, `${name} jacobian`);
      near(m.difference, known.difference, `${name} difference`);
      near(one.pushes().filter((_, k) => k % 10 === 0), known.pushes, `${name} pushes`);
      expect(m.unit).toBe(known.unit);
      if (known.cell) { near(m.cell!, known.cell, `${name} cell`); near(m.kept!, known.kept!, `${name} kept`); } else expect([m.cell, m.kept]).toEqual([null, null]);
      expect(flipsAt(one)).toBe(known.flips);
      for (const quantity of QUANTITIES) expect(endOf(one, quantity)?.verdict ?? null, `${name} ${quantity}`).toBe(known.verdicts[quantity]);
      const theory = one.theory(), lag = m.T - 1;
      if (theory) near([theory.largest * lag, theory.radius * lag], [known.theory["largest" as never], known.theory["radius_bare" as never]], `${name} theory`);
    }
  });

  it("find the Jacobian at one word as in the whole line", () => {
    const lm = models.get("agreement/gru")!, twins = twinsOf(counterparts(defaults.sentence.split(" "), 30));
    expect(measureAll("x", lm, twins, -1).jacobianThere()).toBeCloseTo(measureAll("x", lm, twins, -1).jacobian()[1], 9);
  });

  it("begin with Python's fresh weights", () => {
    for (const [name, arrays] of Object.entries(vectors.fresh)) {
      const made = untrained(models.get(name)!), { network } = made;
      const found: Record<string, Float64Array> = { embedding: made.embedding, decoder_weight: made.decoder_weight, decoder_bias: made.decoder_bias, ...Object.fromEntries((["weight_ih", "weight_hh", "bias_ih", "bias_hh"] as const).map((key) => [key, network[key]])) };
      for (const [key, known] of Object.entries(arrays)) near([...found[key].subarray(0, 3), found[key].at(-1)!], known, `${name} ${key}`);
    }
  });

  it("take the unit that is named", () => {
    const lm = models.get("agreement/lstm")!, twins = twinsOf(counterparts(defaults.sentence.split(" ")));
    expect([4, 400].map((unit) => measure(lm, twins, unit).unit)).toEqual([4, 31]);
  });

  it("are written as in Python", () => {
    for (const [language, kind, log, written] of vectors.written as [Language, "gradient" | "jacobian", number, string][]) expect(writeLog(kind, log, words(language)), `${kind} ${log}`).toBe(written);
  });
});

describe("the axis", () => {
  it("is the same for every quantity, and only grows", () => {
    expect(powers([])).toEqual([-12, 2]);
    expect(powers([{ logs: [0, -3, -Infinity] }])).toEqual([-12, 2]);
    expect(powers([{ logs: [-13.1, 27.8] }])).toEqual([-14, 28]);
    expect(powerTicks([-12, 2])).toEqual([2, 0, -2, -4, -6, -8, -10, -12]);
    expect(powerTicks([-14, 28])).toContain(0);
    expect(finiteRuns([-Infinity, 1, 2, -Infinity, 3])).toEqual([[1, 2], [4, 4]]);
  });
});

const rest = (ms = 30) => new Promise((done) => setTimeout(done, ms));
let stop: (() => void) | null = null, model: LocalModel, root: ShadowRoot;
async function show(state: object): Promise<void> {
  const host = document.createElement("div");
  host.id = "trained";
  document.documentElement.lang = "pt-BR";
  document.body.replaceChildren(host);
  model = new LocalModel({ ...defaults, weights: Object.fromEntries(MODELS.map((name) => [name, file(name)])), lang: "pt", distance: 0, ...state });
  stop = afterTraining.render({ model, el: host });
  root = host.shadowRoot!;
  await rest();
}
const find = (selector: string) => root.querySelector<HTMLElement>(selector)!;
const texts = (selector: string) => [...root.querySelectorAll(selector)].map((element) => element.textContent);
const press = async (selector: string, text: string) => {
  [...root.querySelectorAll(selector)].find((button) => button.textContent!.startsWith(text))!.dispatchEvent(new MouseEvent("click", { bubbles: true }));
  await rest();
};

describe("the explorable", () => {
  afterEach(() => { stop?.(); stop = null; history.replaceState(null, "", location.pathname); });

  it("says one number at the line's end, in the row and in the sentence", async () => {
    await show({ distance: 40 });
    expect(texts(".chart:first-of-type .end .name").slice(0, 4)).toEqual(["RNN (só longas)", "RNN", "LSTM", "LSTM, célula"]);
    const ends = texts(".end .left"), chosen = texts(".rows td.measure.chosen .num");
    expect(ends.slice(0, 3)).toEqual(chosen);
    for (const value of chosen) expect(find(".see").textContent).toContain(value!);
    expect(texts(".end .verdict-word").slice(0, 4)).toEqual(["enfraquece", "some", "enfraquece", "enfraquece"]);
    expect(find(".see").textContent).toContain("Resta mais gradiente em RNN (só longas), que não acerta, do que em RNN, que acerta.");
  });

  it("starts at the end of the way: the noun for the slopes, the last word for the difference", async () => {
    await show({});
    expect(find(".strip .cur .w").textContent).toBe("menina");
    await press(".quantity", "O que resta");
    expect(find(".strip .cur .w").textContent).toBe("muito");
    expect([model.get("quantity"), model.get("step")]).toEqual(["difference", -1]);
    await press(".quantity", "O que guarda");
    expect(find(".strip .cur .w").textContent).toBe("menina");
    expect(texts(".chart .end.cell .name")).toEqual(["LSTM, célula 27"]);
  });

  it("goes back before training, and no network is right there", async () => {
    await show({});
    await press(".btn", "antes do treino");
    expect(model.get("trained")).toBe(false);
    expect(root.querySelectorAll(".rows .said.no").length).toBe(3);
    expect(texts(".rows small")[0]).toBe("pesos novos, mesmos tamanhos");
  });

  it("says where there is no cell to follow", async () => {
    await show({ models: ["agreement/rnn"], quantity: "kept" });
    expect(find(".caption").textContent).toContain("escolha uma LSTM");
    expect(find(".see").textContent).toContain("nenhuma das redes mostradas tem célula");
    expect(root.querySelectorAll(".chart .curve.cell").length).toBe(0);
  });

  it("pushes the state by the slider, and says where the answer turns", async () => {
    await show({ distance: 40 });
    const slider = find(".pushbox input") as HTMLInputElement;
    slider.value = "20";
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    await rest();
    expect(model.get("push")).toBe(40);
    expect(find(".here-share").textContent).toBe("40\u00a0%");
    expect(texts(".pushbox .verdict-word")).toEqual(["não vira", "vira em 30\u00a0%", "vira em 60\u00a0%"]);
    expect(slider.getAttribute("aria-valuetext")).toMatch(/40\u00a0% do caminho de “a menina” a “o menino”.*RNN: −6,25/);
  });

  it("draws theory where the reader asks for it, and the axis grows with it", async () => {
    await show({ distance: 40 });
    expect(root.querySelectorAll(".theory").length).toBe(0);
    await press(".textbtn", "O que a teoria");
    expect(root.querySelectorAll(".theory").length).toBe(4);
    expect(texts(".theory-name")[0]).toMatch(/^maior valor singular: 10 elevado a 28$/);
    await press(".quantity", "O que resta");
    expect(root.querySelectorAll(".theory").length).toBe(0);
  });

  it("has words for every odd text", async () => {
    await show({});
    for (const [sentence, said] of [["  !! ", /Não há nenhuma palavra/], ["<img src=x> 🦆 שלום", /começam por “a menina” e “o menino”/], ["raquel", /não pode ser alongada/], ["ontem a menina disse que estava", /Resta|resta/]] as const) {
      model.set("sentence", sentence);
      await rest(160);
      expect(root.textContent).toMatch(said);
      expect(root.querySelector("img")).toBeNull();
      expect(root.innerHTML).not.toMatch(/NaN|Infinity/);
    }
    model.set("quantity", "difference");
    await rest();
    expect(root.innerHTML).not.toMatch(/NaN|Infinity/);
  });

  it("hides what a link hides", async () => {
    const parts = { title: ".title", link: ".copy", composer: ".tools", distance: ".length", strip: ".strip", training: ".joined", networks: ".networks", quantity: ".quantities", chart: ".chartbox svg[role=img]", theory: ".caption .textbtn", scrubber: ".chartbox .scrub", rows: ".rows", push: ".pushbox", see: ".see", table: ".fold" };
    await show({});
    for (const selector of Object.values(parts)) expect(find(selector), selector).not.toBeNull();
    for (const [part, selector] of Object.entries(parts)) {
      model.set("hide", [part]);
      await rest();
      expect(find(selector), part).toBeNull();
    }
  });
});
