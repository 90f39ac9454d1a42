// Reading the sentence once, word by word: on request, or by itself when the page asks for it. It stops at the end or
// at the reader's first touch, and never repeats. Who has asked for reduced motion finds it read to the end.
import { useEffect, useRef, useState } from "preact/hooks";
import type { Store } from "./store.ts";

/** Milliseconds per word: the whole stays under five seconds. */
export const pace = (steps: number) => Math.min(340, 4500 / Math.max(1, steps));

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

export function useReading(store: Store, host: HTMLElement): { playing: boolean; start: () => void; stop: () => void } {
  const [playing, setPlaying] = useState(false), timer = useRef(0);
  const stop = () => { clearTimeout(timer.current); timer.current = 0; setPlaying(false); };
  const start = (until = Infinity) => {
    const T = store.sequence.peek()?.T ?? 0, last = Math.min(T - 1, until);
    if (T < 2) return;
    clearTimeout(timer.current);
    store.setStep(0);
    setPlaying(true);
    const wait = pace(last + 1), skip = Math.max(1, Math.ceil(16 / wait));
    const next = () => {
      const step = Math.min(last, store.step.peek() + skip);
      store.setStep(step);
      if (step >= last) stop(); else timer.current = window.setTimeout(next, wait * skip);
    };
    timer.current = window.setTimeout(next, wait * 2);
  };
  const ready = store.run.value !== null, done = useRef(false);
  useEffect(() => {
    if (!ready || done.current || !store.state.autoplay.peek()) return;
    if (calm()) {
      done.current = true;
      if (!store.state.step.peek()) store.setStep(Infinity);
      return;
    }
    if (typeof IntersectionObserver === "undefined") return;
    const until = store.state.step.peek() || Infinity;
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      if (!done.current) start(until);
      done.current = true;
    }, { threshold: 0.3 });
    observer.observe(host);
    return () => observer.disconnect();
  }, [ready]);
  useEffect(() => stop, []);
  return { playing, start: () => { done.current = true; start(); }, stop: () => { done.current = true; if (timer.current) stop(); } };
}
