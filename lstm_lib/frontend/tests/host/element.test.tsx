import { afterEach, describe, expect, it, vi } from "vitest";
import { defineElement } from "../../src/host/element.ts";
import { defineWidget, shadowTokens, useWidget } from "../../src/host/widget.tsx";
import { currentTheme } from "../../src/host/theme.ts";
import { languageOf } from "../../src/host/locale.ts";

const settle = () => new Promise((done) => setTimeout(done, 30));
const defaults = { step: 0, hide: [] as string[], lang: "" };
const Inner = () => { const { t, hidden } = useWidget(); return <p>{hidden("title") ? "" : t("common.table")}</p>; };
const good = defineWidget({ name: "good", defaults, view: ({ state }) => <div><b>{state.step.value}</b><Inner /></div> });
const bad = defineWidget({ name: "bad", defaults, view: () => { throw new Error("broken on purpose"); } });
const register = defineElement({});
register("good", { widget: good, defaults });
register("bad", { widget: bad, defaults });

async function place(html: string): Promise<HTMLElement> {
  document.body.innerHTML = html;
  await settle();
  return document.querySelector("lstm-widget")!;
}
afterEach(() => { document.body.innerHTML = ""; delete document.documentElement.dataset["theme"]; document.documentElement.lang = ""; location.hash = ""; vi.restoreAllMocks(); });

describe("lstm-widget", () => {
  it("renders from data-state in the language around it", async () => {
    const el = await place('<div lang="en"><lstm-widget type="good" id="w" data-state=\'{"step": 3}\'>fallback</lstm-widget></div>');
    expect(el.shadowRoot!.querySelector("b")!.textContent).toBe("3");
    expect(el.shadowRoot!.querySelector("p")!.textContent).toBe("Table of values");
    expect(el.shadowRoot!.querySelector("slot")).toBeNull();
    expect(el.dataset["lmSuppressShortcuts"]).toBe("true");
  });
  it("gives way to its children when it fails, when its state is broken, and when the type is unknown", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    expect((await place('<lstm-widget type="bad">fallback</lstm-widget>')).shadowRoot!.querySelector("slot")).not.toBeNull();
    expect((await place('<lstm-widget type="good" data-state="{oops">fallback</lstm-widget>')).shadowRoot?.querySelector("b") ?? null).toBeNull();
    expect((await place('<lstm-widget type="nothing">fallback</lstm-widget>')).shadowRoot).toBeNull();
    expect(warn).toHaveBeenCalledTimes(3);
  });
  it("waits for an explorable whose script comes later, and takes no name of the language for one", async () => {
    vi.spyOn(console, "warn").mockImplementation(() => {});
    document.head.innerHTML = '<script type="text/plain" src="widgets/late.js"></script>';
    await place('<lstm-widget type="late">fallback</lstm-widget><lstm-widget type="late">fallback</lstm-widget><lstm-widget type="constructor">x</lstm-widget>');
    const [one, two, odd] = document.querySelectorAll("lstm-widget");
    expect([one, two, odd].map((el) => el!.shadowRoot)).toEqual([null, null, null]);
    register("late", { widget: good, defaults });
    await settle();
    expect([one, two].map((el) => el!.shadowRoot!.querySelector("b")!.textContent)).toEqual(["0", "0"]);
    document.head.innerHTML = "";
  });
  it("brings bytes back from the page, one by one or by name", async () => {
    const el = await place('<lstm-widget type="good" data-state=\'{"a": {"base64": "AQI="}, "weights": {"mine": {"base64": "AwQ="}, "note": "x"}}\'></lstm-widget>');
    const get = (key: string) => (el as HTMLElement & { model: { get(k: string): unknown } }).model.get(key);
    const bytes = (view: unknown) => [...new Uint8Array((view as DataView).buffer)];
    expect(bytes(get("a"))).toEqual([1, 2]);
    const weights = get("weights") as Record<string, unknown>;
    expect([bytes(weights["mine"]), weights["note"]]).toEqual([[3, 4], "x"]);
  });
  it("keeps the reader's state when it is moved, and cleans up when removed", async () => {
    const el = await place('<lstm-widget type="good" id="w"></lstm-widget><section></section>') as HTMLElement & { model: { set(k: string, v: unknown): void } };
    el.model.set("step", 7);
    document.querySelector("section")!.append(el);
    await settle();
    expect(el.shadowRoot!.querySelector("b")!.textContent).toBe("7");
    el.remove();
    await settle();
    expect(el.shadowRoot!.querySelector("b")).toBeNull();
    document.body.append(el);
    await settle();
    expect(el.shadowRoot!.querySelector("b")!.textContent).toBe("7");
  });
  it("follows links to its id on load, at a change of address and at every click", async () => {
    location.hash = "#w?step=5&hide=title";
    const el = await place('<lstm-widget type="good" id="w"></lstm-widget><a href="#w?step=2">x</a><a href="#other?step=9">y</a>');
    const value = () => el.shadowRoot!.querySelector("b")!.textContent;
    expect([value(), el.shadowRoot!.querySelector("p")!.textContent]).toEqual(["5", ""]);
    const [own, other] = document.querySelectorAll("a");
    own.click(); await settle();
    expect(value()).toBe("2");
    (el as unknown as { model: { set(k: string, v: unknown): void } }).model.set("step", 8);
    own.click(); other.click(); await settle();
    expect(value()).toBe("2");
  });
  it("takes the theme of the page, the notebook or the system", async () => {
    const el = await place('<lstm-widget type="good"></lstm-widget>');
    document.documentElement.dataset["theme"] = "dark";
    await settle();
    expect([currentTheme(), el.dataset["theme"]]).toEqual(["dark", "dark"]);
    delete document.documentElement.dataset["theme"];
    document.body.dataset["jpThemeLight"] = "false";
    expect(currentTheme()).toBe("dark");
    document.body.dataset["jpThemeLight"] = "true";
    expect(currentTheme()).toBe("light");
    delete document.body.dataset["jpThemeLight"];
  });
  it("rewrites the page's tokens for a shadow root", () => {
    expect(shadowTokens).toContain(':host([data-theme="dark"])');
    expect(shadowTokens).not.toMatch(/:root|html\[/);
    expect(languageOf(null, "en-GB")).toBe("en");
    expect(languageOf(null, "pt")).toBe("pt");
  });
});
