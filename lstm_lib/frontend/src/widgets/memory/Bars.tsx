// The inputs as sliders: drawn with a finger or a pointer over all of them, or one by one with the keys.
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { useWidget } from "../../host/widget.tsx";
import { clamp } from "../../ui/scale.ts";
import { stepAt, type Geometry } from "./geometry.ts";
import { stepName } from "./words.ts";

export const LARGEST_BAR = 3;

export function Bars({ g, values, words, step, extent, onStep, onInput, hold }: {
  g: Geometry; values: number[]; words: string[]; step: number; extent: number; onStep: (step: number) => void; onInput: (values: number[]) => void; hold: (on: boolean) => void;
}): JSX.Element {
  const view = useWidget(), { t, num } = view, T = values.length, root = useRef<HTMLDivElement>(null);
  const drawing = useRef<{ values: number[]; last: number; value: number; x: number; y: number; begun: boolean } | null>(null);
  const set = (k: number, value: number) => { onInput(values.map((v, n) => (n === k ? value : v))); onStep(k); };
  const focus = (k: number) => { onStep(k); root.current?.querySelectorAll<HTMLElement>("[role=slider]")[k]?.focus(); };
  const key = (event: KeyboardEvent, k: number) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const v = values[k], up = g.wide ? "ArrowUp" : "ArrowRight", down = g.wide ? "ArrowDown" : "ArrowLeft", next = g.wide ? "ArrowRight" : "ArrowDown", last = g.wide ? "ArrowLeft" : "ArrowUp";
    const to: Record<string, number> = { [up]: v + 0.1, [down]: v - 0.1, PageUp: v + 0.5, PageDown: v - 0.5, Home: -1, End: 1, Delete: 0, Backspace: 0, "0": 0 };
    if (event.key === next || event.key === last) { const k2 = k + (event.key === next ? 1 : -1); if (k2 >= 0 && k2 < T) focus(k2); }
    else if (event.key === "Enter" || event.key === " ") set(k, v === 0 ? 1 : 0);
    else if (event.key in to) set(k, clamp(Math.round(to[event.key] * 10) / 10, -LARGEST_BAR, LARGEST_BAR));
    else return;
    event.preventDefault();
  };
  const point = (event: PointerEvent) => {
    const box = root.current!.getBoundingClientRect(), [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const [along, up] = g.wide ? [x + left, g.foot + (box.height || 1) - y] : [y + top, g.foot + x];
    return { k: stepAt(g, T, along), value: clamp(Math.round(clamp(g.input.invert(up), -extent, extent) * 10) / 10, -extent, extent) + 0 };
  };
  const paint = (event: PointerEvent) => {
    const d = drawing.current;
    if (!d) return;
    const dx = Math.abs(event.clientX - d.x), dy = Math.abs(event.clientY - d.y);
    // in the tall drawing a finger may be scrolling: it draws once it goes sideways
    if (!d.begun && !g.wide && event.pointerType !== "mouse" && event.type === "pointermove" && (dx < 7 || dx < dy)) return;
    d.begun = true;
    const { k, value } = point(event), way = Math.sign(k - d.last);
    for (let n = d.last; ; n += way) { // a quick movement skips no bar
      d.values[n] = n === k ? value : Math.round((d.value + ((value - d.value) * (n - d.last)) / (k - d.last || 1)) * 10) / 10 + 0;
      if (n === k) break;
    }
    d.last = k; d.value = value;
    onInput([...d.values]);
    onStep(k);
  };
  const end = (event: PointerEvent) => {
    const d = drawing.current;
    if (!d) return;
    if (!d.begun && event.type === "pointerup") paint(event); // a tap
    drawing.current = null;
    hold(false);
    if (d.begun) onInput([...d.values]);
  };
  const [left, top] = g.wide ? [g.at(-0.5), g.height - g.head] : [g.foot, g.at(-0.5)];
  const size = g.wide ? { width: g.column * T, height: g.head - g.foot } : { width: g.head - g.foot, height: g.column * T };
  return (
    <div ref={root} class={g.wide ? "bars" : "bars down"} role="group" aria-label={t("memory.bars")} style={{ left: `${left}px`, top: `${top}px`, width: `${size.width}px`, height: `${size.height}px` }}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.preventDefault();
        const { k, value } = point(event);
        root.current!.setPointerCapture?.(event.pointerId);
        drawing.current = { values: [...values], last: k, value, x: event.clientX, y: event.clientY, begun: false };
        hold(true);
        root.current!.querySelectorAll<HTMLElement>("[role=slider]")[k]?.focus();
        if (g.wide || event.pointerType === "mouse") paint(event);
      }}
      onPointerMove={paint} onPointerUp={end} onPointerCancel={end}>
      {values.map((v, k) => (
        <div key={k} role="slider" tabIndex={k === step ? 0 : -1} aria-label={t("memory.bar", { step: stepName(view, { words }, k) })} aria-orientation={g.wide ? "vertical" : "horizontal"}
          aria-valuemin={-LARGEST_BAR} aria-valuemax={LARGEST_BAR} aria-valuenow={v} aria-valuetext={num(v, { digits: 1, sign: true })} data-step={k}
          style={g.wide ? { left: `${k * g.column}px`, top: 0, width: `${g.column}px`, height: "100%" } : { top: `${k * g.column}px`, left: 0, height: `${g.column}px`, width: "100%" }}
          onFocus={() => { if (k !== step) onStep(k); }} onKeyDown={(event) => key(event, k)} />
      ))}
    </div>
  );
}
