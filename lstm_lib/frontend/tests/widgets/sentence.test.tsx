// The sentence in a stand-in page: what the reader does reaches the state, and every mark follows.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readFileSync } from "node:fs";
import { LocalModel } from "../../src/host/model.ts";
import sentence from "../../src/widgets/sentence/index.tsx";
import { evenWidth } from "../../src/widgets/sentence/Score.tsx";
import { defaults } from "../../src/widgets/sentence/state.ts";

const NAMES = ["agreement/lstm", "agreement/gru", "agreement/rnn", "agreement/rnn-long"];
const weights = Object.fromEntries(NAMES.map((name) => {
  const bytes = readFileSync(`../pretrained/${name}.safetensors`);
  return [name, new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)];
}));
const rest = (ms = 30) => new Promise((done) => setTimeout(done, ms));

let stop: (() => void) | null = null, model: LocalModel, root: ShadowRoot;
async function show(state: object): Promise<void> {
  const host = document.createElement("div");
  host.id = "sentence";
  document.body.replaceChildren(host);
  model = new LocalModel({ ...structuredClone(defaults), lang: "pt", ...state, weights });
  stop = sentence.render({ model, el: host });
  root = host.shadowRoot!;
  await rest();
}
const find = (selector: string) => root.querySelector<HTMLElement>(selector)!;
const all = (selector: string) => [...root.querySelectorAll<HTMLElement>(selector)];
const button = (text: string) => all("button").find((b) => b.textContent === text)!;
const press = async (element: Element) => { element.dispatchEvent(new MouseEvent("click", { bubbles: true })); await rest(); };
const words = () => all(".score li:not(.blank) .w").map((w) => w.firstChild!.textContent).join(" ");
const write = async (text: string) => {
  const box = find("textarea") as HTMLTextAreaElement;
  box.value = text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  await rest();
};

beforeEach(() => { document.documentElement.lang = "pt-BR"; (globalThis as { matchMedia: unknown }).matchMedia = (query: string) => ({ matches: /reduced-motion/.test(query), addEventListener() {}, removeEventListener() {} }); });
afterEach(() => { stop?.(); stop = null; history.replaceState(null, "", location.pathname); });

describe("the sentence", () => {
  it("shows who decides, and nothing of what the networks say, before the reader has predicted", async () => {
    await show({});
    expect(words()).toBe(defaults.sentence);
    expect(find(".rule").textContent).toContain("De menina");
    expect(find(".rule").textContent).not.toMatch(/feminino|masculino/);
    expect(all(".score .bar i")).toHaveLength(0);
    expect(find(".xp").textContent).not.toMatch(/certo|errado|\d\s?%/);
    expect(find(".t-from .w").textContent).toContain("menina");
    expect(all(".t-lure .w").map((w) => w.firstChild!.textContent)).toEqual(["joão"]);
    await press(button("cansada"));
    expect([model.get("guess"), model.get("reveal")]).toEqual(["feminine", true]);
    expect(all(".score .bar i")).toHaveLength(30);
    expect(all(".said .ok")).toHaveLength(2);
    expect(find(".verdict").textContent).toContain("Certo");
    expect(find(".rule").textContent).toContain("feminino");
    await press(button("Prever de novo"));
    expect([model.get("guess"), model.get("reveal")]).toEqual(["", false]);
    expect(all(".score .bar i")).toHaveLength(0);
  });

  it("keeps the answers while the sentence is changed, and forgets the prediction that was about another", async () => {
    await show({ reveal: true, guess: "feminine" });
    await press(button("Trocar só o gênero do sujeito"));
    expect(model.get("sentence")).toBe(defaults.sentence.replace("a menina", "o menino"));
    expect([model.get("guess"), model.get("reveal")]).toEqual(["", true]);
    expect(find(".rule").textContent).toContain("masculino");
    expect(all(".said .ok b").map((b) => b.textContent!.at(-1))).toEqual(["o", "o"]);
  });

  it("builds the sentence: people, phrases, and the verb beside a noun", async () => {
    await show({ reveal: true });
    const [people, phrases] = all(".count input") as HTMLInputElement[];
    people.value = "3";
    people.dispatchEvent(new Event("input", { bubbles: true }));
    await rest();
    expect(all(".t-lure")).toHaveLength(3);
    phrases.value = "0";
    phrases.dispatchEvent(new Event("input", { bubbles: true }));
    await rest();
    expect(words()).toBe("a menina disse que quando o joão viajou mas enquanto o pedro cantou e quando o vizinho chegou estava muito");
    const place = all("select").at(-1) as HTMLSelectElement;
    place.value = "beside";
    place.dispatchEvent(new Event("change", { bubbles: true }));
    await rest();
    expect(words()).toMatch(/quando o vizinho estava muito$/);
    expect(find(".t-from .w").textContent).toContain("vizinho");
    expect(find(".rule").textContent).toContain("que vem logo antes");
  });

  it("adds and takes away networks, never the last one, never more than four", async () => {
    await show({ reveal: true });
    await press(button("RNN (só longas)"));
    expect(model.get("models")).toEqual(["agreement/lstm", "agreement/rnn", "agreement/rnn-long"]);
    expect(all(".score li")[0].querySelectorAll(".note")).toHaveLength(3);
    await press(button("GRU"));
    expect(model.get("models")).toEqual(["agreement/lstm", "agreement/gru", "agreement/rnn", "agreement/rnn-long"]);
    expect((button("LSTM (só longas)") as HTMLButtonElement).disabled).toBe(true);
    for (const name of ["RNN", "GRU", "RNN (só longas)", "LSTM"]) await press(button(name));
    expect(model.get("models")).toEqual(["agreement/lstm"]);
  });

  it("stripes a bar and leaves its number out where the network expects no adjective", async () => {
    await show({ reveal: true });
    const solid = all(".score li:not(.blank)").filter((li) => !li.querySelector(".bar.weak")).map((li) => li.querySelector(".w")!.firstChild!.textContent);
    expect(solid).toEqual(["estava", "muito"]);
    expect(all(".score .p").filter((p) => p.textContent).length).toBe(4);
  });

  it("moves with the slider and says what is there", async () => {
    await show({ reveal: true });
    const slider = find(".reading input[type=range]") as HTMLInputElement;
    expect(slider.value).toBe("14");
    expect(find(".see").textContent).toContain("depois de “muito”: a LSTM espera");
    slider.value = "11";
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    await rest();
    expect(model.get("step")).toBe(11);
    expect(find(".score .cur .w").textContent).toContain("joão");
    expect(find(".see").textContent).toContain("“joão” é outra pessoa");
    expect(slider.getAttribute("aria-valuetext")).toContain("joão, palavra 12 de 15, LSTM:");
    slider.value = "14";
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    await rest();
    expect(model.get("step")).toBe(-1);
  });

  it.each([
    ["unknown words", "a <img onerror=1> xyzzy 😀 disse que estava muito", "“xyzzy”"],
    ["right-to-left text", "مرحبا שלום estava muito", "“שלום”"],
    ["no place for an adjective", "a menina disse que quando o joão", "não termina onde cabe um adjetivo"],
    ["the adjective itself", "a menina disse que estava muito cansada", "“cansada” ficou de fora"],
    ["an unknown subject", "a astronauta disse que quando o joão viajou estava muito", "De astronauta"],
    ["an unknown name", "fernanda disse que estava", "nada na sentença diz o gênero"],
    ["no known word at all", "the quick brown fox", "não há um nome"],
    ["one letter", "a", "não há um nome"],
  ])("answers usefully to %s", async (_, text, said) => {
    await show({ sentence: text, reveal: true });
    expect(root.querySelector("img")).toBeNull();
    expect(root.textContent).toContain(said);
    expect(all(".score li").length).toBeGreaterThan(1);
    expect(find(".see").textContent).not.toMatch(/NaN|undefined|sentence\./);
  });

  it("says when there is nothing to read, and brings the book's sentence back", async () => {
    await show({ sentence: "😀 …" });
    expect(root.textContent).toContain("Não há nenhuma palavra");
    await press(button("Ler a sentença do livro"));
    expect(words()).toBe(defaults.sentence);
  });

  it("adds the words that make a place for the adjective", async () => {
    await show({ sentence: "o poeta disse que quando a maria viajou", reveal: true });
    await press(button("Acrescentar “estava muito”"));
    expect(model.get("sentence")).toMatch(/viajou estava muito$/);
    expect(find(".rule").textContent).toContain("De poeta");
  });

  it("reads four hundred words with four networks, and a thousand at most", { timeout: 60_000 }, async () => {
    await show({ sentence: Array(400).fill("menina").join(" "), models: NAMES, reveal: true });
    expect(all(".score li")).toHaveLength(401);
    await write("a menina disse que " + "ontem ".repeat(1200));
    expect(all(".score li")).toHaveLength(1001);
    expect(root.textContent).toContain("primeiras 1000 palavras");
  });

  it("takes what a link says, and nothing impossible", async () => {
    await show({});
    const link = document.createElement("a");
    document.body.append(link);
    link.setAttribute("href", "#sentence?reveal=true&step=11&models=agreement/gru&guess=both&weights=1&hide=table");
    await press(link);
    expect(["reveal", "step", "models", "guess", "hide"].map((key) => model.get(key))).toEqual([true, 11, ["agreement/gru"], "", ["table"]]);
    expect(find(".score .cur .w").textContent).toContain("joão");
    link.setAttribute("href", "#sentence?step=99999&models=agreement/nothing,agreement/lstm");
    await press(link);
    expect(find(".score .cur .w").textContent).toContain("muito");
    expect(find("[role=alert]").textContent).toContain("agreement/nothing");
    expect(all(".said .ok")).toHaveLength(1);
  });

  it("hides what the link says, each part alone", { timeout: 60_000 }, async () => {
    const marks: Record<string, string> = { title: ".title", networks: ".networks", composer: ".build", predict: ".ask-box", scrubber: ".reading .scrub", see: ".see", table: ".fold", link: ".copy" };
    await show({ reveal: true });
    for (const [part, selector] of Object.entries(marks)) expect(root.querySelector(selector), part).not.toBeNull();
    for (const [part, selector] of Object.entries(marks)) { await show({ reveal: true, hide: [part] }); expect(root.querySelector(selector), part).toBeNull(); }
    await show({ hide: ["predict"] });
    expect(all(".score .bar i").length, "nothing to predict: the answers are there").toBe(30);
  });
});

describe("lines of the score", () => {
  it("are about equally full, and no more of them than there must be", () => {
    const widths = Array(16).fill(50);
    expect(evenWidth(widths, 900)).toBe(900);
    expect(evenWidth(widths, 700)).toBeLessThan(402);
    expect(evenWidth(widths, 700)).toBeGreaterThanOrEqual(400);
    expect(evenWidth([50, 600, 50], 600)).toBeGreaterThanOrEqual(599);
  });
});
