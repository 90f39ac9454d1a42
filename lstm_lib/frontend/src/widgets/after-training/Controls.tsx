// Before or after training, which quantity, which networks.
import type { JSX } from "preact";
import { useWidget } from "../../host/widget.tsx";
import { Sign, marks } from "../../sentences/Marker.tsx";
import { networkName, useWords } from "../../sentences/write.ts";
import { Button } from "../../ui/controls.tsx";
import { Rich } from "../../ui/Rich.tsx";
import { OFFERED, QUANTITIES } from "./state.ts";
import type { Store } from "./store.ts";

export function Training({ store }: { store: Store }): JSX.Element | null {
  const { t, hidden } = useWidget(), words = useWords(), { models, trained } = store.state, shown = models.value;
  const offered = [...OFFERED, ...shown.filter((name) => !(OFFERED as readonly string[]).includes(name))], mark = marks(offered);
  /** The order of the rows is that of the buttons; the last network stays, and a fourth one goes in for none. */
  const toggle = (name: string) => {
    const next = shown.includes(name) ? shown.filter((other) => other !== name) : offered.filter((other) => other === name || shown.includes(other));
    if (next.length) models.value = next;
  };
  if (hidden("training") && hidden("networks")) return null;
  return (
    <div class="choices">
      {!hidden("training") && (
        <div class="row joined" role="group" aria-label={t("after-training.training")}>
          {[false, true].map((after) => (
            <Button key={String(after)} class="net" pressed={trained.value === after} onClick={() => { trained.value = after; }}>{t(after ? "after-training.after" : "after-training.before")}</Button>
          ))}
        </div>
      )}
      {!hidden("networks") && (
        <div class="row networks" role="group" aria-label={t("difference.networks")}>
          {offered.map((name, k) => (
            <Button key={name} class="net" pressed={shown.includes(name)} disabled={shown.includes(name) ? shown.length === 1 : shown.length >= 4} onClick={() => toggle(name)}><Sign mark={mark[k]} />{networkName(name, words)}</Button>
          ))}
        </div>
      )}
    </div>
  );
}

/** Three slopes and a difference: what a small change does, and what another word does. */
export function Quantities({ store }: { store: Store }): JSX.Element | null {
  const { t, hidden } = useWidget(), { quantity } = store.state;
  if (hidden("quantity")) return null;
  return (
    <div class="quantities" role="group" aria-label={t("after-training.quantity")}>
      {QUANTITIES.map((name) => (
        <button key={name} type="button" class={`quantity ${name}`} aria-pressed={quantity.value === name} onClick={() => { quantity.value = name; }}>
          <span class="ask">{t(`after-training.ask.${name}`)}</span>
          <span class="what"><Rich text={t(`after-training.symbol.${name}`)} /></span>
        </button>
      ))}
    </div>
  );
}
