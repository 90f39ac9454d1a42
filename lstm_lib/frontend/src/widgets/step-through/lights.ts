// Any element with data-name stands for a symbol, wherever it is drawn: the pointer or the focus on it lights the symbol
// everywhere, and pressing chooses it. One set of handlers around all of them.
import type { Store } from "./store.ts";
import { SYMBOLS, type Name } from "./symbols.ts";

const nameAt = (target: EventTarget | null): Name | null => {
  const name = target instanceof Element ? target.closest("[data-name]")?.getAttribute("data-name") : null;
  return (SYMBOLS as readonly unknown[]).includes(name) ? name as Name : null;
};

export function lights(store: Store) {
  return {
    onPointerOver: (event: PointerEvent) => { if (event.pointerType !== "touch") store.point(nameAt(event.target)); },
    onPointerLeave: () => store.point(null),
    onFocusIn: (event: FocusEvent) => {
      const target = event.target as Element;
      if (target.matches(":focus-visible")) store.point(nameAt(target));
    },
    onFocusOut: () => store.point(null),
    onClick: (event: MouseEvent) => { const name = nameAt(event.target); if (name) store.pick(name); },
    onKeyDown: (event: KeyboardEvent) => {
      const target = event.target as Element;
      if ((event.key !== "Enter" && event.key !== " ") || !target.hasAttribute("data-name") || target instanceof HTMLButtonElement) return;
      event.preventDefault();
      store.pick(nameAt(target)!);
    },
  };
}
