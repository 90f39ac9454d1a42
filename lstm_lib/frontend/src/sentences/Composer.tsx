// The sentence, chosen from three menus or typed.
import type { ComponentChildren, JSX } from "preact";
import { tokenize } from "../core/tokenize.ts";
import { useWidget } from "../host/widget.tsx";
import { Select } from "../ui/controls.tsx";
import { MENUS, chosen, compose, type Choice } from "./composer.ts";

const PARTS = ["subject", "middle", "ending"] as const;
const FALLBACK: Choice = { subject: 0, middle: 1, ending: 0 };

/** A line in which the reader writes Portuguese. */
export function TextLine({ label, value, onText }: { label: string; value: string; onText: (text: string) => void }): JSX.Element {
  return (
    <label class="line"><span>{label}</span>
      <input class="textin" type="text" value={value} spellcheck={false} autocomplete="off" dir="auto" lang="pt"
        onInput={(event) => onText(event.currentTarget.value)} /></label>
  );
}

/** Menus, the line to write in, and what the sentence says in English; `children` come below. */
export function Composer({ text, onText, children }: { text: string; onText: (text: string) => void; children?: ComponentChildren }): JSX.Element {
  const { t, language } = useWidget(), choice = chosen(tokenize(text));
  return (
    <div class="composer">
      <div class="menus">
        {PARTS.map((part) => (
          <Select key={part} label={t(`sentences.composer.${part}`)} value={choice ? String(choice[part]) : ""}
            options={[...(choice ? [] : [{ value: "", label: t("sentences.composer.typed") }]), ...MENUS[part].map((option, k) => ({ value: String(k), label: option.text }))]}
            onChange={(value) => { if (value !== "") onText(compose({ ...(choice ?? FALLBACK), [part]: Number(value) })); }} />
        ))}
      </div>
      <TextLine label={t("sentences.composer.write")} value={text} onText={onText} />
      {language.value === "en" && choice && <p class="gloss">{t("sentences.composer.gloss", { gloss: PARTS.map((part) => MENUS[part][choice[part]].gloss).join(" ") })}</p>}
      {children}
    </div>
  );
}
