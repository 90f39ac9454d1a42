// Both sentences as one strip: it forks where the subjects differ, runs as one, and forks again where the adjectives should.
import type { ReadonlySignal } from "@preact/signals";
import { Component, type JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useWidget } from "../host/widget.tsx";
import { useDrag } from "../ui/drag.ts";
import { FORMS, type Pair } from "./pair.ts";

/** What the pieces that show a pair read from an explorable's store. */
export interface PairStore { pair: ReadonlySignal<Pair | null>; step: ReadonlySignal<number>; setStep: (step: number) => void }

/** Above this many words the strip scrolls inside itself. */
const MANY = 90;

/** `back`: the reader goes from the end to the beginning, and what is still to come lies before the chosen word. */
export function PairStrip({ store, back = false }: { store: PairStore; back?: boolean }): JSX.Element {
  const { t, hidden } = useWidget(), pair = store.pair.value!, now = store.step.value, { feminine, masculine, subject: [from, to] } = pair;
  const still = hidden("scrubber");
  const drag = useDrag((event) => {
    const item = still ? null : (event.target as Element | null)?.closest?.<HTMLElement>("[data-t]");
    if (item) store.setStep(Number(item.dataset["t"]));
  });
  const list = useRef<HTMLOListElement>(null), many = feminine.length > MANY;
  useEffect(() => {
    const box = list.current, word = many ? box?.querySelector<HTMLElement>(".cur") : null;
    if (box && word && (word.offsetTop < box.scrollTop || word.offsetTop + word.offsetHeight > box.scrollTop + box.clientHeight)) box.scrollTop = word.offsetTop - box.clientHeight / 2;
  }, [now, many]);
  const kind = (k: number) => (k === now ? "cur" : k > now !== back ? "fut" : "");
  return (
    <ol ref={list} class={`strip pair${feminine.length > 30 ? " long" : ""}${many ? " many" : ""}${still ? " still" : ""}`} aria-label={t("difference.strip")} tabIndex={many ? 0 : undefined} {...drag}>
      {feminine.map((word, k) => <Item key={k} k={k} one={word} other={k >= from && k <= to ? masculine[k] : null} forks={k === to} or={t("difference.or")} kind={kind(k)} />)}
      {pair.expected && <Asked expected={pair.expected} label={t("difference.asked")} or={t("difference.or")} />}
    </ol>
  );
}

interface ItemProps { k: number; one: string; other: string | null; forks: boolean; or: string; kind: string }

/** A word, or one above the other; drawn again only when something of its own changed. */
class Item extends Component<ItemProps> {
  override shouldComponentUpdate(next: ItemProps): boolean {
    const now = this.props;
    return now.one !== next.one || now.other !== next.other || now.kind !== next.kind || now.k !== next.k || now.forks !== next.forks || now.or !== next.or;
  }
  override render({ k, one, other, forks, or, kind }: ItemProps): JSX.Element {
    return (
      <li data-t={k} class={`${kind}${forks ? " forks" : ""}`} aria-current={kind === "cur" ? "step" : undefined}>
        <span class="two"><span class="w" data-w={one}>{one}</span>{other !== null && <><span class="vh"> {or} </span><span class="w" data-w={other}>{other}</span></>}</span>
        {forks && <Fork />}
      </li>
    );
  }
}

/** Two lines that become one, or, turned, one that becomes two. */
function Fork({ turned = false }: { turned?: boolean }): JSX.Element {
  return (
    <svg class="fork" width="18" height="62" viewBox="0 0 18 62" aria-hidden="true">
      <path transform={turned ? "matrix(-1 0 0 1 18 0)" : undefined} d="M1,15.5C11,15.5 6,31 17,31M1,46.5C11,46.5 6,31 17,31" />
    </svg>
  );
}

/** What should come next: two forms, or twice the same where another noun decides. */
function Asked({ expected, label, or }: { expected: NonNullable<Pair["expected"]>; label: string; or: string }): JSX.Element {
  const [one, other] = expected.map((gender) => FORMS[gender]);
  if (one === other) return <li class="asked"><span class="two"><span class="vh">{label} </span><i>{one}</i></span></li>;
  return <li class="asked forks"><Fork turned /><span class="two"><span class="vh">{label} </span><i>{one}</i><span class="vh"> {or} </span><i>{other}</i></span></li>;
}
