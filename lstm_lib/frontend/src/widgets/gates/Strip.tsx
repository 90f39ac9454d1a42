// The sentence: every word with its bar around half, one range input for all, and dragging along the words.
import type { JSX } from "preact";
import { useWidget } from "../../host/widget.tsx";
import { Rich } from "../../ui/Rich.tsx";
import { Scrubber } from "../../ui/Scrubber.tsx";
import { useSize } from "../../ui/hooks.ts";
import { THRESHOLDS, expectedForm, formsMass, likeliestPair, writeShare } from "../../sentences/forms.ts";
import { MANY, Word, useRowPositions, useWordInView, wordAt } from "../../sentences/strip.tsx";
import { useDrag } from "../../ui/drag.ts";
import type { Store } from "./store.ts";

export function Strip({ store }: { store: Store }): JSX.Element | null {
  const widget = useWidget(), { t, percent, hidden } = widget;
  const { ref, width } = useSize<HTMLOListElement>();
  const sequence = store.sequence.value, run = store.run.value, now = store.step.value;
  const words = sequence?.words ?? [], T = sequence?.T ?? 0;

  const positions = useRowPositions(ref, width, words.join(" "));
  useWordInView(ref, now, T);
  const drag = useDrag((event) => {
    const found = hidden("scrubber") ? null : wordAt(ref.current!, positions, event);
    if (found !== null) store.setStep(found);
  });

  if (!run || !T) return null;
  const share = hidden("share") ? null : run.share, before = share && store.acting.value ? store.plain.value?.share : null;
  const likely = store.likely.value, many = T > MANY, name = words[now] ?? "";
  const value = share ? writeShare(share[now], percent) : "";
  const cell = widget.num(run.trace.cell[now * run.trace.H + store.unit.value], { sign: true });
  const valueText = (step: number) => step !== now ? String(step + 1) : [
    words.length ? t("gates.scrub.word", { word: name, number: step + 1, total: T }) : t("gates.scrub.step", { number: step + 1, total: T }),
    t("gates.scrub.cell", { unit: store.unit.value, value: cell }), share ? t("gates.scrub.share", { share: value }) : "",
  ].filter(Boolean).join(", ");

  return (
    <div class="reading">
      {words.length > 0 && (
        <ol ref={ref} class={`strip${positions ? " one" : ""}${many ? " many" : ""}${hidden("scrubber") ? " still" : ""}`} aria-label={t("gates.strip")}
          tabIndex={many ? 0 : undefined} {...drag}>
          {words.map((word, k) => {
            const current = k === now, text = !share || (many && !current) ? "" : current ? value : writeShare(share[k], percent).replace(/\s?%$/, "");
            return <Word key={k} k={k} word={word} kind={current ? "cur" : k > now && !many ? "fut" : ""} share={share ? share[k] : null} before={before ? before[k] : null} weak={likely ? !likely[k] : false} text={text} />;
          })}
        </ol>
      )}
      {share && (
        <div class="key">
          <p><Rich text={t("gates.share_key")} />{likely?.includes(false) ? ` ${t("gates.share_weak")}` : ""}{before ? ` ${t("gates.share_before")}` : ""}</p>
          <Expected store={store} />
        </div>
      )}
      {!hidden("scrubber") && T > 1 && (
        <Scrubber value={now} max={T - 1} label={t("gates.scrub")} valueText={valueText} onInput={store.setStep} positions={positions?.length === T ? positions : undefined} />
      )}
    </div>
  );
}

/** The adjective that the network expects after the last word, and what it expected before the intervention. */
function Expected({ store }: { store: Store }): JSX.Element | null {
  const { t } = useWidget(), lm = store.source.value?.lm, run = store.run.value, plain = store.plain.value;
  const words = store.sequence.value?.words ?? [];
  const pair = lm && plain ? likeliestPair(lm, plain.trace) : -1; // the same adjective before and after an intervention
  if (!lm || !run || !plain || pair < 0) return null;
  const now = expectedForm(lm, run.trace, pair), before = store.acting.value ? expectedForm(lm, plain.trace, pair) : now;
  if (formsMass(lm, run.trace, run.trace.T - 1) < THRESHOLDS.likely) return <p class="expects">{t("gates.expects_none", { word: words[words.length - 1] })}</p>;
  return (
    <p class="expects">
      <span>{t("gates.expects", { word: words[words.length - 1] })}</span>{" "}
      {before !== now && <><s><span class="vh">{t("gates.expected_before")} </span>{before}</s>{" "}</>}
      <b>{now}</b>
    </p>
  );
}
