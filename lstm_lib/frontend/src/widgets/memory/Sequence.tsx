// What the network reads: ready-made sequences, or what the reader types, kept and explained when it can't be read.
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { batch } from "@preact/signals";
import { readSignal, presets } from "../../core/signals.ts";
import type { View } from "../../host/widget.tsx";
import { Button, Select } from "../../ui/controls.tsx";
import { Rich } from "../../ui/Rich.tsx";
import { Tick } from "../../ui/Verdict.tsx";
import { MOST_STEPS, type Scene } from "./scene.ts";
import type { State } from "./state.ts";
import { stepName } from "./words.ts";

/** The sentence of the book; its two nouns push to opposite sides. */
export const SENTENCE = "a menina disse que não foi se despedir porque quando o joão viajou estava muito";

export function Sequence({ view, scene }: { view: View<State>; scene: Scene }): JSX.Element {
  const { state, t, num, id, linked } = view;
  const text = state.text.value, [draft, setDraft] = useState(text), written = useRef(text), brought = linked.value;
  // What is typed stays as it is, also while it can't be read; a text from a link, a button or Python takes its place.
  useEffect(() => { if (text !== written.current) { written.current = text; setDraft(text); } }, [text]);
  useEffect(() => { if (brought && "text" in brought) setDraft(state.text.peek()); }, [brought]);
  const [rest, setRest] = useState(draft), rested = rest === draft; // half a number is no mistake yet
  useEffect(() => { const timer = setTimeout(() => setRest(draft), 500); return () => clearTimeout(timer); }, [draft]);
  const read = draft.trim() === "" ? null : readSignal(draft), bad = rested && read !== null && read.kind !== "words" && read.kind !== "numbers";
  const type = (now: string) => {
    setDraft(now);
    const next = now.trim() === "" ? null : readSignal(now);
    if (next !== null && next.kind !== "words" && next.kind !== "numbers") return;
    written.current = next === null ? "" : now;
    batch(() => { state.text.value = written.current; if (next !== null) state.inputs.value = []; });
  };
  const choose = (name: string) => { setDraft(""); batch(() => { state.inputs.value = []; state.text.value = ""; state.preset.value = name; }); };
  const said = bad ? problem(read) : scene.cut ? t("memory.cut", { n: scene.cut, most: MOST_STEPS })
    : rested && read?.kind === "words" && scene.source === "text" ? t(scene.values.some(Boolean) ? "memory.as_words" : "memory.no_nouns") : "";
  function problem(found: NonNullable<typeof read>): string {
    return found.kind === "mixed" ? t("memory.bad.mixed", { piece: found.piece }) : found.kind === "large" ? t("memory.bad.large", { value: num(found.value, { digits: 0 }) }) : t("memory.bad.empty");
  }
  return (
    <div class="sequence">
      <div class="choices" role="group" aria-label={t("memory.sequences")}>
        {presets.map((name) => <Button key={name} pressed={scene.source === "preset" && state.preset.value === name} onClick={() => choose(name)}>{t(`memory.preset.${name}`)}</Button>)}
        <Button pressed={scene.source === "text" && text === SENTENCE} onClick={() => type(SENTENCE)}>{t("memory.preset.sentence")}</Button>
      </div>
      <label class="typed">
        <span class="name">{t("memory.type")}</span>
        <input class="textin" value={draft} placeholder={t("memory.placeholder")} aria-invalid={bad || undefined} aria-describedby={said ? `${id || "memory"}-said` : undefined}
          autocomplete="off" spellcheck={false} onInput={(event) => type(event.currentTarget.value)} />
      </label>
      {/* below the drawing: it comes and goes while bars are drawn, and must not move them */}
      {scene.heard.length > 1 && <Select label={t("memory.follow")} value={String(scene.origin)} onChange={(k) => { state.follow.value = Number(k); }}
        options={scene.heard.map((k) => ({ value: String(k), label: scene.words[k] ?? stepName(view, scene, k) }))} />}
      {said && <p class={bad ? "said bad" : "said"} id={`${id || "memory"}-said`} role={bad ? "alert" : undefined}>{bad && <Tick right={false} />}<Rich text={said} /></p>}
    </div>
  );
}
