// Where the reader of a sentence is. State and links write the last word as −1, so that the reader stays at the end when the
// sentence grows.
import { computed, type ReadonlySignal, type Signal } from "@preact/signals";
import { clamp } from "../ui/scale.ts";

/** The position for a wanted one among `count` words, and how to choose another. */
export function stepOf(wanted: Signal<number>, count: ReadonlySignal<number>): { step: ReadonlySignal<number>; setStep: (step: number) => void } {
  const last = computed(() => Math.max(0, count.value - 1));
  return {
    step: computed(() => { const at = Math.round(wanted.value); return at >= 0 ? clamp(at, 0, last.value) : last.value; }),
    setStep: (step) => { wanted.value = step >= last.peek() ? -1 : Math.max(0, step); },
  };
}
