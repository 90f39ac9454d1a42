import type { ComponentChildren, JSX } from "preact";

/** The sign alone: a tick or a cross. */
export const Tick = ({ right, class: extra }: { right: boolean; class?: string }): JSX.Element =>
  <svg viewBox="0 0 17 17" aria-hidden="true" class={extra}><path d={right ? "M2.5 9l4 4.5L14.5 4" : "M3 3l11 11M14 3L3 14"} /></svg>;

/** Right or wrong: a sign, a word and the reason, never colour alone. */
export function Verdict({ right, word, children }: { right: boolean; word: string; children?: ComponentChildren }): JSX.Element {
  return (
    <div class={`verdict ${right ? "ok" : "no"}`}>
      <Tick right={right} />
      <b>{word}</b> {children}
    </div>
  );
}
