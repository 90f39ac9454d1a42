// Everything an explorable needs around its own view: shadow root, tokens, theme, language, state, links, failure.
import { Component, createContext, render, type ComponentChildren, type JSX } from "preact";
import { useContext } from "preact/hooks";
import { batch, computed, signal, type ReadonlySignal } from "@preact/signals";
import tokens from "../ui/tokens.css";
import baseCss from "../ui/base.css";
import { bind, same, type Signals } from "./bind.ts";
import { LANGUAGES, languageOf, spoken, translate, type Language, type Params } from "./locale.ts";
import { buildHash, followLinks } from "./permalink.ts";
import { observeTheme, type Theme } from "./theme.ts";
import type { Model } from "./model.ts";
import { formatNumber, formatPercent, type NumberOptions } from "../ui/format.ts";

/** What every view can ask of its surroundings; `useWidget()` gives it. */
export interface Surroundings {
  host: HTMLElement;
  /** Element id on the page, "" in a notebook: links exist only with an id. */
  id: string;
  language: ReadonlySignal<Language>;
  theme: ReadonlySignal<Theme>;
  t: (key: string, params?: Params) => string;
  num: (value: number, options?: NumberOptions) => string;
  percent: (share: number, digits?: number) => string;
  /** True when the link or Python hides this part. */
  hidden: (part: string) => boolean;
  /** Address of this page with the explorable in its present state. */
  link: () => string;
  /** What the last link that was followed set, a new object each time; null before the first. */
  linked: ReadonlySignal<Record<string, unknown> | null>;
}

export interface View<S> extends Surroundings { state: Signals<S> }

export interface Definition<S extends object> {
  name: string;
  defaults: S;
  css?: string;
  /** Keys that "copy link" leaves out (large or private: weights, solved, ...). */
  unlinked?: (keyof S & string)[];
  /** Keys that take only some values: a link with another value for one is read as if it did not name the key. */
  choices?: { [K in keyof S]?: readonly S[K][] };
  view: (view: View<S>) => JSX.Element | null;
}

export interface Widget { render(context: { model: Model; el: HTMLElement }): () => void }

const Context = createContext<Surroundings | null>(null);

export function useWidget(): Surroundings {
  const found = useContext(Context);
  if (!found) throw new Error("useWidget() outside an explorable");
  return found;
}

/** The page's tokens, made to work inside a shadow root. */
export const shadowTokens = tokens
  .replace(/html\[data-theme="?dark"?\]/g, ':host([data-theme="dark"])')
  .replace(/:root,\s*html\[data-theme="?light"?\]/g, ":host")
  .replace(/:root/g, ":host");

/** A view that throws gives way to the element's own children: the static picture of the page. */
class Boundary extends Component<{ children: ComponentChildren }, { failed: boolean }> {
  override state = { failed: false };
  override componentDidCatch(error: unknown): void {
    console.warn("lstm-widget:", error);
    this.setState({ failed: true });
  }
  override render() { return this.state.failed ? <slot /> : this.props.children; }
}

export function defineWidget<S extends object>(definition: Definition<S>): Widget {
  return {
    render({ model, el }) {
      const root = el.shadowRoot ?? el.attachShadow({ mode: "open" });
      el.dataset["lmSuppressShortcuts"] = "true";
      const style = document.createElement("style"), place = document.createElement("div");
      style.textContent = shadowTokens + baseCss + (definition.css ?? "");
      place.className = `widget ${definition.name}`;
      root.replaceChildren(style, place);

      const { state, dispose } = bind(model, definition.defaults);
      const all = state as Record<string, { value: unknown; peek(): unknown } | undefined>;
      const language = computed(() => spoken(languageOf(el, String(all["lang"]?.value ?? "")), definition.name));
      const theme = signal<Theme>("light");
      const stopTheme = observeTheme((now) => { theme.value = now; el.dataset["theme"] = now; });
      // Slides and search boxes must not take the arrow keys of a slider.
      const keep = (event: KeyboardEvent) => { if (!event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation(); };
      place.addEventListener("keydown", keep);

      const initial = new Map(Object.keys(definition.defaults).map((key) => [key, all[key]!.peek()]));
      const linked = signal<Record<string, unknown> | null>(null);
      const stopLinks = followLinks(el, definition.defaults, { ...definition.choices, lang: ["", ...LANGUAGES] }, (values) => batch(() => {
        for (const [key, value] of Object.entries(values)) all[key]!.value = value;
        linked.value = values;
      }));
      const surroundings: View<S> = {
        state, host: el, id: el.id, language, theme, linked,
        t: (key, params) => translate(language.value, key, params),
        num: (value, options) => formatNumber(value, language.value, options),
        percent: (share, digits) => formatPercent(share, language.value, digits),
        hidden: (part) => ((all["hide"]?.value ?? []) as string[]).includes(part),
        link: () => {
          const values: Record<string, unknown> = {};
          for (const [key, before] of initial) {
            const now = all[key]!.peek();
            if (key === "lang" || (definition.unlinked as string[] | undefined)?.includes(key) || same(before, now)) continue;
            values[key] = now;
          }
          return location.href.replace(/#.*$/, "") + (Object.keys(values).length ? buildHash(el.id, values) : `#${el.id}`);
        },
      };
      const Root = () => <Boundary><Context.Provider value={surroundings}><definition.view {...surroundings} /></Context.Provider></Boundary>;
      try {
        render(<Root />, place);
      } catch (error) {
        console.warn("lstm-widget:", error);
        place.replaceChildren(document.createElement("slot"));
      }
      return () => {
        render(null, place);
        place.removeEventListener("keydown", keep);
        stopLinks(); stopTheme(); dispose();
      };
    },
  };
}
