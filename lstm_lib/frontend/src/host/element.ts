// <lstm-widget type="gates" id="gates" data-state='{"step": 11}'>fallback</lstm-widget>: an explorable on a page
// without Python. The children are shown when there is no script, and again if the explorable fails. A page brings the scripts of
// its explorables; of one that comes later the script is loaded from beside the others.
import { loadBeside } from "./beside.ts";
import { LocalModel } from "./model.ts";
import type { Widget } from "./widget.tsx";

export interface Entry { widget: Widget; defaults: object }

/** Bytes travel in the page as {"base64": "..."}; in a notebook they arrive as a DataView, so here they become one. */
function revive(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const text = (value as { base64?: unknown }).base64;
  if (typeof text !== "string") return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, revive(inner)]));
  return new DataView(Uint8Array.from(atob(text), (character) => character.charCodeAt(0)).buffer);
}

/** Make <lstm-widget> known; gives the function by which each explorable makes itself known. */
export function defineElement(registry: Record<string, Entry>): (name: string, entry: Entry) => void {
  const waiting = new Map<string, Set<LSTMWidgetElement>>();

  function wait(type: string, element: LSTMWidgetElement): void {
    const others = waiting.get(type);
    if (others) { others.add(element); return; }
    waiting.set(type, new Set([element]));
    const missing = (error?: unknown) => { waiting.delete(type); console.warn(`lstm-widget: no explorable "${type}"`, error ?? ""); };
    if (!/^[\w-]+$/.test(type)) missing();
    else if (!document.querySelector(`script[src$="widgets/${type}.js"]`)) loadBeside(`widgets/${type}.js`).catch(missing);
  }

  class LSTMWidgetElement extends HTMLElement {
    /** Kept when the element is moved, so that the reader's state is not lost. */
    model: LocalModel | null = null;
    private cleanup: (() => void) | null = null;

    connectedCallback(): void {
      if (this.cleanup) return;
      const type = this.getAttribute("type") ?? "", entry = Object.hasOwn(registry, type) ? registry[type] : null;
      if (!entry) { wait(type, this); return; }
      try {
        this.model ??= new LocalModel({ ...structuredClone(entry.defaults), ...this.readState() });
        this.cleanup = entry.widget.render({ model: this.model, el: this });
        this.setAttribute("data-ready", "");
      } catch (error) {
        console.warn("lstm-widget:", error);
        this.shadowRoot?.replaceChildren(document.createElement("slot"));
      }
    }

    disconnectedCallback(): void {
      // A move in the page disconnects and connects at once: only a real removal cleans up.
      queueMicrotask(() => {
        if (this.isConnected) return;
        this.cleanup?.();
        this.cleanup = null;
      });
    }

    private readState(): Record<string, unknown> {
      const text = this.getAttribute("data-state");
      if (!text) return {};
      const state: unknown = JSON.parse(text);
      if (typeof state !== "object" || state === null || Array.isArray(state)) throw new Error("data-state is not an object");
      return Object.fromEntries(Object.entries(state).map(([key, value]) => [key, revive(value)]));
    }
  }
  if (!customElements.get("lstm-widget")) customElements.define("lstm-widget", LSTMWidgetElement);
  return (name, entry) => {
    registry[name] = entry;
    const elements = waiting.get(name);
    waiting.delete(name);
    for (const element of elements ?? []) if (element.isConnected) element.connectedCallback();
  };
}
