// Where the reader is: the words (or the steps) in a row, with the places at which playing stops.
import type { JSX } from "preact";
import { useWidget } from "../../host/widget.tsx";
import { MANY, useRowPositions, useWordInView, wordAt } from "../../sentences/strip.tsx";
import { Scrubber } from "../../ui/Scrubber.tsx";
import { useDrag } from "../../ui/drag.ts";
import { useSize } from "../../ui/hooks.ts";
import { Thread } from "./backward/Thread.tsx";
import type { Store } from "./store.ts";

export function Strip({ store }: { store: Store }): JSX.Element | null {
  const { t, num, hidden } = useWidget(), { ref, width } = useSize<HTMLOListElement>();
  const sequence = store.sequence.value, trace = store.trace.value, now = store.step.value, words = sequence?.words ?? [], T = sequence?.T ?? 0;
  const positions = useRowPositions(ref, width, words.join(" ")), back = store.view.value === "backward", stops = new Set(store.breakpoints.value);
  useWordInView(ref, now, T);
  const drag = useDrag((event) => {
    const found = hidden("scrubber") ? null : wordAt(ref.current!, positions, event);
    if (found !== null) store.setStep(found);
  });
  if (!trace || !T) return null;
  const at = now * trace.H + store.unit.value, value = num(trace.cell[at], { sign: true });
  const valueText = (step: number) => step !== now ? String(step + 1)
    : t(words.length ? "step-through.scrub.word" : "step-through.scrub.step", { word: words[now] ?? "", number: now + 1, total: T, unit: store.unit.value, value });
  return (
    <div class={`reading${back ? " back" : ""}`}>
      {words.length > 0 && (
        <ol ref={ref} class={`strip${positions ? " one" : ""}${T > MANY ? " many" : ""}${hidden("scrubber") ? " still" : ""}`} aria-label={t("step-through.strip")}
          tabIndex={T > MANY ? 0 : undefined} {...drag}>
          {words.map((word, k) => (
            <li key={k} data-t={k} class={`${k === now ? "cur" : (back ? k < now : k > now) && T <= MANY ? "fut" : ""}${stops.has(k) ? " stop" : ""}`} aria-current={k === now ? "step" : undefined}>
              <span class="w" data-w={word}>{word}</span>{stops.has(k) && <span class="vh"> ({t("step-through.stops_here")})</span>}
            </li>
          ))}
        </ol>
      )}
      {!hidden("scrubber") && T > 1 && (
        <Scrubber value={now} max={T - 1} label={t("step-through.scrub")} valueText={valueText} onInput={store.setStep} positions={positions?.length === T ? positions : undefined} />
      )}
      {back && !hidden("backward") && store.gradients.value && <Thread trace={trace} gradients={store.gradients.value} step={now} unit={store.unit.value} positions={positions?.length === T ? positions : undefined} />}
    </div>
  );
}
