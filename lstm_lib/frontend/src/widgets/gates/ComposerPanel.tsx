// The sentence, and the second one it is compared with.
import { batch } from "@preact/signals";
import type { JSX } from "preact";
import { tokenize } from "../../core/tokenize.ts";
import { useWidget } from "../../host/widget.tsx";
import { Composer, TextLine } from "../../sentences/Composer.tsx";
import { mirrored } from "../../sentences/composer.ts";
import { Button } from "../../ui/controls.tsx";
import type { Store } from "./store.ts";

export function ComposerPanel({ store }: { store: Store }): JSX.Element {
  const { t } = useWidget(), { state } = store, text = state.sentence.value, compare = state.compare.value, mirror = mirrored(text);
  /** A comparison with the other subject follows the sentence; one that was typed stays. */
  const setSentence = (next: string) => batch(() => {
    const followed = compare !== "" && compare === mirrored(text), atEnd = store.step.peek() === tokenize(text).length - 1;
    state.sentence.value = next;
    if (followed) state.compare.value = mirrored(next);
    if (atEnd) state.step.value = Math.max(0, tokenize(next).length - 1);
  });
  return (
    <Composer text={text} onText={setSentence}>
      <TextLine label={t("gates.composer.compare")} value={compare} onText={(next) => { state.compare.value = next; }} />
      <div class="row">
        {mirror && mirror !== compare && <Button onClick={() => { state.compare.value = mirror; }}>{t("gates.composer.mirror")}</Button>}
        {compare && <Button onClick={() => { state.compare.value = ""; }}>{t("gates.composer.no_compare")}</Button>}
      </div>
    </Composer>
  );
}
