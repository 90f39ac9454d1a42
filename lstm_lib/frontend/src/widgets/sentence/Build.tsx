// The sentence from a few choices, or typed.
import type { JSX } from "preact";
import { useMemo, useRef, useState } from "preact/hooks";
import { useWidget } from "../../host/widget.tsx";
import { MOST_CLAUSES, OTHERS, build, glossOf, planOf, type Others, type Plan } from "../../sentences/build.ts";
import { MENUS, mirrored } from "../../sentences/composer.ts";
import { Scrubber } from "../../ui/Scrubber.tsx";
import { Select } from "../../ui/controls.tsx";
import type { Store } from "./store.ts";

const START: Plan = { subject: 0, people: 1, others: "masculine", phrases: 1, ending: 0, beside: false };

export function Build({ store }: { store: Store }): JSX.Element {
  const { t, language } = useWidget(), words = store.words.value, like = useRef<Plan>(START), [open, setOpen] = useState(false);
  const plan = useMemo(() => planOf(words, like.current), [words]), shown = plan ?? like.current;
  if (plan) like.current = plan;
  const set = (change: Partial<Plan>) => {
    const next = { ...shown, ...change };
    if (!next.people) next.beside = false;
    like.current = next;
    store.setSentence(build(next));
  };
  const typed = plan ? [] : [{ value: "", label: t("sentences.composer.typed") }], value = (n: number | string) => (plan ? String(n) : "");
  const pick = (change: (value: string) => void) => (picked: string) => { if (picked !== "") change(picked); };
  const writing = open || !plan, mirror = useMemo(() => mirrored(words.join(" ")), [words]);
  return (
    <div class="build">
      <div class="choices">
        <Select label={t("sentence.build.subject")} value={value(shown.subject)} options={[...typed, ...MENUS.subject.map(({ text }, k) => ({ value: String(k), label: text }))]}
          onChange={pick((k) => set({ subject: Number(k) }))} />
        <Count label={t("sentence.build.people")} value={shown.people} known={!!plan} onInput={(people) => set({ people })} />
        <Select label={t("sentence.build.others")} value={value(shown.others)} options={[...typed, ...OTHERS.map((kind) => ({ value: kind, label: t(`sentence.build.others.${kind}`) }))]}
          disabled={!!plan && !shown.people} onChange={pick((others) => set({ others: others as Others }))} />
        <Select label={t("sentence.build.ending")} value={value(shown.ending)} options={[...typed, ...MENUS.ending.map(({ text }, k) => ({ value: String(k), label: text }))]}
          onChange={pick((k) => set({ ending: Number(k) }))} />
        <Count label={t("sentence.build.phrases")} value={shown.phrases} known={!!plan} onInput={(phrases) => set({ phrases })} />
        <Select label={t("sentence.build.place")} value={value(shown.beside ? "beside" : "far")} disabled={!!plan && !shown.people}
          options={[...typed, ...["far", "beside"].map((kind) => ({ value: kind, label: t(`sentence.build.place.${kind}`) }))]} onChange={pick((kind) => set({ beside: kind === "beside" }))} />
      </div>
      <div class="write">
        <button type="button" class="textbtn" aria-expanded={writing} onClick={() => { if (!writing) setOpen(true); else { setOpen(false); if (!plan) store.setSentence(build(like.current)); } }}>
          {t(writing ? (plan ? "sentence.write.close" : "sentence.write.back") : "sentence.write.open")}
        </button>
        {mirror && <button type="button" class="textbtn" onClick={() => store.setSentence(mirror)}>{t("sentence.mirror")}</button>}
        {writing && (
          <label class="line"><span>{t("sentence.write")}</span>
            <textarea class="textin" rows={2} value={store.state.sentence.value} spellcheck={false} autocomplete="off" dir="auto" lang="pt"
              onInput={(event) => { store.setSentence(event.currentTarget.value); }} /></label>
        )}
      </div>
      {language.value === "en" && plan && <p class="gloss">{t("sentences.composer.gloss", { gloss: glossOf(plan) })}</p>}
    </div>
  );
}

/** How many clauses of a kind. */
function Count({ label, value, known, onInput }: { label: string; value: number; known: boolean; onInput: (value: number) => void }): JSX.Element {
  return (
    <div class="count">
      <span class="name">{label} <b class="num">{known ? value : "–"}</b></span>
      <Scrubber value={value} max={MOST_CLAUSES} label={label} valueText={String} onInput={onInput} />
    </div>
  );
}
