// The reader predicts before the networks answer; then both stand side by side.
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useWidget } from "../../host/widget.tsx";
import { Rich } from "../../ui/Rich.tsx";
import { Verdict } from "../../ui/Verdict.tsx";
import { Button } from "../../ui/controls.tsx";
import type { Guess } from "./state.ts";
import type { Store } from "./store.ts";

const ENDINGS: { guess: Exclude<Guess, "">; gender: "f" | "m" }[] = [{ guess: "feminine", gender: "f" }, { guess: "masculine", gender: "m" }];

export function Ask({ store, playing, onPredict, onReplay }: { store: Store; playing: boolean; onPredict: (guess: Guess) => void; onReplay: () => void }): JSX.Element {
  const { t } = useWidget(), shown = store.shown.value, words = store.words.value, word = words[store.asked.value] ?? "";
  const place = store.place.value, box = useRef<HTMLDivElement>(null), moved = useRef(false);
  // The button that was pressed is gone: whoever uses the keyboard goes on from what took its place.
  useEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    box.current?.focus({ preventScroll: true });
  }, [shown]);
  const go = (act: () => void) => () => { moved.current = true; act(); };
  if (!shown) {
    return (
      <div class="ask-box" ref={box} tabIndex={-1} role="group" aria-label={t("sentence.ask.label")}>
        <p class="question"><Rich text={t(place.last === null ? "sentence.ask.open" : "sentence.ask", { word })} /></p>
        <div class="row">
          {ENDINGS.map(({ guess }) => (
            <Button key={guess} class="big" onClick={go(() => onPredict(guess))}><Rich text={t(`sentence.ask.${guess}`)} /></Button>
          ))}
          <button type="button" class="textbtn" onClick={go(() => onPredict(""))}>{t("sentence.ask.skip")}</button>
        </div>
      </div>
    );
  }
  const mine = ENDINGS.find(({ guess }) => guess === store.guess.value);
  const right = mine && place.last !== null && place.gender ? mine.gender === place.gender : null;
  return (
    <div class="ask-box" ref={box} tabIndex={-1} role="group" aria-label={t("sentence.ask.label")}>
      {mine && !playing && (right === null ? <p class="mine"><Rich text={t(`sentence.guessed.${mine.guess}`)} /></p>
        : <Verdict right={right} word={t(right ? "sentence.guess.right" : "sentence.guess.wrong")}><Rich text={t(`sentence.guessed.${mine.guess}`)} /></Verdict>)}
      <div class="row">
        <Button onClick={go(store.again)}>{t("sentence.again")}</Button>
        {words.length > 1 && <button type="button" class="textbtn" onClick={onReplay}>{t("sentence.replay")}</button>}
      </div>
    </div>
  );
}
