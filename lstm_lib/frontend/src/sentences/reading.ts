// Reading the sentence once, word by word: on request, or by itself when the page asks for it. It stops at the end or
// at the reader's first touch, and never repeats. Who has asked for reduced motion finds it read to the end.
import { useEffect, useRef, useState } from "preact/hooks";

/** What is read: how many words there are, where the reader is, and whether the page asked for it. */
export interface Readable { steps: () => number; step: () => number; setStep: (step: number) => void; autoplay: () => boolean }

/** Milliseconds per word: the whole stays under five seconds. */
export const pace = (steps: number) => Math.min(340, 4500 / Math.max(1, steps));

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

export function useReading(text: Readable, ready: boolean, host: HTMLElement): { playing: boolean; start: () => void; stop: () => void } {
  const [playing, setPlaying] = useState(false), timer = useRef(0);
  const stop = () => { clearTimeout(timer.current); timer.current = 0; setPlaying(false); };
  const start = (until = Infinity) => {
    const T = text.steps(), last = Math.min(T - 1, until);
    if (T < 2) return;
    clearTimeout(timer.current);
    text.setStep(0);
    setPlaying(true);
    const wait = pace(last + 1), skip = Math.max(1, Math.ceil(16 / wait));
    const next = () => {
      const step = Math.min(last, text.step() + skip);
      text.setStep(step);
      if (step >= last) stop(); else timer.current = window.setTimeout(next, wait * skip);
    };
    timer.current = window.setTimeout(next, wait * 2);
  };
  const done = useRef(false);
  useEffect(() => {
    if (!ready || done.current || !text.autoplay()) return;
    if (calm()) {
      done.current = true;
      if (!text.step()) text.setStep(Infinity);
      return;
    }
    if (typeof IntersectionObserver === "undefined") return;
    const until = text.step() || Infinity;
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
