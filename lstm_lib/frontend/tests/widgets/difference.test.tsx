// The trace of a difference: the same pairs, numbers and words as in Python, an honest axis, and what the reader can do.
import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { LanguageModel } from "../../src/core/language_model.ts";
import { LocalModel } from "../../src/host/model.ts";
import { translate, type Language } from "../../src/host/locale.ts";
import { formatNumber, formatPercent } from "../../src/ui/format.ts";
import difference from "../../src/widgets/difference/index.tsx";
import { apart, decades, linearAxis, logAxis, markedSteps, ribbon, runs } from "../../src/widgets/difference/layout.ts";
import { marks } from "../../src/sentences/Marker.tsx";
import { FORMS, counterparts, withSubject } from "../../src/sentences/pair.ts";
import { defaults } from "../../src/widgets/difference/state.ts";
import { VERDICTS, verdictOf } from "../../src/core/difference.ts";
import { writeDistance, writeShare, type Words } from "../../src/sentences/write.ts";
import { compare, shareAt, type Line } from "../../src/widgets/difference/trace.ts";
import { right, seeSentence } from "../../src/widgets/difference/write.ts";
import vectors from "../../../../tests/vectors/difference.json";

const MODELS = ["agreement/rnn-long", "agreement/rnn", "agreement/lstm", "agreement/gru"];
const file = (name: string): DataView => {
  const bytes = readFileSync(`../pretrained/${name}.safetensors`);
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
};
const models = new Map(MODELS.map((name) => [name, LanguageModel.fromSafetensors(file(name))]));
const words = (language: Language): Words => ({
  t: (key, params) => translate(language, key, params), num: (value, options) => formatNumber(value, language, options),
  percent: (share, digits) => formatPercent(share, language, digits), language,
});
const line = (values: number[], start = 0): Line => ({ name: "x", unit: null, values: Float64Array.from(values), first: values[start], verdict: "stays" });
const SEED = defaults.sentence.split(" ");

describe("a pair of sentences", () => {
  it.each(vectors.cases.map((found) => [found.why, found] as const))("is Python's: %s", (_, found) => {
    const pair = counterparts(found.words, found.distance);
    expect([pair.feminine, pair.masculine, pair.start]).toEqual([found.feminine, found.masculine, found.start]);
    expect(pair.expected && pair.expected.map((gender) => FORMS[gender])).toEqual(found.expected);
  });

  it("differs in the subject only, and has the length that was asked for", () => {
    for (let distance = 14; distance <= 120; distance++) {
      const { feminine, masculine, subject: [from, to], distance: found } = counterparts(SEED, distance);
      expect(found).toBe(distance);
      expect(feminine.flatMap((word, k) => (word === masculine[k] ? [] : [k]))).toEqual([from, to]);
    }
  });

  it("begins as the shorter one did, so that a curve only grows", () => {
    for (let distance = 14; distance < 60; distance++) {
      const [one, next] = [distance, distance + 1].map((d) => counterparts(SEED, d).feminine);
      const same = one.findIndex((word, k) => word !== next[k]);
      expect(same).toBeGreaterThanOrEqual(13 + Math.max(0, distance - 14 - 4)); // the last phrase and the ending may change
    }
  });

  it("keeps the words when the subject is another", () => {
    expect(withSubject("o menino disse que estava".split(" "), ["a", "criança"]).join(" ")).toBe("a criança disse que estava");
    expect(withSubject("hoje raquel chorou".split(" "), ["a", "menina"]).join(" ")).toBe("hoje a menina chorou");
    expect(withSubject(["xyz"], ["raquel"]).join(" ")).toBe("raquel xyz");
  });
});

describe("the difference", () => {
  it.each(vectors.cases.map((found) => [found.why, found] as const))("is Python's: %s", (_, found) => {
    const pair = counterparts(found.words, found.distance);
    for (const name of MODELS) {
      const made = compare(name, models.get(name)!, pair, "cell", -1), known = found.differences[name as keyof typeof found.differences];
      expect(made.hidden.values.length).toBe(known.length);
      known.forEach((value, k) => expect(Math.abs(made.hidden.values[k] - value)).toBeLessThan(1e-9 + 1e-8 * value));
      expect(made.hidden.verdict).toBe(found.verdicts[name as keyof typeof found.verdicts]);
      expect([FORMS[made.answer.feminine], FORMS[made.answer.masculine]]).toEqual(found.answers[name as keyof typeof found.answers]);
      if (name !== "agreement/lstm") { expect(made.cell).toBeNull(); continue; }
      const [unit, cells] = found.cells[name] as [number, number[]];
      expect(made.cell!.unit).toBe(unit);
      cells.forEach((value, k) => expect(Math.abs(made.cell!.values[k] - value)).toBeLessThan(1e-9 + 1e-8 * value));
    }
  });

  it("has Python's thresholds, and they are inclusive", () => {
    expect(VERDICTS).toEqual(vectors.verdicts);
    expect([2, 1.999, 0.5, 0.4999, 0.02, 0.0199, 0, null].map(verdictOf)).toEqual(["grows", "stays", "stays", "weakens", "weakens", "fades", "fades", "none"]);
  });

  it("takes the unit that is named, and the last one if there is none of that number", () => {
    const pair = counterparts(SEED), lm = models.get("agreement/lstm")!;
    expect([5, 500].map((unit) => compare("lstm", lm, pair, "cell", unit).cell!.unit)).toEqual([5, 31]);
    expect(compare("lstm", lm, pair, "hidden", 5).cell).toBeNull();
  });

  it("has no share where it starts at zero", () => {
    expect(shareAt(line([0, 1]), 1)).toBeNull();
    expect(shareAt(line([4, 1]), 1)).toBe(0.25);
  });
});

describe("words", () => {
  it("are written as in Python", () => {
    for (const [language, value, distance, share] of vectors.written as [Language, number, string, string][]) {
      expect([writeDistance(value, words(language)), writeShare(value, words(language))]).toEqual([distance, share]);
    }
    expect(writeShare(null, words("pt"))).toBe("sem começo");
  });

  it("say what is left at the word, and how each network answers", () => {
    const pair = counterparts(SEED, 40), compared = MODELS.slice(0, 3).map((name) => compare(name, models.get(name)!, pair, "hidden", -1));
    const said = seeSentence(compared, pair, 21, words("pt"));
    for (const { hidden } of compared) {
      expect(said).toContain(`**${writeShare(hidden.values[21] / hidden.values[1], words("pt"))}** (**${writeDistance(hidden.values[21], words("pt"))}**)`);
    }
    expect(said).toMatch(/em “\S+”, 20 palavras depois de “menina”/);
    expect(said).toMatch(/RNN \(só longas\), \*cansad[ao]\* para as duas; RNN, \*cansada\* e \*cansado\*/);
    expect(seeSentence(compared, pair, 1, words("en"))).toMatch(/^“menina” is the start/);
    expect(seeSentence(compared, pair, 2, words("en"))).toContain("1 word after “menina”");
    expect(seeSentence(compared, pair, 0, words("en"))).toContain("before “menina”");
  });

  it("call an answer right by the rule: two forms, or one where another noun decides", () => {
    const pair = counterparts(SEED), trap = counterparts("a tia disse que quando o joão estava".split(" "));
    const answer = { likely: true };
    expect(right({ ...answer, feminine: "f", masculine: "m" }, pair)).toBe(true);
    expect(right({ ...answer, feminine: "m", masculine: "m" }, pair)).toBe(false);
    expect(trap.governor).toBe(6);
    expect(right({ ...answer, feminine: "m", masculine: "m" }, trap)).toBe(true);
    expect(right({ ...answer, feminine: "f", masculine: "m" }, trap)).toBe(false);
    expect(right({ ...answer, feminine: "f", masculine: "m" }, counterparts(["a", "menina", "chorou"]))).toBeNull();
    expect(right({ ...answer, likely: false, feminine: "f", masculine: "m" }, pair)).toBeNull();
  });
});

describe("the chart's axis", () => {
  it("is absolute: it grows in steps of two decades and is never fitted", () => {
    expect(decades([line([3, 2])])).toEqual([-4, 1]);
    expect(decades([line([3, 1.01e-4])])).toEqual([-4, 1]);
    expect(decades([line([3, 0.99e-4])])).toEqual([-6, 1]);
    expect(decades([line([30, 1e-9])])).toEqual([-10, 2]);
    expect(decades([line([0, 0])])).toEqual([-4, 1]);
  });

  it("puts a tenth as far below one as one below ten", () => {
    const axis = logAxis([line([5, 0.1])], 0, 500);
    expect(axis.y(0.1) - axis.y(1)).toBeCloseTo(axis.y(1) - axis.y(10));
    expect([axis.y(10), axis.y(1e-4), axis.zero]).toEqual([0, 500, null]);
  });

  it("gives exact zero a place of its own, below every number however small", () => {
    const axis = logAxis([line([5, 1e-11, 0])], 0, 500);
    expect(axis.zero).not.toBeNull();
    expect(axis.y(0)).toBe(axis.zero);
    expect(axis.y(1e-12)).toBeLessThanOrEqual(axis.end);
    expect(axis.end).toBeLessThan(axis.zero! - 20);
    expect(runs([0, 2, 3, 0, 0, 1])).toEqual([[1, 2], [5, 5]]);
  });

  it("says where only rounding is left, when it goes that far", () => {
    expect(logAxis([line([5, 1e-9])], 0, 500).noise).toBeNull();
    const deep = logAxis([line([5, 3e-16])], 0, 500);
    expect(deep.noise).toBeCloseTo(deep.y(1e-14));
  });

  it("is linear from zero on request", () => {
    const axis = linearAxis([line([5.5, 0])], 0, 300);
    expect([axis.y(0), axis.y(6), axis.y(3)]).toEqual([300, 0, 150]);
    expect(axis.ticks[0].value).toBeCloseTo(0);
  });

  it("draws a line as thick as it is told", () => {
    const path = ribbon([[0, 50], [10, 50], [20, 50]], [4, 2, 1]), ys = [...path.matchAll(/,([\d.]+)/g)].map((found) => Number(found[1]));
    expect(ys).toEqual([52, 51, 50.5, 49.5, 49, 48]);
    expect(ribbon([[5, 5]], [2])).toMatch(/^M4,5A/);
    expect(ribbon([[0, 0], [10, 10]], [2, 2])).not.toContain("NaN");
    expect(ribbon([[3, 3], [3, 3]], [2, 2])).not.toContain("NaN");
  });

  it("keeps labels apart and marks few words", () => {
    const placed = apart([100, 101, 99, 300], 40, 0, 340);
    const sorted = [...placed].sort((a, b) => a - b);
    sorted.slice(1).forEach((y, k) => expect(y - sorted[k]).toBeGreaterThanOrEqual(40));
    expect(Math.min(...placed)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...apart([330, 335, 339], 40, 0, 340))).toBeLessThanOrEqual(340);
    expect(markedSteps(1, 15)).toEqual([1, 6, 11, 14]);
    expect(markedSteps(1, 62).at(-1)).toBe(61);
    expect(markedSteps(0, 1)).toEqual([0]);
  });

  it("gives each network a shape", () => {
    expect(marks(["agreement/lstm", "mine", "agreement/rnn-long"]).map(({ shape, full }) => [shape, full])).toEqual([["square", true], ["diamond", true], ["circle", false]]);
    expect(new Set(marks([...MODELS, "agreement/lstm-long", "mine", "yours"]).map((mark) => JSON.stringify(mark))).size).toBe(7);
  });
});

const rest = (ms = 30) => new Promise((done) => setTimeout(done, ms));
let stop: (() => void) | null = null, model: LocalModel, root: ShadowRoot;
async function show(state: object): Promise<void> {
  const host = document.createElement("div");
  host.id = "difference";
  document.body.replaceChildren(host);
  const weights = Object.fromEntries(MODELS.map((name) => [name, file(name)]));
  model = new LocalModel({ ...defaults, weights, lang: "pt", ...state });
  stop = difference.render({ model, el: host });
  root = host.shadowRoot!;
  await rest();
}
const find = (selector: string) => root.querySelector<HTMLElement>(selector)!;
const texts = (selector: string) => [...root.querySelectorAll(selector)].map((element) => element.textContent);
const press = async (text: string) => {
  [...root.querySelectorAll("button")].find((button) => button.textContent === text)!.dispatchEvent(new MouseEvent("click", { bubbles: true }));
  await rest();
};
async function slide(selector: string, value: number): Promise<void> {
  const slider = find(selector) as HTMLInputElement;
  slider.value = String(value);
  slider.dispatchEvent(new Event("input", { bubbles: true }));
  await rest();
}

describe("the explorable", () => {
  beforeEach(() => { document.documentElement.lang = "pt-BR"; });
  afterEach(() => { stop?.(); stop = null; history.replaceState(null, "", location.pathname); });

  it("says one number in the chart, in the row, in the sentence and to a screen reader", async () => {
    await show({ distance: 40, step: 20 });
    const shown = texts(".rows tbody td.num.left"), numbers = texts(".rows tbody td.num:not(.left)");
    expect(texts(".here .share")).toEqual(shown);
    for (const part of [...shown, ...numbers]) expect(find(".see").textContent).toContain(part!);
    for (const number of numbers) expect(find(".chart input").getAttribute("aria-valuetext")).toContain(number!);
    expect(texts(".verdict-word")).toEqual(["some", "fica", "fica"]);
    expect(find(".chart svg").getAttribute("aria-label")).toMatch(/RNN \(só longas\): [\d,]+ no começo, [\d,]+ no fim, some\./);
  });

  it("shows both sentences as one strip that differs in two places", async () => {
    await show({});
    expect(root.querySelectorAll(".strip li[data-t]").length).toBe(15);
    expect(texts(".strip li[data-t='0'] .w")).toEqual(["a", "o"]);
    expect(texts(".strip li[data-t='1'] .w")).toEqual(["menina", "menino"]);
    expect(texts(".strip li[data-t='2'] .w")).toEqual(["disse"]);
    expect(texts(".strip .asked i")).toEqual(["cansada", "cansado"]);
  });

  it("stays at the end when the sentence grows, and writes no step for it", async () => {
    await show({});
    await slide(".length input", 60);
    expect([model.get("distance"), model.get("step")]).toEqual([60, -1]);
    expect(find(".strip .cur .w").textContent).toBe("muito");
    await slide(".chart input", 5);
    expect(model.get("step")).toBe(5);
    await slide(".length input", 14);
    expect(model.get("distance")).toBe(0);
    expect(find(".strip .cur .w").textContent).toBe("foi");
  });

  it("adds and removes networks, but never the last", async () => {
    await show({ models: ["agreement/lstm"] });
    await press("LSTM");
    expect(model.get("models")).toEqual(["agreement/lstm"]);
    await press("RNN (só longas)");
    await press("GRU");
    expect(model.get("models")).toEqual(["agreement/rnn-long", "agreement/lstm", "agreement/gru"]);
    expect(texts(".end .name")).toEqual(["RNN (só longas)", "LSTM", "GRU"]);
    await press("LSTM");
    expect(model.get("models")).toEqual(["agreement/rnn-long", "agreement/gru"]);
  });

  it("draws the cell of the unit that keeps most, or of the one that is named", async () => {
    await show({ of: "cell" });
    const unit = Number(vectors.cases[0].cells["agreement/lstm"][0]);
    expect(texts(".end.cell .name")).toEqual([`LSTM, célula ${unit}`]);
    model.set("unit", 3);
    await rest();
    expect(texts(".end.cell .name")).toEqual(["LSTM, célula 3"]);
    await press("ca célula da LSTM");
    expect(root.querySelector(".curve.cell")).toBeNull();
  });

  it("changes the pair and keeps the rest of the sentence", async () => {
    await show({ distance: 30 });
    const select = find(".setting select") as HTMLSelectElement;
    select.value = "3";
    select.dispatchEvent(new Event("change", { bubbles: true }));
    await rest();
    expect(texts(".strip li[data-t='0'] .w")).toEqual(["raquel", "andré"]);
    expect(model.get("sentence")).toBe(defaults.sentence.replace("a menina", "raquel"));
  });

  it("shows exact zeros as zeros, apart from the scale", async () => {
    await show({ sentence: "ontem a menina disse que estava", step: 0 });
    expect(texts(".axis")).toContain("exatamente zero");
    expect(root.querySelectorAll(".nil").length).toBe(3);
    expect(root.querySelectorAll(".drop").length).toBe(3);
    expect(texts(".rows tbody td.num:not(.left)")).toEqual(["0", "0", "0"]);
    expect(texts(".here .share")).toEqual([]);
  });

  it("has words for every odd text", async () => {
    await show({});
    for (const [sentence, said] of [
      ["  !! ", /Não há nenhuma palavra/], ["<img src=x onerror=alert(1)> 🦆 שלום", /começam por “a menina” e “o menino”/],
      [`a menina ${"voa ".repeat(1200)}`, /foram lidas as primeiras 1000 palavras/], ["raquel disse que quando o joão estava", /é “joão” quem decide/],
      ["a menina chorou", /não pode ser alongada/], [`a menina ${"e saiu ".repeat(60)} estava`, /já é mais longa/],
    ] as const) {
      model.set("sentence", sentence);
      await rest(60);
      expect(root.textContent).toMatch(said);
      expect(root.querySelector("img")).toBeNull();
      expect(root.innerHTML).not.toContain("NaN");
    }
  });

  it("names a network that is not there, and draws the others", async () => {
    await show({ models: ["agreement/none", "agreement/rnn"] });
    expect(find("[role=alert]").textContent).toContain("agreement/none");
    expect(texts(".end .name")).toEqual(["RNN"]);
  });

  it("hides what a link hides", async () => {
    const parts = { title: ".title", link: ".copy", composer: ".tools", distance: ".length", networks: ".networks", scale: ".scale", strip: ".strip", chart: ".chart svg[role=img]", scrubber: ".chart .scrub", answers: ".rows", see: ".see", table: ".fold" };
    await show({});
    for (const selector of Object.values(parts)) expect(find(selector), selector).not.toBeNull();
    for (const [part, selector] of Object.entries(parts)) {
      model.set("hide", [part]);
      await rest();
      expect(find(selector), part).toBeNull();
    }
  });
});
