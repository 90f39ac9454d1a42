// <lstm-widget type="gates" id="gates" data-state='{"step": 11}'>fallback</lstm-widget>: an explorable on a page
// without Python. The children are shown when there is no script, and again if the explorable fails.
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

export function defineElement(registry: Record<string, Entry>): void {
  if (customElements.get("lstm-widget")) return;
  class LSTMWidgetElement extends HTMLElement {
    /** Kept when the element is moved, so that the reader's state is not lost. */
    model: LocalModel | null = null;
    private cleanup: (() => void) | null = null;

    connectedCallback(): void {
      if (this.cleanup) return;
      const entry = registry[this.getAttribute("type") ?? ""];
      if (!entry) { console.warn(`lstm-widget: no explorable "${this.getAttribute("type")}"`); return; }
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
  customElements.define("lstm-widget", LSTMWidgetElement);
}
