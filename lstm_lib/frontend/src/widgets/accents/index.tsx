// The accents: two small networks put the marks back on the reader's word; one has seen it up to the letter, the other all of it.
import type { JSX } from "preact";
import { useComputed } from "@preact/signals";
import { useEffect, useMemo, useState } from "preact/hooks";
import { AccentNetwork, MOST_LETTERS } from "../../core/accents.ts";
import { loadModel } from "../../host/models.ts";
import { defineWidget, useWidget, type View } from "../../host/widget.tsx";
import { Rich } from "../../ui/Rich.tsx";
import { Button, Fold, Frame, See, ValueTable } from "../../ui/controls.tsx";
import { clamp } from "../../ui/scale.ts";
import { NAMES, able, answer, shareAt, type Answers, type Networks } from "./answers.ts";
import { Choose } from "./Choose.tsx";
import { Letter } from "./Letter.tsx";
import { defaults, type AccentsState } from "./state.ts";
import css from "./style.css";
import { Word } from "./Word.tsx";
import { seeSentence, writeShare } from "./words.ts";

/** A DataView of what Python sends, or the bytes that the site keeps. */
async function bytesOf(name: string, weights: Record<string, unknown>): Promise<DataView> {
  const given = weights[`accents/${name}`];
  if (given instanceof ArrayBuffer && given.byteLength) return new DataView(given);
  if (ArrayBuffer.isView(given) && given.byteLength) return new DataView(given.buffer, given.byteOffset, given.byteLength);
  return loadModel(`accents/${name}`);
}

type Loading = Networks | "loading" | "error";

function useNetworks(weights: Record<string, unknown>): Loading {
  const [state, set] = useState<Loading>("loading");
  useEffect(() => {
    let over = false;
    Promise.all(NAMES.map((name) => bytesOf(name, weights).then((view) => [name, AccentNetwork.fromSafetensors(view)] as const)))
      .then((pairs) => { if (!over) set(Object.fromEntries(pairs) as Networks); }, (error) => { console.warn("lstm-widget:", error); if (!over) set("error"); });
    return () => { over = true; };
  }, [weights]);
  return state;
}

function Accents(view: View<AccentsState>): JSX.Element {
  const { state, t, hidden, percent } = view, networks = useNetworks(state.weights.value), ready = typeof networks === "string" ? null : networks;
  const found = useMemo(() => (ready ? answer(String(state.word.value ?? ""), ready) : null), [ready, state.word.value]);
  const some = found && found.bare.length > 0 ? found : null;
  const letter = useComputed(() => state.letter.value).value, at = some ? (Number.isInteger(letter) && letter >= 0 ? clamp(letter, 0, some.bare.length - 1) : some.differ) : 0;
  const setWord = (word: string) => { state.word.value = word; state.letter.value = -1; };
  const meta = ready && t("accents.meta", { lstm: percent(ready.lstm.scores.words), bilstm: percent(ready.bilstm.scores.words) });
  return (
    <Frame title={t("accents.title")} meta={meta}>
      {!hidden("choose") && <Choose word={state.word.value} found={found} onWord={setWord} />}
      {networks === "loading" && <p class="state waiting" role="status">{t("common.loading")}</p>}
      {networks === "error" && <p class="state" role="alert">{t("accents.not_loaded")}</p>}
      {found && <Notes found={found} />}
      {found && !some && <div class="mend" role="status"><p>{t("accents.empty")}</p><Button onClick={() => setWord(defaults.word)}>{t("accents.empty.button", { word: defaults.word })}</Button></div>}
      {some && ready && <>
        <Word found={some} networks={ready} letter={at} onLetter={(to) => { state.letter.value = to; }} />
        {!hidden("letter") && <Letter found={some} networks={ready} letter={at} />}
        {!hidden("right") && <p class="right-form"><Rich text={rightText(some, t)} /></p>}
        {!hidden("see") && <See text={seeSentence(some, ready, at, { t, percent })} />}
        {!hidden("table") && <Fold label={t("common.table")}>{() => <Table found={some} networks={ready} at={at} />}</Fold>}
      </>}
    </Frame>
  );
}

/** What is right, who says so, and what the table of endings writes. */
function rightText({ source, right, known, bare }: Answers, t: View<AccentsState>["t"]): string {
  const first = source === "" ? t("accents.right.unknown", { bare }) : t(`accents.right.${source}`, { right: right! });
  return known && source === "list" ? `${first} ${t(known.table === right ? "accents.table_right" : "accents.table_wrong", { word: known.table })}` : first;
}

/** Kind words about what was not read. */
function Notes({ found: { cleaned } }: { found: Answers }): JSX.Element | null {
  const { t } = useWidget(), { unknown, rest, cut } = cleaned;
  if (!unknown.length && !rest && !cut) return null;
  return (
    <div class="notices" role="status">
      {unknown.length > 0 && <p>{t(unknown.length === 1 ? "accents.unknown.one" : "accents.unknown.many", { letters: unknown.slice(0, 8).map((letter) => t("accents.quoted", { letter })).join(", ") })}</p>}
      {rest && <p>{t("accents.one_word")}</p>}
      {cut && <p>{t("accents.cut", { most: MOST_LETTERS })}</p>}
    </div>
  );
}

function Table({ found, networks, at }: { found: Answers; networks: Networks; at: number }): JSX.Element {
  const { t, percent } = useWidget(), wanted = found.right === null ? [] : [...found.right];
  return (
    <ValueTable caption={t("accents.table", { bare: found.bare })} columns={[t("accents.table.letter"), ...found.answers.map(({ name }) => t(`accents.name.${name}`)), ...(wanted.length ? [t("accents.table.right")] : [])]}
      rows={[...found.bare].map((letter, k) => ({
        key: k, current: k === at, head: `${k + 1} ${letter}`,
        cells: [...found.answers.map((one) => (able(networks, letter) ? `${[...one.reading.word][k]} ${writeShare(shareAt(one, k), { t, percent }, true)}` : letter)), ...(wanted.length ? [wanted[k]] : [])],
      }))} />
  );
}

export default defineWidget<AccentsState>({ name: "accents", defaults, css, unlinked: ["weights"], view: Accents });
