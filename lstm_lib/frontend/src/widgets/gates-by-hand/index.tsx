// Gates by hand: the reader opens and closes the three gates at every step until the puzzle is solved.
import { batch, effect, signal, untracked, type Signal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { JSX } from "preact";
import { defineWidget, useWidget, type View } from "../../host/widget.tsx";
import type { Signals } from "../../host/bind.ts";
import { GATES, judge, puzzleOf, puzzles, run, settle, stepsOf, withGate, type GateName, type Gates, type Judgement, type Puzzle, type Run } from "../../core/puzzles.ts";
import { Announcer, Button, Fold, Frame, ValueTable } from "../../ui/controls.tsx";
import { Rich, Symbol, plain } from "../../ui/Rich.tsx";
import { Scrubber } from "../../ui/Scrubber.tsx";
import { Valve } from "../../ui/Valve.tsx";
import { Tick, Verdict } from "../../ui/Verdict.tsx";
import { LETTER, color } from "../../ui/quantities.ts";
import { clamp } from "../../ui/scale.ts";
import { Strip } from "./Strip.tsx";
import { defaults, type State } from "./state.ts";
import { problemText, seeText } from "./words.ts";
import css from "./style.css";

const SHELF = "lstm-book/gates-by-hand/solved";

/** Solved puzzles of earlier visits, on the site only; a browser that keeps nothing is no error. */
function remembered(): string[] {
  try {
    const list: unknown = JSON.parse(localStorage.getItem(SHELF) ?? "[]");
    return Array.isArray(list) ? list.filter((id): id is string => puzzles.some((p) => p.id === id)) : [];
  } catch { return []; }
}

function GatesByHand(view: View<State>): JSX.Element {
  const { state, t, hidden, language, host } = view, said = language.value;
  const puzzle = puzzleOf(state.puzzle.value), T = stepsOf(puzzle);
  const gates = settle(puzzle, { forget_gate: state.forget_gate.value, input_gate: state.input_gate.value, output_gate: state.output_gate.value });
  const verdict = judge(puzzle, gates), step = clamp(Math.round(state.step.value), 0, T - 1);
  const shown = useMemo<Signal<number>>(() => signal(0), []), which = Math.min(shown.value, puzzle.cases.length - 1);
  const trace = run(puzzle, gates, which), onSite = host.localName === "lstm-widget";

  useEffect(() => keepApart(state, shown), []);
  useEffect(() => {
    if (onSite) state.solved.value = [...new Set([...state.solved.peek(), ...remembered()])];
  }, []);
  useEffect(() => {
    if (!verdict.solved || state.solved.peek().includes(puzzle.id)) return;
    state.solved.value = [...state.solved.peek(), puzzle.id];
    if (onSite) try { localStorage.setItem(SHELF, JSON.stringify(state.solved.peek())); } catch { /* private mode */ }
  }, [verdict.solved, puzzle.id]);

  const set = (gate: GateName, k: number, value: number) => { state[gate].value = withGate(puzzle, gates, gate, k, value); };
  const choose = (id: string) => { state.puzzle.value = id; state.step.value = 0; };
  const reset = () => { for (const gate of GATES) state[gate].value = []; };
  const see = seeText(view, trace, step);
  const done = puzzles.filter((p) => state.solved.value.includes(p.id)).length;
  const heard = verdict.solved ? `${t("gates-by-hand.solved")} ${puzzle.lesson[said]}` : see;
  const next = puzzles[(puzzles.indexOf(puzzle) + 1) % puzzles.length];

  return (
    <Frame title={t("gates-by-hand.title")} meta={t("gates-by-hand.progress", { done, all: puzzles.length })}>
      {!hidden("puzzles") && <Chooser puzzle={puzzle} solved={state.solved.value} choose={choose} />}
      {!hidden("task") && (
        <div class="task">
          <p class="name">{puzzle.title[said]}</p>
          <p><Rich text={puzzle.task[said]} /></p>
        </div>
      )}
      {puzzle.cases.length > 1 && !hidden("cases") && <Cases puzzle={puzzle} verdict={verdict} which={which} choose={(k) => { shown.value = k; }} />}
      {!hidden("cell") && <Strip puzzle={puzzle} shown={puzzle.cases[which]} trace={trace} step={step} onGate={set} onStep={(k) => { state.step.value = k; }} />}
      {!hidden("how") && <How />}
      {!hidden("panel") && <Panel {...{ view, puzzle, trace, step, set, reset }} />}
      {!hidden("verdict") && <Outcome {...{ view, puzzle, verdict, which, next: () => choose(next.id), last: puzzle === puzzles[puzzles.length - 1] }} />}
      {!hidden("see") && <p class="see"><b>{t("common.what_you_see")}</b> <Rich text={see} /></p>}
      <Announcer text={plain(heard)} />
      {!hidden("table") && <Fold label={t("common.table")}>{() => <Table {...{ view, puzzle, trace, which, step }} />}</Fold>}
    </Frame>
  );
}

/** Each puzzle keeps its own gates while the page is open; a link or Python that brings gates of its own wins. */
function keepApart(state: Signals<State>, shown: Signal<number>): () => void {
  const now = () => Object.fromEntries(GATES.map((gate) => [gate, state[gate].value])) as Gates;
  const kept = new Map<string, Gates>();
  let id = state.puzzle.peek(), gates = now();
  return effect(() => {
    const current = now();
    if (state.puzzle.value !== id) {
      kept.set(id, gates);
      id = state.puzzle.value;
      shown.value = 0;
      if (GATES.every((gate) => current[gate] === gates[gate])) {
        const own = kept.get(id);
        batch(() => { for (const gate of GATES) state[gate].value = own?.[gate] ?? []; });
      }
    }
    gates = untracked(now);
  });
}

/** How to work the apertures, with the three that need no further words. */
function How(): JSX.Element {
  const { t, num } = useWidget();
  return (
    <p class="how">
      {[0, 0.5, 1].map((v) => (
        <span class="mini" key={v}>
          <svg width="20" height="20" aria-hidden="true" style={{ "--q-h": "var(--ink-2)" }}><Valve x={10} y={10} r={8} q="h" value={v} through="h" vertical thickness={0} /></svg>
          {num(v, { digits: v === 0.5 ? 1 : 0 })}{v === 0 ? ` ${t("gates-by-hand.closed")}` : v === 1 ? ` ${t("gates-by-hand.open")}` : ""}
        </span>
      ))}
      <span><Rich text={t("gates-by-hand.how")} /></span>
    </p>
  );
}

function Chooser({ puzzle, solved, choose }: { puzzle: Puzzle; solved: string[]; choose: (id: string) => void }): JSX.Element {
  const { t, language } = useWidget();
  return (
    <div class="chooser" role="group" aria-label={t("gates-by-hand.puzzles")}>
      {puzzles.map((p, k) => {
        const done = solved.includes(p.id);
        return (
          <button type="button" key={p.id} class="pick" aria-pressed={p === puzzle} onClick={() => choose(p.id)} title={p.title[language.value]}
            aria-label={`${k + 1}. ${p.title[language.value]}${done ? `, ${t("gates-by-hand.is_solved")}` : ""}`}>
            {k + 1}{done && <Tick right />}
          </button>
        );
      })}
    </div>
  );
}

function Cases({ puzzle, verdict, which, choose }: { puzzle: Puzzle; verdict: Judgement; which: number; choose: (k: number) => void }): JSX.Element {
  const { t, language } = useWidget();
  return (
    <div class="cases" role="group" aria-label={t("gates-by-hand.cases")}>
      <span class="lead">{t("gates-by-hand.cases")}</span>
      {puzzle.cases.map((c, k) => {
        const right = verdict.cases[k].solved;
        return (
          <button type="button" key={k} class="btn case" aria-pressed={k === which} onClick={() => choose(k)}>
            <Tick right={right} class={right ? "ok" : "no"} />
            {c.name![language.value]}<span class="vh">, {t(right ? "gates-by-hand.case_right" : "gates-by-hand.case_wrong")}</span>
          </button>
        );
      })}
    </div>
  );
}

interface Part { view: View<State>; puzzle: Puzzle; trace: Run; step: number }

/** One step in numbers: three sliders and the two equations. */
function Panel({ view: { t, num, state }, puzzle, trace, step, set, reset }: Part & { set: (gate: GateName, k: number, value: number) => void; reset: () => void }): JSX.Element {
  const T = stepsOf(puzzle), signed = (v: number) => num(v, { sign: true }), inner = (v: number) => `(${signed(v)})`, c0 = step ? trace.cell[step - 1] : 0, n = step + 1;
  return (
    <div class="panel" role="group" aria-label={t("gates-by-hand.step", { step: n })}>
      <div class="which">
        <Button aria-label={t("gates-by-hand.previous")} disabled={step === 0} onClick={() => { state.step.value = step - 1; }}>‹</Button>
        <b>{t("gates-by-hand.step", { step: n })}</b>
        <Button aria-label={t("gates-by-hand.next_step")} disabled={step === T - 1} onClick={() => { state.step.value = step + 1; }}>›</Button>
        <Button class="again" onClick={reset}>{t("gates-by-hand.reset")}</Button>
      </div>
      <div class="sliders">
        {GATES.map((gate) => {
          const locked = puzzle.locked?.[gate] !== undefined, shared = puzzle.shared?.includes(gate), value = trace[gate][step];
          return (
            <div class="slider" key={gate}>
              <span class="lab"><Symbol q={LETTER[gate]} />{t(`common.${gate}`)}
                {locked ? `, ${t("gates-by-hand.fixed")}` : shared ? `, ${t("gates-by-hand.shared")}` : ""}<b class={`num q-${LETTER[gate]}`}>{num(value)}</b></span>
              <Scrubber value={value} min={0} max={1} step={0.05} color={color(LETTER[gate])} disabled={locked} dots={false}
                label={t("gates-by-hand.gate_at", { gate: t(`common.${gate}`), step: n })} valueText={(v) => num(v)} onInput={(v) => set(gate, step, v)} />
            </div>
          );
        })}
      </div>
      <p class="eq"><Rich text={`{c_${n}} = {f} · {c_${n - 1}} + {i} · {g} = ${num(trace.forget_gate[step])} · ${inner(c0)} + ${num(trace.input_gate[step])} · ${inner(trace.inputs[step])} = **${signed(trace.cell[step])}**`} /></p>
      <p class="eq"><Rich text={`{h_${n}} = {o} · tanh {c_${n}} = ${num(trace.output_gate[step])} · ${inner(Math.tanh(trace.cell[step]))} = **${signed(trace.hidden[step])}**`} /></p>
    </div>
  );
}

const MOST = 3; // problems listed at once; the first ones, in time, come first

function Outcome({ view: { t, ...rest }, puzzle, verdict, which, next, last }: {
  view: View<State>; puzzle: Puzzle; verdict: Judgement; which: number; next: () => void; last: boolean;
}): JSX.Element {
  const said = rest.language.value;
  if (verdict.solved) {
    return (
      <div class="outcome">
        <Verdict right word={t("gates-by-hand.solved")}><Rich text={puzzle.lesson[said]} /></Verdict>
        {!last && <Button primary onClick={next}>{t("gates-by-hand.next")}</Button>}
      </div>
    );
  }
  const own = verdict.cases[which].problems, other = verdict.cases.findIndex((c) => !c.solved);
  const problems = own.length ? own : verdict.cases[other].problems;
  return (
    <div class="outcome">
      <p class="lead">{own.length || puzzle.cases.length === 1 ? t("gates-by-hand.missing") : t("gates-by-hand.missing_other", { case: puzzle.cases[other].name![said] })}</p>
      <ul class="wrong">
        {problems.slice(0, MOST).map((p) => (
          <li key={`${p.step}${p.quantity}`}>
            <Tick right={false} /><Rich text={problemText({ t, ...rest }, p)} />
          </li>
        ))}
      </ul>
      {problems.length > MOST && <p class="more">{t("gates-by-hand.more", { n: problems.length - MOST })}</p>}
    </div>
  );
}

function Table({ view: { t, num }, puzzle, trace, which, step }: Part & { which: number }): JSX.Element {
  const signed = (v: number) => num(v, { sign: true }), { targets } = puzzle.cases[which];
  const band = (k: number) => targets.filter((o) => o.step === k + 1).map((o) =>
    <span key={o.quantity}><Symbol q={LETTER[o.quantity]} /> {t("gates-by-hand.between", { low: signed(o.low), high: signed(o.high) })} </span>);
  return (
    <ValueTable caption={t("gates-by-hand.table")}
      columns={[t("common.step"), <Symbol q="g" />, <Symbol q="f" />, <Symbol q="i" />, <Symbol q="o" />, <Symbol q="c" />, <Symbol q="h" />, t("gates-by-hand.target")]}
      rows={trace.inputs.map((x, k) => ({
        key: k, head: k + 1, current: k === step,
        cells: [signed(x), num(trace.forget_gate[k]), num(trace.input_gate[k]), num(trace.output_gate[k]), signed(trace.cell[k]), signed(trace.hidden[k]), band(k)],
      }))} />
  );
}

export default defineWidget<State>({ name: "gates-by-hand", defaults, css, unlinked: ["solved"], choices: { puzzle: puzzles.map((p) => p.id) }, view: (props) => <GatesByHand {...props} /> });
