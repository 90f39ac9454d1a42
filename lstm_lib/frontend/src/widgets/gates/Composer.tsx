// The sentence, chosen from three menus or typed, and the second one it is compared with.
import { batch } from "@preact/signals";
import type { JSX } from "preact";
import { tokenize } from "../../core/tokenize.ts";
import { useWidget } from "../../host/widget.tsx";
import { Button, Select } from "../../ui/controls.tsx";
import { MENUS, chosen, compose, mirrored, type Choice } from "./composer.ts";
import { MOST_STEPS, type Store } from "./store.ts";

const PARTS = ["subject", "middle", "ending"] as const;

export function Composer({ store }: { store: Store }): JSX.Element {
  const { t, language } = useWidget(), { state } = store, text = state.sentence.value, compare = state.compare.value;
  const words = tokenize(text), choice = chosen(words), mirror = mirrored(text);
  /** A comparison with the other subject follows the sentence; one that was typed stays. */
  const setSentence = (next: string) => batch(() => {
    const followed = compare !== "" && compare === mirrored(text), atEnd = store.step.peek() === words.length - 1;
    state.sentence.value = next;
    if (followed) state.compare.value = mirrored(next);
    if (atEnd) state.step.value = Math.max(0, tokenize(next).length - 1);
  });
  const fallback: Choice = { subject: 0, middle: 1, ending: 0 };
  return (
    <div class="composer">
      <div class="menus">
        {PARTS.map((part) => (
          <Select key={part} label={t(`gates.composer.${part}`)} value={choice ? String(choice[part]) : ""}
            options={[...(choice ? [] : [{ value: "", label: t("gates.composer.typed") }]), ...MENUS[part].map((option, k) => ({ value: String(k), label: option.text }))]}
            onChange={(value) => { if (value !== "") setSentence(compose({ ...(choice ?? fallback), [part]: Number(value) })); }} />
        ))}
      </div>
      <label class="line"><span>{t("gates.composer.write")}</span>
        <input class="textin" type="text" value={text} spellcheck={false} autocomplete="off" dir="auto" lang="pt"
          onInput={(event) => setSentence(event.currentTarget.value)} /></label>
      {language.value === "en" && choice && <p class="gloss">{t("gates.composer.gloss", { gloss: PARTS.map((part) => MENUS[part][choice[part]].gloss).join(" ") })}</p>}
      <label class="line"><span>{t("gates.composer.compare")}</span>
        <input class="textin" type="text" value={compare} spellcheck={false} autocomplete="off" dir="auto" lang="pt"
          onInput={(event) => { state.compare.value = event.currentTarget.value; }} /></label>
      <div class="row">
        {mirror && mirror !== compare && <Button onClick={() => { state.compare.value = mirror; }}>{t("gates.composer.mirror")}</Button>}
        {compare && <Button onClick={() => { state.compare.value = ""; }}>{t("gates.composer.no_compare")}</Button>}
      </div>
    </div>
  );
}

/** What the network makes of words it does not know, and of a text that is too long. */
export function Notices({ store }: { store: Store }): JSX.Element | null {
  const { t } = useWidget(), sequence = store.sequence.value;
  if (!sequence || (!sequence.unknown.length && !sequence.cut)) return null;
  const shown = sequence.unknown.slice(0, 6).map((word) => t("gates.quoted", { word })).join(", ");
  return (
    <div class="notices">
      {sequence.unknown.length > 0 && <p>{t(sequence.unknown.length === 1 ? "gates.unknown.one" : "gates.unknown.many", {
        words: shown + (sequence.unknown.length > 6 ? ", …" : ""), count: sequence.unknown.length })}</p>}
      {sequence.cut && <p>{t("gates.cut", { most: MOST_STEPS })}</p>}
    </div>
  );
}
