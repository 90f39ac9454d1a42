// One real range input under the book's own drawing. The input keeps keyboard, touch and screen reader; the
// drawing keeps the look. With `positions` the marks stand where the words stand, and the pointer goes to the nearest.
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { clamp } from "./scale.ts";
import { useSize } from "./hooks.ts";

export interface ScrubberProps {
  value: number;
  min?: number;
  max: number;
  step?: number;
  label: string;
  /** What a screen reader says instead of the bare number. */
  valueText: (value: number) => string;
  onInput: (value: number) => void;
  /** x of every whole value from min to max, in pixels from the scrubber's left edge; evenly spaced without. */
  positions?: number[] | undefined;
  /** Dots at the whole values (default: when there are at most 60). */
  dots?: boolean;
  /** Colour of the filled part; the accent unless the slider is a gate. */
  color?: string;
  disabled?: boolean | undefined;
  /** The filled part goes from the far end to the thumb: for what runs backwards. */
  back?: boolean;
  class?: string;
}

const END = 12; // the thumb's radius with its stroke: the native thumb is as wide, so native and drawn places agree

export function Scrubber(props: ScrubberProps): JSX.Element {
  const { value, min = 0, max, step = 1, positions, color = "var(--accent)", disabled } = props;
  const { ref, width } = useSize<HTMLDivElement>(600), dragging = useRef(false);
  const x = (v: number) => positions?.[v - min] ?? END + ((v - min) / (max - min || 1)) * (width - 2 * END);
  const y = 22, from = x(min), to = x(max), at = x(clamp(value, min, max));
  const dots = (props.dots ?? true) && step === 1 && max - min <= 60;

  const nearest = (clientX: number): number => {
    const left = ref.current!.getBoundingClientRect().left, px = clientX - left;
    let best = min;
    for (let v = min; v <= max; v++) if (Math.abs(x(v) - px) < Math.abs(x(best) - px)) best = v;
    return best;
  };
  const set = (v: number) => { if (v !== value) props.onInput(v); };
  const pointer = (event: PointerEvent & { currentTarget: HTMLInputElement }) => {
    if (!positions || disabled) return;
    if (event.type === "pointerdown") dragging.current = true;
    if (event.type === "pointerup" || event.type === "pointercancel") { dragging.current = false; return; }
    if (dragging.current && event.buttons) { lastX.current = event.clientX; set(nearest(event.clientX)); }
  };
  const lastX = useRef(0);

  return (
    <div class={`scrub ${props.class ?? ""}`} ref={ref} style={{ "--fill": color }}>
      <svg aria-hidden="true">
        <path class="track" d={`M${from},${y}H${to}`} />
        <path class="done" d={`M${props.back ? to : from},${y}H${at}`} />
        {dots && Array.from({ length: max - min + 1 }, (_, k) => (props.back ? k + min < value : k + min > value) && <circle key={k} class="dot" cx={x(min + k)} cy={y} r={3} />)}
        <circle class="halo" cx={at} cy={y} r={15} />
        <circle class="thumb" cx={at} cy={y} r={10} />
      </svg>
      <input type="range" min={min} max={max} step={step} value={value} disabled={disabled} aria-label={props.label}
        aria-valuetext={props.valueText(value)}
        onPointerDown={pointer} onPointerMove={pointer} onPointerUp={pointer} onPointerCancel={pointer}
        onInput={(event) => {
          const v = positions && dragging.current ? nearest(lastX.current) : Number(event.currentTarget.value);
          event.currentTarget.value = String(v);
          set(v);
        }} />
    </div>
  );
}
