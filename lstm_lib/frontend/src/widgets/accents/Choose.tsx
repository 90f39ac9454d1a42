// The reader's word: typed, or one of the test words, by what became of it.
import type { JSX } from "preact";
import { useWidget } from "../../host/widget.tsx";
import { Button } from "../../ui/controls.tsx";
import { OUTCOMES, WORDS, outcomeOf, type Answers } from "./answers.ts";

export function Choose({ word, found, onWord }: { word: string; found: Answers | null; onWord: (word: string) => void }): JSX.Element {
  const { t } = useWidget(), at = WORDS.findIndex((one) => one.bare === found?.bare);
  return (
    <div class="choose">
      <label class="line"><span>{t("accents.write")}</span>
        <input class="textin" type="text" value={word} lang="pt" autocapitalize="none" autocomplete="off" autocorrect="off" spellcheck={false} maxLength={60} onInput={(event) => onWord(event.currentTarget.value)} /></label>
      <label class="line list"><span>{t("accents.list", { count: WORDS.length })}</span>
        <span class="sel">
          <select value={at < 0 ? "" : WORDS[at].bare} onChange={(event) => { if (event.currentTarget.value) onWord(event.currentTarget.value); }}>
            {at < 0 && <option value="" selected>{t("accents.list.none")}</option>}
            {OUTCOMES.map((outcome) => {
              const words = WORDS.filter((one) => outcomeOf(one) === outcome);
              return words.length > 0 && (
                <optgroup key={outcome} label={t(`accents.outcome.${outcome}`, { count: words.length })}>
                  {words.map(({ bare }) => <option key={bare} value={bare} selected={at >= 0 && WORDS[at].bare === bare}>{bare}</option>)}
                </optgroup>
              );
            })}
          </select>
        </span></label>
      <Button onClick={() => onWord(WORDS[(at + 1) % WORDS.length].bare)}>{t("accents.next")}</Button>
    </div>
  );
}
