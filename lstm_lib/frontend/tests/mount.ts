// An explorable on a bare page, for the tests that handle it as a reader does.
import { LocalModel } from "../src/host/model.ts";
import type { Widget } from "../src/host/widget.tsx";

export const settle = (ms = 40) => new Promise((done) => setTimeout(done, ms));

export interface Mounted { model: LocalModel; el: HTMLElement; root: ShadowRoot; clean: () => void }

/** Render it in a new element of the page's language; `clean` takes both away. */
export async function mounted(widget: Widget, id: string, state: object, lang = "pt-BR", tag = "div"): Promise<Mounted> {
  document.documentElement.lang = lang;
  const el = document.createElement(tag);
  el.id = id;
  document.body.append(el);
  const model = new LocalModel({ ...structuredClone(state) });
  const stop = widget.render({ model, el });
  await settle();
  return { model, el, root: el.shadowRoot!, clean: () => { stop(); el.remove(); } };
}

export async function press(target: Element, key: string): Promise<void> {
  target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  await settle();
}

/** What an element says, with plain spaces; "" if there is none. */
export const textOf = (root: ParentNode, selector: string) => root.querySelector(selector)?.textContent?.replace(/\u00a0/g, " ") ?? "";
