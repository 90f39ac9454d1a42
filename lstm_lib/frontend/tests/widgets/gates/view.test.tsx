// The explorable itself, in a stand-in page: what the reader does reaches the state, and every mark follows.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { readFileSync } from "node:fs";
import { LocalModel } from "../../../src/host/model.ts";
import gates from "../../../src/widgets/gates/index.tsx";
import { encodeNetwork } from "../../../src/network/own.ts";
import { defaults } from "../../../src/widgets/gates/state.ts";
import { network } from "./sample.ts";

const SEED = "a menina disse que não foi se despedir porque quando o joão viajou estava muito";
const bytes = readFileSync("../pretrained/agreement/lstm.safetensors");
const file = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const rest = () => new Promise((done) => setTimeout(done, 30));

let stop: (() => void) | null = null, model: LocalModel, root: ShadowRoot;
async function show(state: object): Promise<void> {
  const host = document.createElement("div");
  host.id = "gates";
  document.body.replaceChildren(host);
  model = new LocalModel({ ...defaults, weights: file, sentence: SEED, lang: "pt", ...state });
  stop = gates.render({ model, el: host });
  root = host.shadowRoot!;
  await rest();
}
const find = (selector: string) => root.querySelector<HTMLElement>(selector)!;
const button = (text: string) => [...root.querySelectorAll("button")].find((b) => b.textContent === text)!;
const press = async (element: Element) => { element.dispatchEvent(new MouseEvent("click", { bubbles: true })); await rest(); };

beforeEach(() => { document.documentElement.lang = "pt-BR"; });
afterEach(() => { stop?.(); stop = null; history.replaceState(null, "", location.pathname); });

describe("gates of a trained network", () => {
  it("reads the sentence and says the same number in drawing, chart, sentence and slider", async () => {
    await show({ step: 11, unit: 3 });
    expect([...root.querySelectorAll(".strip li .w")].map((w) => w.textContent).join(" ")).toBe(SEED);
    const said = /vale ([+−]?[\d,]+):/.exec(find(".see").textContent!)![1];
    expect(find("svg.cell").textContent).toContain(said);
    expect(find(".chart .now").textContent).toBe(said);
    expect(find(".reading input[type=range]").getAttribute("aria-valuetext")).toContain(said);
    expect(find(".strip .cur .w").textContent).toBe("joão");
    // Only after the copula and the intensifier is an adjective likely: these bars are solid.
    expect([...root.querySelectorAll(".strip li")].filter((li) => !li.querySelector(".weak")).map((li) => li.querySelector(".w")!.textContent)).toEqual(["estava", "muito"]);
    expect(find(".see").textContent).toContain("não espera adjetivo");
  });

  it("opens the sum for every link that names a quantity, also the one that is selected", async () => {
    await show({ step: 5 });
    const sum = () => find("details.terms") as HTMLDetailsElement, link = document.createElement("a");
    document.body.append(link);
    for (const [href, open] of [["#gates?step=6", false], ["#gates?quantity=forget_gate&step=7", true]] as const) {
      link.setAttribute("href", href);
      await press(link);
      await vi.waitFor(() => expect(sum().open).toBe(open));
    }
    sum().open = false;
    await vi.waitFor(() => {
      sum().dispatchEvent(new Event("toggle")); // as a browser says it; the stand-in page does not always
      expect(sum().querySelector(".folded")).toBeNull();
    });
    await press(link);
    await vi.waitFor(() => expect(sum().open).toBe(true));
    expect([model.get("quantity"), model.get("step")]).toEqual(["forget_gate", 7]);
  });

  it("takes no impossible value from a link", async () => {
    await show({ step: 5, quantity: "cell" });
    const link = document.createElement("a");
    document.body.append(link);
    link.setAttribute("href", "#gates?lang=xx&quantity=color&action=explode&step=abc&forget_bias_shift=NaN&weights=1");
    const before = Object.keys(defaults).map((key) => model.get(key));
    await press(link);
    expect(Object.keys(defaults).map((key) => model.get(key))).toEqual(before);
    link.setAttribute("href", "#gates?lang=en");
    await press(link);
    expect(find(".see").textContent).toContain("after “");
  });

  it("follows the slider", async () => {
    await show({ step: 11 });
    const slider = find(".reading input[type=range]") as HTMLInputElement;
    slider.value = "1";
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    await rest();
    expect(model.get("step")).toBe(1);
    expect(find(".strip .cur .w").textContent).toBe("menina");
    expect(find(".see").textContent).toContain("depois de “menina”");
  });

  it("moves unit and step with the arrows on the maps", async () => {
    await show({ step: 5, unit: 4 });
    const rows = find("input.rows");
    for (const key of ["ArrowDown", "ArrowRight"]) rows.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    await rest();
    expect([model.get("unit"), model.get("step")]).toEqual([5, 6]);
    expect(rows.getAttribute("aria-valuetext")).toContain("unidade 5");
  });

  it("shows the sum behind a value that is pressed, and its printed terms add up", async () => {
    await show({ step: 11 });
    expect(root.querySelector(".term-table")).toBeNull();
    await press(find('.pick[data-quantity="input_gate"]'));
    expect(model.get("quantity")).toBe("input_gate");
    const read = (cell: Element) => Math.round(Number(cell.textContent!.replace("−", "-").replace(",", ".")) * 1000);
    const terms = [...root.querySelectorAll(".term-table tbody .product")].map(read);
    expect(terms.length).toBe(8);
    expect(terms.reduce((a, b) => a + b, 0)).toBe(read(root.querySelector(".term-table tfoot .product")!));
  });

  it("switches the chosen unit off, keeps it off while another is looked at, and undoes it", async () => {
    await show({ step: 14, unit: 7 });
    await press(button("Desligar"));
    expect([model.get("action"), model.get("action_unit")]).toEqual(["off", 7]);
    expect(find(".see").textContent).toContain("você a desligou");
    expect(root.querySelectorAll(".bar s").length).toBe(15);
    await press(root.querySelector("[aria-label='Próxima unidade']")!);
    expect([model.get("unit"), model.get("action_unit")]).toEqual([8, 7]);
    expect(find(".effect").textContent).toContain("A unidade 7 está desligada");
    await press(button("Desfazer"));
    expect(model.get("action")).toBe("none");
    expect(root.querySelectorAll(".bar s").length).toBe(0);
  });

  it("finds the unit that differs: the first of the sorted rows flips the prediction", async () => {
    await show({ step: 14, compare: SEED.replace("a menina", "o menino") });
    await press(button("Ordenar pela diferença"));
    const unit = Number(/a unidade (\d+) muda/.exec(find(".map-tools").textContent!)![1]);
    expect(find(".map-tools").textContent).toContain(`Só a ${unit} tem sinais opostos`);
    model.set("unit", unit);
    model.set("step", 7);
    await rest();
    await press(button("Inverter aqui"));
    const [before, after] = [...find(".effect").querySelectorAll("b")].map((b) => Number(b.textContent!.replace(",", ".").replace(/[^\d.]/g, "")));
    expect(before).toBeGreaterThan(90);
    expect(after).toBeLessThan(10);
  });

  it("hides what the link says, each group alone", { timeout: 60_000 }, async () => {
    const parts: Record<string, string> = { composer: "Trocar a sentença", own: "Usar outros pesos" };
    for (const [part, text] of Object.entries(parts)) { await show({ sentence: "a menina estava", hide: [part] }); expect(button(text)).toBeUndefined(); }
    const marks: Record<string, string> = { scrubber: ".reading .scrub", share: ".bar", cell: ".cellbox", unit: ".unit", actions: ".do", maps: ".maps", terms: ".terms", see: ".see", table: ".fold:not(.terms)", shift: ".shift", title: ".title", link: ".copy" };
    await show({ sentence: "a menina estava" });
    for (const selector of Object.values(marks)) expect(root.querySelector(selector), selector).not.toBeNull();
    for (const [part, selector] of Object.entries(marks)) { await show({ sentence: "a menina estava", hide: [part] }); expect(root.querySelector(selector), part).toBeNull(); }
  });

  it("names unknown words as text, never as markup, and still runs", async () => {
    await show({ sentence: "a <img onerror=1> 😀 xyzzy مرحبا" });
    expect(root.querySelector("img")).toBeNull();
    expect(find(".notices").textContent).toContain("“xyzzy”");
    expect(root.querySelectorAll(".strip li").length).toBeGreaterThan(3);
  });

  it("says when there is nothing to read, and opens the composer", async () => {
    await show({ sentence: "😀 …" });
    expect(find(".state").textContent).toContain("Não há nenhuma palavra");
    const box = root.querySelector<HTMLInputElement>(".composer input.textin")!;
    box.value = "a menina estava";
    box.dispatchEvent(new Event("input", { bubbles: true }));
    await rest();
    expect(model.get("sentence")).toBe("a menina estava");
    expect(root.querySelectorAll(".strip li").length).toBe(3);
  });

  it("shows a plain nn.LSTM with numbers: no words, no share", async () => {
    await show({ weights: encodeNetwork(network(2, 4)), sentence: "", inputs: [[1, 0], [0, 1], [0.5, 0.5]] });
    expect(root.querySelector(".strip")).toBeNull();
    expect(find(".meta").textContent).toContain("4 unidades, 2 entradas");
    expect(find(".see").textContent).not.toContain("probabilidade");
    model.set("inputs", [[1, 0], [1]]);
    await rest();
    expect(find(".state").textContent).toContain("passo 2");
  });

  it("reads four hundred words, and brings wild numbers of a link into range", { timeout: 30_000 }, async () => {
    await show({ sentence: Array(400).fill("menina").join(" "), step: 9999, unit: -4, action: "flip", action_unit: 900, action_step: 12345 });
    expect(root.querySelectorAll(".strip li").length).toBe(400);
    expect(find(".reading input[type=range]").getAttribute("aria-valuetext")).toContain("palavra 400 de 400");
    expect(find(".unit-name").textContent).toBe("Unidade 0");
  });

  it("says what is wrong with weights that cannot be read", async () => {
    await show({ weights: new DataView(new TextEncoder().encode("not a network at all").buffer) });
    expect(find("[role=alert]").textContent).toContain("safetensors");
    await show({ weights: null, model: "" });
    expect(find(".state").textContent).toContain("Nenhuma rede");
  });
});
