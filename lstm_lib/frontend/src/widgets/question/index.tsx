// A question card: choose, write a number, or put in order. The verdict is a sign, a word and a reason. A prediction
// is kept, and stands beside the result when the reader asks for it. Hint and solution belong to the page.
import { batch } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import type { JSX } from "preact";
import { defineWidget, type View } from "../../host/widget.tsx";
import { isSpec, judgeAnswer, readAnswer, type OrderSpec, type Spec, type Verdict as Judged } from "../../core/question.ts";
import { Button } from "../../ui/controls.tsx";
import { Rich, plain } from "../../ui/Rich.tsx";
import { Verdict } from "../../ui/Verdict.tsx";
import { defaults, type State } from "./state.ts";
import css from "./style.css";

const shelf = (id: string) => `lstm-book/question/${id}`;

/** A browser that keeps nothing (private mode, file://) is no error: the card just forgets. */
function recall(id: string): unknown {
  try { return JSON.parse(localStorage.getItem(shelf(id)) ?? "null"); } catch { return null; }
}
function keep(id: string, answer: unknown): void {
  try { if (answer === null) localStorage.removeItem(shelf(id)); else localStorage.setItem(shelf(id), JSON.stringify(answer)); } catch { /* forget */ }
}

type Draft = string | number | number[] | null;

function Question(view: View<State>): JSX.Element {
  const spec = view.state.question.value as unknown;
  return isSpec(spec) ? <Card key={spec.id} view={view} spec={spec} /> : <slot />;
}

function Card({ view, spec }: { view: View<State>; spec: Spec }): JSX.Element {
  const { state, t, num, language, host } = view, said = language.value, onSite = host.localName === "lstm-widget";
  const answer = state.answer.value, verdict = state.verdict.value, predict = !!spec.predict;
  const fresh: Draft = spec.kind === "order" ? spec.options.map((_, k) => k) : spec.kind === "number" ? "" : null;
  const shown = (value: State["answer"]): Draft => (value === null || readAnswer(spec, value) === null ? fresh
    : spec.kind === "number" && typeof value === "number" ? written(value, said) : value);
  const [draft, setDraft] = useState<Draft>(shown(answer)), [note, setNote] = useState(""), [changing, setChanging] = useState(false);
  const [heard, setHeard] = useState(""); // said to a screen reader only
  const mine = useRef(answer);

  useEffect(() => {
    if (!predict || !onSite || state.answer.peek() !== null) return;
    const old = recall(spec.id) as State["answer"];
    if (old !== null && readAnswer(spec, old) !== null) state.answer.value = old;
  }, []);
  // An answer that came from elsewhere (memory, Python, a link) is shown; our own is already there.
  useEffect(() => { if (answer !== mine.current) { mine.current = answer; setDraft(shown(answer)); } }, [answer]);

  const edit = (next: Draft) => { setDraft(next); setNote(""); setHeard(""); if (!predict && state.verdict.peek()) state.verdict.value = ""; };
  const submit = () => {
    const given = readAnswer(spec, draft);
    if (given === null) { setNote(t(`exercises.unreadable-${spec.kind}`)); return; }
    mine.current = given;
    batch(() => { state.answer.value = given; state.verdict.value = predict ? "" : judgeAnswer(spec, given).verdict; });
    if (predict && onSite) keep(spec.id, given);
    setNote("");
    setChanging(false);
  };
  const kept = predict && answer !== null && !changing, judged = verdict && answer !== null ? judgeAnswer(spec, answer) : null;
  const reveal = () => { state.verdict.value = judgeAnswer(spec, answer).verdict; };
  const title = predict ? t("question.predict") : t("question.exercise", { number: spec.number });
  const input = { view, spec, draft, edit, locked: kept };
  const send = <Button primary type="submit">{predict ? t("question.keep") : t("question.check")}</Button>;
  const actions = spec.kind !== "number" || predict;

  return (
    <form class={predict ? "card pre" : "card"} aria-label={title} noValidate
      onSubmit={(event) => { event.preventDefault(); if (!kept) submit(); }}>
      <p class="tag">{title}<span class="m">{predict ? t("question.before") : t("question.minutes", { minutes: spec.minutes })}</span></p>
      <p class="q"><Rich text={spec.prompt[said]} /></p>
      {spec.kind === "choice" && <Choice {...input} judged={predict ? judged : null} />}
      {spec.kind === "number" && <div class="row field-row"><NumberField {...input} />{!kept && send}</div>}
      {spec.kind === "order" && <Order {...input} spec={spec} draft={draft as number[]} say={setHeard} />}
      {actions && <div class="row actions">
        {!kept && spec.kind !== "number" && send}
        {kept && !judged && <Button primary onClick={reveal}>{t("question.compare")}</Button>}
        {kept && <Button onClick={() => { setChanging(true); state.verdict.value = ""; }}>{t("question.change")}</Button>}
        {predict && <span class="aside">{kept ? (judged ? "" : t("question.kept")) : t("question.returns")}</span>}
      </div>}
      <div role="status" aria-live="polite" class="result">
        {note && <p class="note">{note}</p>}
        {heard && <span class="vh">{heard}</span>}
        {judged && <Verdict right={judged.verdict === "right"} word={word(predict, judged, t)}><Rich text={judged.say?.[said] ?? ""} /></Verdict>}
        {judged && predict && spec.kind === "number" && <p class="note">{t("question.yours", { answer: num(answer as number) })}</p>}
      </div>
    </form>
  );
}

const word = (predict: boolean, judged: Judged, t: (key: string) => string) => predict
  ? t(judged.verdict === "right" ? "question.as_predicted" : "question.not_as_predicted")
  : t(judged.verdict === "right" ? "exercises.right" : "exercises.wrong");

/** A number as the reader would have typed it: no rounding, the language's comma and minus. */
const written = (value: number, language: "pt" | "en") => {
  const text = String(value).replace("-", "\u2212");
  return language === "pt" ? text.replace(".", ",") : text;
};

interface InputProps { view: View<State>; spec: Spec; draft: Draft; edit: (next: Draft) => void; locked: boolean }

function Choice({ view: { t, language }, spec, draft, edit, locked, judged }: InputProps & { judged: Judged | null }): JSX.Element | null {
  if (spec.kind !== "choice") return null;
  return (
    <fieldset class="opts">
      <legend class="vh">{t(spec.predict ? "question.your_prediction" : "question.options")}</legend>
      {spec.options.map((option, k) => {
        const yours = judged !== null && k === draft, result = judged !== null && k === spec.answer;
        return (
          <label key={k} class={result ? "fact" : undefined}>
            <input type="radio" name="option" value={k} checked={draft === k} disabled={locked && draft !== k} onChange={() => edit(k)} />
            <span><Rich text={option[language.value]} /></span>
            {(yours || result) && <span class="mine">{[yours && t("question.your_prediction"), result && t("question.result")].filter(Boolean).join(" · ")}</span>}
          </label>
        );
      })}
    </fieldset>
  );
}

function NumberField({ view: { language, t }, spec, draft, edit, locked }: InputProps): JSX.Element | null {
  if (spec.kind !== "number") return null;
  const said = language.value, unit = typeof spec.unit === "string" ? spec.unit : spec.unit?.[said];
  return (
    <label class="ask">
      <span>{spec.label ? <Rich text={spec.label[said]} /> : t("question.answer")}</span>
      <input class="textin" type="text" inputMode="decimal" autoComplete="off" size={9} value={draft as string} disabled={locked}
        onInput={(event) => edit(event.currentTarget.value)} />
      {unit && <span>{unit}</span>}
    </label>
  );
}

function Order({ view: { t, language }, spec, draft, edit, locked, say }: Omit<InputProps, "spec" | "draft"> & { spec: OrderSpec; draft: number[]; say: (text: string) => void }): JSX.Element {
  const list = useRef<HTMLOListElement>(null), focus = useRef<{ option: number; by: number } | null>(null);
  const said = language.value, n = draft.length;
  useEffect(() => {
    const f = focus.current;
    if (!f) return;
    focus.current = null;
    const pair = list.current?.querySelectorAll<HTMLButtonElement>(`[data-option="${f.option}"] button`);
    const wanted = pair?.[f.by < 0 ? 0 : 1];
    (wanted?.disabled ? pair?.[f.by < 0 ? 1 : 0] : wanted)?.focus();
  }, [draft]);
  const move = (from: number, by: number) => {
    const next = [...draft], [option] = next.splice(from, 1);
    next.splice(from + by, 0, option);
    focus.current = { option, by };
    edit(next);
    say(t("question.moved", { what: plain(spec.options[option][said]), position: from + by + 1, all: n }));
  };
  return (
    <ol class="order" ref={list} aria-label={t("question.order")}>
      {draft.map((option, k) => (
        <li key={option} data-option={option}>
          <span class="place">{k + 1}</span><span class="what"><Rich text={spec.options[option][said]} /></span>
          <Button disabled={locked || k === 0} aria-label={t("question.up", { what: plain(spec.options[option][said]) })} onClick={() => move(k, -1)}>↑</Button>
          <Button disabled={locked || k === n - 1} aria-label={t("question.down", { what: plain(spec.options[option][said]) })} onClick={() => move(k, 1)}>↓</Button>
        </li>
      ))}
    </ol>
  );
}

export default defineWidget<State>({ name: "question", defaults, css, unlinked: ["question", "answer", "verdict"], view: (props) => <Question {...props} /> });
