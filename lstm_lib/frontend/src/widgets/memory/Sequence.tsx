// What the network reads: ready-made sequences, or what the reader types, kept and explained when it can't be read.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { batch } from "@preact/signals";
import { readSignal, presets } from "../../core/signals.ts";
import type { View } from "../../host/widget.tsx";
import { Button } from "../../ui/controls.tsx";
import { Rich } from "../../ui/Rich.tsx";
import { MOST_STEPS, type Scene } from "./scene.ts";
import type { State } from "./state.ts";

/** The sentence of the book; its two nouns push to opposite sides. */
export const SENTENCE = "a menina disse que não foi se despedir porque quando o joão viajou estava muito";

export function Sequence({ view: { state, t, num, id }, scene }: { view: View<State>; scene: Scene }): JSX.Element {
  const [draft, setDraft] = useState(state.text.value), text = state.text.value;
  useEffect(() => { setDraft((now) => (usable(now) === text || !text && !usable(now) && now !== "" && scene.source !== "preset" ? now : text)); }, [text]);
  const read = draft.trim() === "" ? null : readSignal(draft), bad = read !== null && read.kind !== "words" && read.kind !== "numbers";
  const type = (now: string) => {
    setDraft(now);
    const next = now.trim() === "" ? null : readSignal(now);
    if (next === null) { if (state.text.peek()) state.text.value = ""; }
    else if (next.kind === "words" || next.kind === "numbers") batch(() => { state.text.value = now; state.inputs.value = []; });
  };
  const choose = (name: string) => batch(() => { state.inputs.value = []; state.text.value = ""; state.preset.value = name; setDraft(""); });
  const said = bad ? problem(read) : scene.cut ? t("memory.cut", { n: scene.cut, most: MOST_STEPS })
    : read?.kind === "words" && scene.source === "text" ? t(scene.values.some(Boolean) ? "memory.as_words" : "memory.no_nouns") : "";
  function problem(found: NonNullable<typeof read>): string {
    return found.kind === "mixed" ? t("memory.bad.mixed", { piece: found.piece }) : found.kind === "large" ? t("memory.bad.large", { value: num(found.value, { digits: 0 }) }) : t("memory.bad.empty");
  }
  return (
    <div class="sequence">
      <div class="choices" role="group" aria-label={t("memory.sequences")}>
        {presets.map((name) => <Button key={name} pressed={scene.source === "preset" && state.preset.value === name} onClick={() => choose(name)}>{t(`memory.preset.${name}`)}</Button>)}
        <Button pressed={scene.source === "text" && text === SENTENCE} onClick={() => { setDraft(SENTENCE); type(SENTENCE); }}>{t("memory.preset.sentence")}</Button>
      </div>
      <label class="typed">
        <span class="name">{t("memory.type")}</span>
        <input class="textin" value={draft} placeholder={t("memory.placeholder")} aria-invalid={bad || undefined} aria-describedby={said ? `${id || "memory"}-said` : undefined}
          autocomplete="off" spellcheck={false} onInput={(event) => type(event.currentTarget.value)} />
      </label>
      {said && <p class={bad ? "said bad" : "said"} id={`${id || "memory"}-said`} role={bad ? "alert" : undefined}>{bad && <svg viewBox="0 0 17 17" aria-hidden="true"><path d="M3 3l11 11M14 3L3 14" /></svg>}<Rich text={said} /></p>}
    </div>
  );
}

/** A draft that is a sequence, else "". */
function usable(draft: string): string {
  const read = draft.trim() === "" ? null : readSignal(draft);
  return read && (read.kind === "words" || read.kind === "numbers") ? draft : "";
}
