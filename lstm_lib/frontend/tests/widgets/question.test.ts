import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import widget from "../../src/widgets/question/index.tsx";
import { defaults } from "../../src/widgets/question/state.ts";
import { LocalModel } from "../../src/host/model.ts";

const settle = () => new Promise((done) => setTimeout(done, 40));
let clean: () => void = () => {}, model: LocalModel, el: HTMLElement;
async function mount(question: object, lang = "pt-BR"): Promise<ShadowRoot> {
  document.documentElement.lang = lang;
  el = document.createElement("lstm-widget");
  document.body.append(el);
  model = new LocalModel({ ...structuredClone(defaults), question });
  clean = widget.render({ model, el });
  await settle();
  return el.shadowRoot!;
}
const submit = async (root: ShadowRoot) => { root.querySelector("form")!.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true })); await settle(); };
const result = (root: ShadowRoot) => root.querySelector(".result")!.textContent;
beforeEach(() => localStorage.clear());
afterEach(() => { clean(); el.remove(); });

const both = (pt: string, en = pt) => ({ pt, en });
const common = { number: "4.2", minutes: 5, right: both("Isso."), otherwise: both("De novo.") };
const number = { ...common, id: "t/number", kind: "number", prompt: both("Quanto é $c_{t-1}$ = 2?"), answer: -1.69, tolerance: 0.005, mistakes: [{ when: 1.69, say: both("O sinal.") }] };
const choice = { ...common, id: "t/choice", kind: "choice", prompt: both("Qual?"), options: [both("a"), both("b"), both("c")], answer: 1, mistakes: [] };
const order = { ...common, id: "t/order", kind: "order", prompt: both("Ordene"), options: [both("um"), both("dois"), both("três")], answer: [1, 0, 2] };

describe("question card", () => {
  it("takes a number with comma and U+2212, and speaks to a typical mistake", async () => {
    const root = await mount(number), field = root.querySelector<HTMLInputElement>("input")!;
    const type = async (value: string) => { field.value = value; field.dispatchEvent(new Event("input", { bubbles: true })); await settle(); };
    await submit(root);
    expect(result(root)).toBe("Escreva um número, como 0,5 ou \u22121,69.");
    await type("1,69"); await submit(root);
    expect([result(root), model.get("answer"), model.get("verdict")]).toEqual(["Ainda não. O sinal.", 1.69, "wrong"]);
    await type("\u22121,69");
    expect(model.get("verdict")).toBe("");
    await submit(root);
    expect([result(root), model.get("verdict")]).toEqual(["Certo. Isso.", "right"]);
    expect(root.querySelector(".q i.q-c sub")!.textContent).toBe("t\u22121");
  });
  it("inserts texts as text", async () => {
    const root = await mount({ ...choice, prompt: both("<img src=x onerror=alert(1)> *itálico* e `f(x)`") });
    expect(root.querySelector("img")).toBeNull();
    expect(root.querySelector(".q i")!.textContent).toBe("itálico");
    expect(root.querySelector(".q code")!.textContent).toBe("f(x)");
  });
  it("keeps a prediction without judging it, and compares when asked", async () => {
    const predict = { ...choice, predict: true };
    let root = await mount(predict);
    root.querySelectorAll<HTMLInputElement>("input")[0].click(); await settle();
    await submit(root);
    expect([model.get("answer"), model.get("verdict"), result(root)]).toEqual([0, "", ""]);
    clean(); el.remove();
    root = await mount(predict); // another visit
    expect(model.get("answer")).toBe(0);
    await vi.waitFor(() => expect(root.querySelectorAll<HTMLInputElement>("input")[0].checked).toBe(true));
    root.querySelector<HTMLButtonElement>("button.pri")!.click(); await settle();
    expect(model.get("verdict")).toBe("wrong");
    expect(result(root)).toBe("Diferente da sua previsão. De novo.");
    expect([...root.querySelectorAll(".mine")].map((m) => m.textContent)).toEqual(["sua previsão", "resultado"]);
  });
  it("orders by buttons and keeps the focus on what moved", async () => {
    const root = await mount(order), up = () => root.querySelector<HTMLButtonElement>('[data-option="1"] button')!;
    up().click(); await settle();
    expect([...root.querySelectorAll(".what")].map((w) => w.textContent)).toEqual(["dois", "um", "três"]);
    expect(root.activeElement!.getAttribute("aria-label")).toBe("Descer: dois");
    await submit(root);
    expect([model.get("answer"), model.get("verdict")]).toEqual([[1, 0, 2], "right"]);
  });
  it("shows what Python answers, and the page's fallback when there is no question", async () => {
    const root = await mount(number, "en");
    model.set("answer", -0.5);
    model.set("verdict", "wrong");
    await settle();
    expect(root.querySelector<HTMLInputElement>("input")!.value).toBe("\u22120.5");
    expect(result(root)).toBe("Not yet. De novo.");
    clean(); el.remove();
    expect((await mount({})).querySelector("slot")).not.toBeNull();
  });
});
