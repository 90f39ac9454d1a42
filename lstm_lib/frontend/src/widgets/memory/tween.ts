import { useEffect, useRef, useState } from "preact/hooks";

/** Follows `target` in a short movement; at once where motion is reduced, and on the first drawing. */
export function useTween(target: number, duration = 420): number {
  const [value, set] = useState(target), now = useRef(target);
  useEffect(() => {
    const from = now.current;
    if (from === target) return;
    if (globalThis.matchMedia?.("(prefers-reduced-motion: reduce)").matches) { now.current = target; set(target); return; }
    const start = performance.now();
    let frame = 0;
    const go = (time: number) => {
      const share = Math.min(1, Math.max(0, (time - start) / duration)), eased = 1 - (1 - share) ** 3;
      now.current = share === 1 ? target : from + (target - from) * eased;
      set(now.current);
      if (share < 1) frame = requestAnimationFrame(go);
    };
    frame = requestAnimationFrame(go);
    return () => cancelAnimationFrame(frame);
  }, [target, duration]);
  return value;
}
