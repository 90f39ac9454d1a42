// Which pair is read, and how long it is.
import type { ReadonlySignal, Signal } from "@preact/signals";
import type { JSX } from "preact";
import { tokenize } from "../core/tokenize.ts";
import { useWidget } from "../host/widget.tsx";
import { Select } from "../ui/controls.tsx";
import { Rich } from "../ui/Rich.tsx";
import { Scrubber } from "../ui/Scrubber.tsx";
import { shortened } from "../ui/format.ts";
import { clamp } from "../ui/scale.ts";
import { MENUS } from "./composer.ts";
import { withSubject, type Pair } from "./pair.ts";

/** Where the slider ends; Python and links may ask for more. */
const SLIDER_END = 60;

interface SentenceStore { pair: ReadonlySignal<Pair | null>; state: { sentence: Signal<string>; distance: Signal<number> } }

/** The menu's subjects, two by two. */
const PAIRS = MENUS.subject.flatMap((one, k) => (k % 2 ? [] : [[one.text, MENUS.subject[k + 1].text] as const]));

/** Subjects and length of the sentence. */
export function PairSentence({ store }: { store: SentenceStore }): JSX.Element {
  const { t, hidden } = useWidget(), pair = store.pair.value!, [from, to] = pair.subject;
  const subject = pair.feminine.slice(from, to + 1).join(" "), found = PAIRS.findIndex(([feminine]) => feminine === subject);
  const choose = (value: string) => {
    const words = withSubject(tokenize(store.state.sentence.value), PAIRS[Number(value)][0].split(" "));
    store.state.sentence.value = words.join(" ");
  };
  const both = (feminine: string, masculine: string) => t("difference.pair", { feminine, masculine });
  return (
    <div class="setting">
      {!hidden("composer") && (
        <Select label={t("difference.subjects")} value={found < 0 ? "" : String(found)} onChange={(value) => { if (value !== "") choose(value); }}
          options={[...(found < 0 ? [{ value: "", label: both(shortened(subject), shortened(pair.masculine.slice(from, to + 1).join(" "))) }] : []), ...PAIRS.map(([f, m], k) => ({ value: String(k), label: both(f, m) }))]} />
      )}
      {!hidden("distance") && <Length store={store} />}
    </div>
  );
}

function Length({ store }: { store: SentenceStore }): JSX.Element {
  const { t } = useWidget(), pair = store.pair.value!, end = Math.max(SLIDER_END, pair.distance);
  const fixed = !pair.elastic ? "difference.distance_fixed" : pair.shortest >= end ? "difference.distance_long" : "";
  const words = (count: number) => t(count === 1 ? "difference.distance_one" : "difference.distance_value", { count });
  return (
    <div class="length">
      <div class="length-head"><span class="name">{t("difference.distance")}</span><b class="num">{words(pair.distance)}</b></div>
      {fixed ? <p class="note"><Rich text={t(fixed)} /></p>
        : <Scrubber value={clamp(pair.distance, pair.shortest, end)} min={pair.shortest} max={end} dots={false} label={t("difference.distance")}
          valueText={words} onInput={(value) => { store.state.distance.value = value <= pair.shortest ? 0 : value; }} />}
    </div>
  );
}
