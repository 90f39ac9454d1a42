// Which networks, which axis.
import type { JSX } from "preact";
import { useWidget } from "../../host/widget.tsx";
import { Sign, marks } from "../../sentences/Marker.tsx";
import { networkName, useWords } from "../../sentences/write.ts";
import { Button } from "../../ui/controls.tsx";
import { OFFERED, SCALES } from "./state.ts";
import type { Store } from "./store.ts";

/** Networks, the cell of the LSTM, and the axis. */
export function Choices({ store }: { store: Store }): JSX.Element | null {
  const { t, hidden } = useWidget(), words = useWords(), { models, of, scale } = store.state, shown = models.value;
  const offered = [...OFFERED, ...shown.filter((name) => !(OFFERED as readonly string[]).includes(name))], mark = marks(offered);
  /** The order of the rows is that of the buttons; the last network stays. */
  const toggle = (name: string) => {
    const next = shown.includes(name) ? shown.filter((other) => other !== name) : offered.filter((other) => other === name || shown.includes(other));
    if (next.length) models.value = next;
  };
  const cells = store.compared.value.some(({ lm }) => lm.cell === "lstm");
  if (hidden("networks") && hidden("scale")) return null;
  return (
    <div class="choices">
      {!hidden("networks") && (
        <div class="row networks" role="group" aria-label={t("difference.networks")}>
          {offered.map((name, k) => (
            <Button key={name} class="net" pressed={shown.includes(name)} disabled={shown.length === 1 && shown[0] === name} onClick={() => toggle(name)}><Sign mark={mark[k]} />{networkName(name, words)}</Button>
          ))}
          {cells && <Button class="net cell" pressed={of.value === "cell"} onClick={() => { of.value = of.value === "cell" ? "hidden" : "cell"; }}><i class="sym q-c">c</i>{t("difference.cell_toggle")}</Button>}
        </div>
      )}
      {!hidden("scale") && (
        <div class="row scale" role="group" aria-label={t("difference.scale")}>
          {SCALES.map((kind) => <Button key={kind} class="net" pressed={scale.value === kind} onClick={() => { scale.value = kind; }}>{t(`difference.scale.${kind}`)}</Button>)}
        </div>
      )}
    </div>
  );
}
