// Which pair, how long, which networks, which axis.
import type { JSX } from "preact";
import { tokenize } from "../../core/tokenize.ts";
import { useWidget } from "../../host/widget.tsx";
import { MENUS } from "../../sentences/composer.ts";
import { Button, Select } from "../../ui/controls.tsx";
import { Rich } from "../../ui/Rich.tsx";
import { Scrubber } from "../../ui/Scrubber.tsx";
import { shortened } from "../../ui/format.ts";
import { clamp } from "../../ui/scale.ts";
import { useWords } from "./Chart.tsx";
import { Sign, marks } from "./Marker.tsx";
import { withSubject } from "./pair.ts";
import { OFFERED, SCALES, SLIDER_END } from "./state.ts";
import type { Store } from "./store.ts";
import { networkName } from "./write.ts";

/** The menu's subjects, two by two. */
const PAIRS = MENUS.subject.flatMap((one, k) => (k % 2 ? [] : [[one.text, MENUS.subject[k + 1].text] as const]));

/** Subjects and length of the sentence. */
export function Sentence({ store }: { store: Store }): JSX.Element {
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

function Length({ store }: { store: Store }): JSX.Element {
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
