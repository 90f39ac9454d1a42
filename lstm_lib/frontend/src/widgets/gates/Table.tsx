// Every number of the chosen unit as a table, for those who read rather than look, and for copying.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useWidget } from "../../host/widget.tsx";
import { ValueTable } from "../../ui/controls.tsx";
import { Symbol } from "../../ui/Rich.tsx";
import { LETTER, isGate } from "../../ui/quantities.ts";
import { writeShare } from "../../sentences/forms.ts";
import { QUANTITIES } from "./state.ts";
import type { Store } from "./store.ts";

export function Table({ store }: { store: Store }): JSX.Element | null {
  const { t, num, percent } = useWidget(), [open, setOpen] = useState(false);
  const run = store.run.value, unit = store.unit.value, step = store.step.value, sequence = store.sequence.value;
  if (!run || !sequence) return null;
  const { trace, share } = run;
  return (
    <details class="fold" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("common.table")}</summary>
      {open && (
        <div class="folded">
          <ValueTable caption={t("gates.table", { unit })}
            columns={[t(sequence.words.length ? "gates.word" : "gates.step"), ...QUANTITIES.map((q) => <span title={t(`common.${q}`)}><Symbol q={LETTER[q]} /><span class="vh"> {t(`common.${q}`)}</span></span>),
              ...(share ? [t("gates.table_share")] : [])]}
            rows={Array.from({ length: trace.T }, (_, k) => ({
              key: k, head: sequence.words[k] ?? String(k + 1), current: k === step,
              cells: [...QUANTITIES.map((q) => num(trace[q][k * trace.H + unit], { digits: 3, sign: !isGate(LETTER[q]) })), ...(share ? [writeShare(share[k], percent)] : [])],
            }))} />
        </div>
      )}
    </details>
  );
}
