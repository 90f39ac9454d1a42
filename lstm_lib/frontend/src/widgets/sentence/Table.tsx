// Every number as a table, for those who read rather than look, and for copying.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useWidget } from "../../host/widget.tsx";
import { writeShare } from "../../sentences/forms.ts";
import { ValueTable } from "../../ui/controls.tsx";
import type { Store } from "./store.ts";
import { nameOf, type Voice } from "./words.ts";

export function Table({ store, voice }: { store: Store; voice: Voice }): JSX.Element {
  const { t, percent } = useWidget(), [open, setOpen] = useState(false), rows = store.rows.value, step = open ? store.step.value : -1;
  return (
    <details class="fold" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("common.table")}</summary>
      {open && (
        <div class="folded">
          <ValueTable caption={t("sentence.table")} columns={[t("sentence.table.word"), ...rows.flatMap((row) => {
            const network = nameOf(row.name, voice);
            return [t("sentence.table.share", { network }), t("sentence.table.mass", { network })];
          })]}
            rows={store.words.value.map((word, k) => ({
              key: k, head: word, current: k === step, cells: rows.flatMap((row) => [writeShare(row.share[k], percent), writeShare(row.mass[k], percent)]),
            }))} />
        </div>
      )}
    </details>
  );
}
