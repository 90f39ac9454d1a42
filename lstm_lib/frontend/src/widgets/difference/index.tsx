// The trace of a difference: two sentences that differ in the subject only, and what each network still knows of it.
import type { JSX } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { defineWidget, type View } from "../../host/widget.tsx";
import { Frame } from "../../ui/controls.tsx";
import css from "./difference.css";
import { OF, SCALES, defaults, type DifferenceState } from "./state.ts";
import { createStore } from "./store.ts";

function Difference(view: View<DifferenceState>): JSX.Element {
  const { t, num } = view, store = useMemo(() => createStore(view.state), []);
  useEffect(() => store.dispose, []);
  const pair = store.pair.value;
  return (
    <Frame title={t("difference.title")}>
      {!pair && <p class="state" role="status">{t("difference.empty")}</p>}
      {store.loading.value.length > 0 && <p class="state" role="status">{t("common.loading")}</p>}
      {pair && <p>{pair.feminine.join(" ")}</p>}
      {store.lines.value.map((line) => <p key={line.name + line.unit}>{line.name} {line.verdict} {[...line.values].map((v) => num(v)).join(" · ")}</p>)}
    </Frame>
  );
}

export default defineWidget<DifferenceState>({ name: "difference", defaults, css, choices: { scale: SCALES, of: OF }, view: Difference });
