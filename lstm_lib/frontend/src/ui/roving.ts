// Many small things to press, one stop of the Tab key: arrow keys go from one to the next, Home and End to the ends.
import { useLayoutEffect } from "preact/hooks";
import type { RefObject } from "preact";

const NEXT: Record<string, 1 | -1> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** The elements below `ref` that match; the one that Tab reaches is the focused one, else the first that `isCurrent` names. */
export function useRoving(ref: RefObject<Element | null>, selector: string, isCurrent: (element: Element) => boolean): (event: KeyboardEvent) => void {
  useLayoutEffect(() => {
    const all = [...ref.current?.querySelectorAll(selector) ?? []], root = ref.current?.getRootNode() as ShadowRoot | Document | undefined;
    const chosen = all.find((one) => one === root?.activeElement) ?? all.find(isCurrent) ?? all[0];
    for (const one of all) one.setAttribute("tabindex", one === chosen ? "0" : "-1");
  });
  return (event) => {
    const all = [...ref.current?.querySelectorAll<HTMLElement | SVGElement>(selector) ?? []];
    const at = all.indexOf((event.target as Element).closest(selector) as HTMLElement);
    if (at < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const to = event.key in NEXT ? at + NEXT[event.key] : event.key === "Home" ? 0 : event.key === "End" ? all.length - 1 : -1;
    if (!all[to]) return;
    event.preventDefault();
    all.forEach((one, k) => one.setAttribute("tabindex", k === to ? "0" : "-1"));
    all[to].focus();
  };
}
