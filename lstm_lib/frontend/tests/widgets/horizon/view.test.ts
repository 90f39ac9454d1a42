// The explorable itself, over the recorded runs: what the reader does reaches the state, and every mark follows.
import { afterEach, describe, expect, it } from "vitest";
import type { LocalModel } from "../../../src/host/model.ts";
import widget from "../../../src/widgets/horizon/index.tsx";
import { RECORDED, createHorizon } from "../../../src/widgets/horizon/data.ts";
import { LAGS, defaults } from "../../../src/widgets/horizon/state.ts";
import { mounted, press, settle } from "../../mount.ts";

const record = createHorizon(RECORDED), KEYS = record.networks.map((n) => n.key);
let clean: () => void = () => {}, model: LocalModel, root: ShadowRoot;

async function mount(state: object = {}, lang = "pt-BR"): Promise<void> {
  clean();
  ({ model, root, clean } = await mounted(widget, "horizon", { ...defaults, ...state }, lang));
}
afterEach(() => { clean(); clean = () => {}; location.hash = ""; });
const find = (selector: string) => root.querySelector<HTMLElement>(selector)!;
const text = (selector: string) => (find(selector)?.textContent ?? "").replace(/\u00a0/g, " ");
const unfold = async () => { const fold = root.querySelector<HTMLDetailsElement>("details.fold")!; fold.open = true; fold.dispatchEvent(new Event("toggle")); await settle(); };
const click = async (target: Element) => { target.dispatchEvent(new MouseEvent("click", { bubbles: true })); await settle(); };

describe("the horizon", () => {
  it("draws every network that is shown, with its name at the end of its line, and every seed", async () => {
    await mount({ networks: KEYS });
    expect([...root.querySelectorAll(".names .name")].map((n) => n.getAttribute("data-network"))).toEqual(KEYS);
    for (const key of KEYS) {
      const drawn = [...root.querySelectorAll(`.main .series[data-network="${key}"]`)];
      const count = (what: string, one: RegExp) => drawn.reduce((n, g) => n + (g.querySelector(what)?.getAttribute("d")?.match(one)?.length ?? 0), 0);
      const runs = [0, ...LAGS].flatMap((lag) => record.own(key, lag)?.kinds ?? []);
      expect(count(".seeds", /h0/g), key).toBe(runs.filter((kind) => kind !== "window").length);
      expect(count(".crosses", /M/g), key).toBe(runs.filter((kind) => kind === "window").length);
    }
    expect(root.innerHTML).not.toMatch(/NaN|undefined|Infinity/);
  });
  it("moves by keys, by the slider and by the select; sentence, tables and marks follow", async () => {
    await mount({ network: "rnn", lag: 25, networks: KEYS });
    await press(find("input.keys"), "ArrowRight");
    expect([model.get("network"), model.get("lag")]).toEqual(["rnn", 45]);
    await press(find("input.keys"), "Home");
    expect(model.get("lag")).toBe(0);
    await press(find("input.keys"), "ArrowDown");
    expect(model.get("network")).toBe(KEYS[1]);
    expect(find("input.keys").getAttribute("aria-valuetext")).toContain("mistura de 5 a 40");
    const slider = root.querySelector<HTMLInputElement>(".scrub input")!;
    slider.value = "5";
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    await settle();
    expect(model.get("lag")).toBe(25);
    const select = root.querySelector<HTMLSelectElement>(".point select")!;
    select.value = "lstm-b3";
    select.dispatchEvent(new Event("change", { bubbles: true }));
    await settle();
    expect(model.get("network")).toBe("lstm-b3");
    expect(text(".see")).toContain("LSTM, viés 3, treinada só com distâncias de 25 a 40 palavras");
    expect(root.querySelector(".main .series.chosen")!.getAttribute("data-network")).toBe("lstm-b3");
    await unfold();
    expect(text(".values tr[aria-current] th")).toBe("25");
  });
  it("selects a network by its name, and a point by a press near its mark", async () => {
    await mount();
    await click(find('.name[data-network="rnn"]'));
    expect(model.get("network")).toBe("rnn");
    const mark = root.querySelector('.main .series[data-network="lstm-b3"] .mark')!, [, x, y] = /translate\(([\d.]+) ([\d.]+)\)/.exec(mark.getAttribute("transform")!)!.map(Number);
    const at = { clientX: x, clientY: y, button: 0, pointerType: "mouse", bubbles: true };
    find(".main svg").dispatchEvent(new PointerEvent("pointerdown", at));
    await settle();
    expect(model.get("lag")).toBe(5);
  });
  it("shows and hides networks and seeds; the selected one is never lost, and one always stays", async () => {
    await mount({ networks: ["rnn", "lstm-b3"], network: "rnn" });
    await click(find(".tools .textbtn"));
    const button = (key: string) => root.querySelectorAll(".chooser .btn")[KEYS.indexOf(key)];
    await click(button("rnn"));
    expect([model.get("networks"), model.get("network")]).toEqual([["lstm-b3"], "lstm-b3"]);
    expect(button("lstm-b3").hasAttribute("disabled")).toBe(true);
    await click(button("gru"));
    expect(model.get("networks")).toEqual(["gru", "lstm-b3"]);
    await click(root.querySelectorAll(".tools .textbtn")[1]);
    expect([model.get("seeds"), root.querySelector(".seeds")]).toEqual([false, null]);
  });
  it("prints in the tables what was counted", async () => {
    await mount({ network: "lstm-b3", lag: 25 }, "en");
    expect(root.querySelector(".values")).toBeNull(); // made when somebody opens it
    await unfold();
    const runs = record.runsOf("lstm-b3", 25), rows = [...root.querySelectorAll(".seeds-table")[0].querySelectorAll("tbody tr")];
    expect(rows.map((row) => row.querySelector("th")!.textContent)).toEqual(Object.keys(runs[0].right));
    const shown = [...rows[0].querySelectorAll("td")].map((cell) => parseFloat(cell.textContent!));
    expect(shown).toEqual(runs.map((run) => run.right["5"] / RECORDED.settings.test_sentences * 100));
  });
  it("takes distance or distractors from a link, and nothing impossible", async () => {
    await mount();
    location.hash = "#horizon?against=distractors&network=rnn&lag=0&networks=rnn,gru";
    dispatchEvent(new HashChangeEvent("hashchange"));
    await settle();
    expect([model.get("against"), model.get("network"), model.get("lag"), model.get("networks")]).toEqual(["distractors", "rnn", 0, ["rnn", "gru"]]);
    expect(text(".second .chosen .tab")).toBe("Por distratores");
    location.hash = "#horizon?against=x&network=mlp&lag=33&seeds=perhaps";
    dispatchEvent(new HashChangeEvent("hashchange"));
    await settle();
    expect([model.get("against"), model.get("network"), model.get("lag"), model.get("seeds")]).toEqual(["distractors", "rnn", 0, true]);
  });
  it("survives nonsense in its state", async () => {
    await mount({ network: "mlp", lag: 33, networks: ["?", "<b>"], against: "x" });
    expect(text(".see")).toContain("RNN");
    expect(text(".lag, .axis.now")).toBe("25");
    expect(root.innerHTML).not.toMatch(/NaN|undefined/);
  });
  it("hides what the link says, each part alone", async () => {
    const parts: Record<string, string> = { title: ".title", link: ".copy", tools: ".tools", plot: ".main", scrubber: ".scrub", second: ".second", point: ".point", see: ".see", table: "details" };
    await mount();
    for (const selector of Object.values(parts)) expect(find(selector), selector).not.toBeNull();
    for (const [part, selector] of Object.entries(parts)) { await mount({ hide: [part] }); expect(find(selector), part).toBeNull(); }
  });
});
