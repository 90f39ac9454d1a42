// The word as each network writes it: a thread under which stands what it had seen, the letters, and how sure it is of each mark.
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { useWidget } from "../../host/widget.tsx";
import { Scrubber } from "../../ui/Scrubber.tsx";
import { Tick } from "../../ui/Verdict.tsx";
import { useDrag } from "../../ui/drag.ts";
import { useSize } from "../../ui/hooks.ts";
import { round } from "../../ui/scale.ts";
import { able, seen, shareAt, type Answer, type Answers, type Networks } from "./answers.ts";
import { layoutOf, type Layout } from "./layout.ts";
import { verdictKey, writeShare } from "./words.ts";

export function Word({ found, networks, letter, onLetter }: { found: Answers; networks: Networks; letter: number; onLetter: (letter: number) => void }): JSX.Element {
  const { t, percent, hidden } = useWidget(), { ref, width } = useSize<HTMLDivElement>(), forms = [...found.bare], voice = { t, percent };
  const layout = useMemo(() => layoutOf(width, forms.length), [width, forms.length]), { xs, rows } = layout, still = hidden("scrubber");
  const nearest = (px: number) => xs.reduce((best, x, k) => (Math.abs(x - px) < Math.abs(xs[best] - px) ? k : best), 0);
  const drag = useDrag((event) => { if (!still) onLetter(nearest(event.clientX - ref.current!.getBoundingClientRect().left)); });
  const told = found.answers.map((answer) => t("accents.drawing_row", { name: t(`accents.name.${answer.name}`), word: answer.reading.word, verdict: t(verdictKey(answer)) })).join(" ");
  const said = found.answers.map((answer) => `${t(`accents.short.${answer.name}`)} ${[...answer.reading.word][letter]}, ${writeShare(shareAt(answer, letter), voice)}`).join("; ");
  return (
    <div ref={ref} class="word">
      {!hidden("drawing") && <p class="caption">{t("accents.caption")}</p>}
      {!hidden("drawing") && (
        <div class="drawn">
          <svg width={layout.width} height={layout.height} viewBox={`0 0 ${layout.width} ${layout.height}`} class={still ? "still" : ""} role="img" aria-label={t("accents.drawing", { bare: found.bare, list: told })} {...drag}>
            <rect class="here" x={xs[letter] - layout.column / 2} y={layout.thread - 9} width={layout.column} height={layout.height - layout.thread + 9} rx="3" />
            {found.answers.map((answer, k) => <Row key={answer.name} {...{ answer, networks, layout, letter }} bare={found.bare} top={rows[k]} />)}
          </svg>
          {found.answers.map((answer, k) => (
            <p key={answer.name} class="name" style={{ top: `${rows[k]}px`, width: `${layout.end}px` }} aria-hidden="true">
              <b>{t(`accents.name.${answer.name}`)}</b>
              <span class={answer.right === null ? "said" : answer.right ? "said ok" : "said no"}>{answer.right !== null && <Tick right={answer.right} />}{t(`${verdictKey(answer)}.short`)}</span>
            </p>
          ))}
        </div>
      )}
      {!still && forms.length > 1 && (
        <Scrubber value={letter} max={forms.length - 1} label={t("accents.scrub")} positions={xs} onInput={onLetter}
          valueText={(k) => (k === letter ? t("accents.scrub_value", { letter: forms[k], number: k + 1, total: forms.length, list: said }) : String(k + 1))} />
      )}
    </div>
  );
}

/** One network: its thread over all that it had seen of the word, the letters as it writes them, a bar for each mark that it chose. */
function Row({ answer, networks, layout, letter, bare, top }: { answer: Answer; networks: Networks; layout: Layout; letter: number; bare: string; top: number }): JSX.Element {
  const { t, percent } = useWidget(), { xs, column, thread, base, bar, tall, share } = layout, letters = [...answer.reading.word];
  const known = seen(answer.name, bare, letter).length, from = xs[0] - column / 2 + 3, here = xs[letter], end = xs[xs.length - 1] + column / 2 - 3, y = thread;
  const head = (x: number, way: 1 | -1) => `M${round(x - 6 * way)},${y - 5}L${round(x)},${y}L${round(x - 6 * way)},${y + 5}`;
  return (
    <g class={`net ${answer.name}`} transform={`translate(0 ${top})`}>
      <path class="thread" d={`M${round(from)},${y}H${round(here)}`} /><path class="head" d={head(here - 1, 1)} />
      {answer.name === "bilstm" && known > letter + 1 && <><path class="thread" d={`M${round(end)},${y}H${round(here)}`} /><path class="head" d={head(here + 1, -1)} /></>}
      {letters.map((form, k) => {
        const p = shareAt(answer, k), marks = able(networks, [...bare][k]), wrong = answer.fits[k] === false;
        return (
          <g key={k}>
            <text class={`letter${k >= known ? " unseen" : ""}${wrong ? " wrong" : answer.fits[k] && form !== [...bare][k] ? " found" : ""}`} x={xs[k]} y={base} text-anchor="middle" style={{ fontSize: `${layout.letter}px` }}>{form}</text>
            {marks && <>
              <rect class="track" x={xs[k] - 5} y={bar} width="10" height={tall} />
              <rect class={wrong ? "level wrong" : "level"} x={xs[k] - 5} y={bar + tall * (1 - p)} width="10" height={tall * p} />
              {wrong && <path class="cross" d={`M${xs[k] - 4},${bar + tall - 14}l8,8m0,-8l-8,8`} />}
              {(layout.shares || k === letter) && <text class={k === letter ? "share chosen" : "share"} x={xs[k]} y={share} text-anchor="middle">{writeShare(p, { t, percent }, true)}</text>}
            </>}
          </g>
        );
      })}
    </g>
  );
}
