// The sentence: several networks read the same words, a row of bars each, and the thread says what they must keep.
import { defineWidget } from "../../host/widget.tsx";
import { Frame } from "../../ui/controls.tsx";
import sentencesCss from "../../sentences/sentences.css";
import { GUESSES, defaults, type SentenceState } from "./state.ts";

export default defineWidget<SentenceState>({
  name: "sentence", defaults, css: sentencesCss, unlinked: ["weights"], choices: { guess: GUESSES },
  view: ({ t, state }) => <Frame title={t("sentence.title")}><p>{state.sentence.value}</p></Frame>,
});
