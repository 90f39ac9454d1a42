// The sentence as a score: the words, the thread from the subject to the adjective, and a row of bars for each network.
import { Component, type JSX } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { useWidget } from "../../host/widget.tsx";
import { THRESHOLDS, expectation, writeShare } from "../../sentences/forms.ts";
import { Scrubber } from "../../ui/Scrubber.tsx";
import { Tick } from "../../ui/Verdict.tsx";
import { useDrag } from "../../ui/drag.ts";
import { useSize } from "../../ui/hooks.ts";
import type { Answer, Store } from "./store.ts";
import { nameOf, type Voice } from "./words.ts";

/** Above this many bars they lose their numbers; above so many words the score scrolls inside itself. */
const NUMBERED = 64;
const TALL = 90;
/** Up to here the lines are made equally full. */
const BALANCED = 90;

/** How wide the lines must be read for all words to stand in as few lines as they do in `available`, but evenly. */
export function evenWidth(widths: readonly number[], available: number): number {
  const lines = (width: number) => {
    let count = 1, used = 0;
    for (const one of widths) { if (used + one > width && used > 0) { count++; used = 0; } used += one; }
    return count;
  };
  const wanted = lines(available);
  if (wanted === 1) return available;
  let low = 0, high = available;
  while (high - low > 1) {
    const middle = (low + high) / 2;
    if (lines(middle) <= wanted && Math.max(...widths) <= middle) high = middle; else low = middle;
  }
  return high;
}

/** Widen the words alike, so that the lines of the score come out about equally full. */
function balance(list: HTMLOListElement): void {
  const items = [...list.children] as HTMLElement[];
  if (items.length > BALANCED) { if (items[0].style.flexBasis) for (const item of items) item.style.flexBasis = ""; return; }
  const number = (text: string) => parseFloat(text) || 0, width = (element: Element) => element.getBoundingClientRect().width;
  const style = getComputedStyle(items[0]), least = number(style.minWidth), sides = number(style.paddingLeft) + number(style.paddingRight);
  const available = list.clientWidth - number(getComputedStyle(list).paddingLeft) - 1, blank = items.length - 1;
  const widths = items.map((item, k) => k < blank ? Math.max(least, width(item.firstElementChild!) + sides)
    : Math.max(...[...item.querySelectorAll(".w, .said > *")].map(width)) + 8 + sides);
  const factor = available / evenWidth(widths, available);
  items.forEach((item, k) => { item.style.flexBasis = factor > 1.001 ? `${(widths[k] * factor).toFixed(2)}px` : ""; });
}

/** Where a word stands to the thread. */
type Thread = "" | "from" | "on" | "lure";

export function Score({ store, playing, voice }: { store: Store; playing: boolean; voice: Voice }): JSX.Element | null {
  const { t, percent, hidden } = useWidget(), { ref, width } = useSize<HTMLOListElement>(), box = useRef<HTMLDivElement>(null);
  const [tops, setTops] = useState<number[]>([]);
  const words = store.words.value, rows = store.rows.value, now = store.step.value, shown = store.shown.value, where = store.place.value;
  const T = words.length, names = store.networks.value.map(({ name }) => name), dense = T * Math.max(2, names.length) > NUMBERED;

  useLayoutEffect(() => {
    let current = true;
    const measure = () => {
      if (!ref.current || !current) return;
      balance(ref.current);
      const found: number[] = [];
      for (const item of ref.current.children) {
        const top = (item as HTMLElement).offsetTop;
        if (found.length === 0 || top > found[found.length - 1] + 4) found.push(top);
      }
      setTops((before) => (before.join() === found.join() ? before : found));
    };
    measure();
    document.fonts?.ready.then(measure);
    return () => { current = false; };
  }, [width, words, names.length, shown, playing, store.answers.value]);

  // A long text scrolls inside itself; the current word stays in view without moving the page.
  useEffect(() => {
    const frame = T > TALL ? box.current : null, item = ref.current?.children[now] as HTMLElement | undefined;
    if (!frame || !item || frame.scrollHeight <= frame.clientHeight + 1) return;
    if (item.offsetTop < frame.scrollTop || item.offsetTop + item.offsetHeight > frame.scrollTop + frame.clientHeight) frame.scrollTop = item.offsetTop - frame.clientHeight / 3;
  }, [now, T]);

  const scrubs = shown && !hidden("scrubber");
  const drag = useDrag((event) => {
    if (!scrubs) return;
    const under = (ref.current!.getRootNode() as ShadowRoot | Document).elementFromPoint(event.clientX, event.clientY)?.closest("[data-t]");
    if (under) store.setStep(Number(under.getAttribute("data-t")));
  });
  // What the bars of every word show; the same objects for as long as the reading is the same.
  const columns = names.map((name) => rows.find((row) => row.name === name)), plain = t("sentence.gap");
  const bars = useMemo(() => words.map((_, k): Bar[] => columns.map((row) => {
    const likely = !!row && row.mass[k] >= THRESHOLDS.likely;
    return { share: row && shown ? row.share[k] : null, likely, text: row && shown && likely && !dense ? writeShare(row.share[k], percent).replace(/\s?%$/, "") : "" };
  })), [words, rows, shown, dense, names.join(), plain]);
  if (!T) return null;

  const nouns = new Set(where.nouns), from = where.subject, end = where.last !== null && from !== null;
  const thread = (k: number): Thread => !end || k < from! ? "" : k === from ? "from" : nouns.has(k) ? "lure" : "on";
  const valueText = (step: number) => step !== now ? String(step + 1) : [
    t("sentence.scrub.word", { word: words[now], number: now + 1, total: T }),
    ...rows.map((row) => t("sentence.scrub.share", { network: nameOf(row.name, voice), share: writeShare(row.share[now], percent) })),
  ].join(", ");
  return (
    <div class="reading">
      <div ref={box} class={`scorebox${dense ? " dense" : ""}${T > TALL ? " tall" : ""}`} style={{ "--rows": Math.max(1, names.length) }} tabIndex={T > TALL ? 0 : undefined}
        role={T > TALL ? "group" : undefined} aria-label={T > TALL ? t("sentence.score") : undefined}>
        <ol ref={ref} class={`score${scrubs ? "" : " still"}${shown ? "" : " veiled"}${playing ? " playing" : ""}`} aria-label={t("sentence.score")} {...drag}>
          {words.map((word, k) => (
            <Note key={k} k={k} word={word} thread={thread(k)} kind={!shown ? "" : k === now ? "cur" : k > now && !dense ? "fut" : ""}
              noun={k === from ? t("sentence.mark.subject") : end && thread(k) === "lure" ? t("sentence.mark.other") : ""}
              bars={bars[k]} current={k === now && shown && !dense ? columns.map((row) => (row ? writeShare(row.share[k], percent) : "")).join("|") : ""} />
          ))}
          <Blank store={store} names={names} playing={playing} thread={end} dense={dense} />
        </ol>
        <div aria-hidden="true">
          {tops.map((top, line) => (
            <div key={line} class="names" style={{ top: `${top}px` }}>{names.map((name) => <span key={name}>{nameOf(name, voice, true)}</span>)}</div>
          ))}
        </div>
      </div>
      {scrubs && T > 1 && <Scrubber value={now} max={T - 1} label={t("sentence.scrub")} valueText={valueText} onInput={store.setStep} dots={T <= 40} />}
    </div>
  );
}

interface Bar { share: number | null; likely: boolean; text: string }
interface NoteProps { k: number; word: string; thread: Thread; kind: "" | "cur" | "fut"; noun: string; bars: Bar[]; current: string }

/** One word with its bit of thread and its bars; drawn again only when something of its own changed, since a text may have hundreds. */
class Note extends Component<NoteProps> {
  override shouldComponentUpdate(next: NoteProps): boolean {
    const now = this.props;
    return now.word !== next.word || now.kind !== next.kind || now.thread !== next.thread || now.noun !== next.noun || now.bars !== next.bars || now.current !== next.current;
  }
  override render({ k, word, thread, kind, noun, bars, current }: NoteProps): JSX.Element {
    const texts = current.split("|");
    return (
      <li data-t={k} class={[kind, thread && `t-${thread}`].filter(Boolean).join(" ")} aria-current={kind === "cur" ? "step" : undefined}>
        <span class="w" data-w={word} dir="auto">{word}{noun && <span class="vh"> ({noun})</span>}</span>
        <Thread kind={thread} />
        {bars.map(({ share, likely, text }, row) => (
          <span key={row} class="note" aria-hidden="true">
            <span class={likely ? "bar" : "bar weak"}>{share !== null && <i style={{ transform: `scaleY(${(1 - 2 * share).toFixed(4)})` }} />}</span>
            <span class="p">{(current && texts[row]) || text}</span>
          </span>
        ))}
      </li>
    );
  }
}

/** The thread under one word: it begins with a ring at the subject, passes other nouns as a diamond, and ends in a disc. */
function Thread({ kind }: { kind: Thread | "end" }): JSX.Element {
  return (
    <span class="th" aria-hidden="true">
      {(kind === "from" || kind === "lure") && (
        <svg viewBox="0 0 16 16" width="16" height="16">{kind === "from" ? <circle cx="8" cy="8" r="5.5" /> : <path d="M8 1.5L14.5 8L8 14.5L1.5 8Z" />}</svg>
      )}
      {kind === "end" && <svg viewBox="0 0 16 16" width="16" height="16"><circle class="full" cx="8" cy="8" r="7" /></svg>}
    </span>
  );
}

/** The place of the adjective: the form that the rule demands, and for each network the form it expects. */
function Blank({ store, names, playing, thread, dense }: { store: Store; names: string[]; playing: boolean; thread: boolean; dense: boolean }): JSX.Element {
  const { t } = useWidget(), shown = store.shown.value && !playing, { gender, last } = store.place.value, pair = store.pair.value;
  const due = shown && last !== null && pair && gender ? (gender === "f" ? pair.feminine : pair.masculine) : "";
  const answers = new Map(store.answers.value.map((answer) => [answer.name, answer]));
  return (
    <li class={`blank${thread ? " t-end" : ""}`}>
      <span class="w">{due ? <><span class="vh">{t("sentence.due")} </span><b>{due}</b></> : <span class="gap"><span class="vh">{t("sentence.gap")}</span></span>}</span>
      <Thread kind={thread ? "end" : ""} />
      {names.map((name) => <span key={name} class="note said">{shown ? <Said answer={answers.get(name)} share={dense} /> : <span class="ask" aria-hidden="true">?</span>}</span>)}
    </li>
  );
}

function Said({ answer, share }: { answer: Answer | undefined; share: boolean }): JSX.Element | null {
  const { t, percent } = useWidget();
  if (!answer) return null;
  if (!answer.likely) return <span class="none">{t("sentence.said.unlikely")}</span>;
  const number = share ? <span class="small num">{writeShare(answer.share, percent)}</span> : null;
  if (answer.right === null) return <span class="open"><b>{answer.expected}</b>{number}</span>;
  const close = expectation(answer.share) === "undecided";
  return (
    <span class={`${answer.right ? "ok" : "no"}${close ? " close" : ""}`}>
      <Tick right={answer.right} />
      <b>{answer.expected}</b> <span class="small">{t(`sentence.said.${answer.right ? "right" : "wrong"}${close ? ".close" : ""}`)}</span> {number}
    </span>
  );
}
