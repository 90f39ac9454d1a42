// A chorale: the opening that Bach wrote, and how each network, a bigram and Bach go on. To hear and to read.
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { defineWidget, type View } from "../../host/widget.tsx";
import { Announcer, Button, Fold, Frame, Select, ValueTable } from "../../ui/controls.tsx";
import { useSize } from "../../ui/hooks.ts";
import { NetworkSample } from "../../ui/NetworkMark.tsx";
import { Rich, plain } from "../../ui/Rich.tsx";
import { Scrubber } from "../../ui/Scrubber.tsx";
import { clamp, round } from "../../ui/scale.ts";
import { PIECES, TEMPERATURE, asked, compass, line, notes, sourcesOf, type Piece } from "./data.ts";
import { layout as place } from "./layout.ts";
import { FULL, Roll } from "./Roll.tsx";
import { Player } from "./sound.ts";
import { PACES, SOURCES, VOICES, defaults, type ChoraleState, type Source } from "./state.ts";
import { Surprise, markName } from "./Surprise.tsx";
import { keyName, noteName, pieceName, seeText, surpriseAt } from "./words.ts";
import css from "./style.css";

function ChoraleView(view: View<ChoraleState>): JSX.Element {
  const { state, t, hidden } = view, { ref, width } = useSize<HTMLDivElement>();
  const number = clamp(Math.round(state.piece.value) || 0, 0, PIECES.length - 1), piece = PIECES[number], known = sourcesOf(piece);
  const source: Source = known.includes(state.source.value) ? state.source.value : "bach", total = piece.frames.length;
  const beat = clamp(Math.round(state.beat.value) || 0, 0, total - 1), pace = state.pace.value > 0 ? clamp(state.pace.value, 0.25, 4) : 1;
  const volume = clamp(Number.isFinite(state.volume.value) ? state.volume.value : defaults.volume, 0, 1);
  const muted = VOICES.map((voice) => state.muted.value.includes(voice));
  const layout = useMemo(() => place(width, total, compass(piece)), [width, piece]);
  const drawn = useRef(layout); // what plays moves the line on the drawing as it is now, not as it was when it began
  drawn.current = layout;
  const head = useRef<SVGGElement>(null), [playing, setPlaying] = useState(false), player = useMemo(() => new Player(), []), at = useRef(0);

  const moved = (to: number) => {
    at.current = to;
    const now = Math.min(total - 1, Math.floor(to));
    if (state.beat.peek() !== now) state.beat.value = now;
    // Between two quarters only the line moves; where motion is not wanted it goes from chord to chord.
    if (!matchMedia("(prefers-reduced-motion: reduce)").matches) head.current?.setAttribute("transform", `translate(${round(drawn.current.x(Math.min(to, total)))} 0)`);
  };
  const start = (from: number) => {
    player.mix(volume, muted);
    setPlaying(true);
    void player.play({ notes: notes(line(piece, source), piece.given), total, from, quarter: 60 / (piece.quarters_a_minute * pace), moved, ended: () => setPlaying(false) });
  };
  const stop = () => { player.stop(); setPlaying(false); };
  const pick = (to: number) => { state.beat.value = to; if (playing) start(to); };

  useEffect(() => player.mix(volume, muted), [volume, muted.join()]);
  // Another network or tempo goes on where the last one was, a link of the text where it says; another piece is another matter.
  const link = view.linked.value, before = useRef({ number, source, pace, link });
  useEffect(() => {
    const was = before.current, told = link !== was.link ? Number(link?.["beat"] ?? NaN) : NaN;
    before.current = { number, source, pace, link };
    if (!playing) return;
    if (was.number !== number) stop();
    else if (Number.isFinite(told)) start(clamp(Math.round(told), 0, total - 1));
    else if (was.source !== source || was.pace !== pace) start(Math.min(at.current, total - 0.01));
  }, [number, source, pace, link]);
  useEffect(() => {
    if (!playing) return;
    const escape = (event: KeyboardEvent) => { if (event.key === "Escape") stop(); };
    document.addEventListener("keydown", escape, true);
    addEventListener("pagehide", stop);
    return () => { document.removeEventListener("keydown", escape, true); removeEventListener("pagehide", stop); };
  }, [playing]);
  useEffect(() => () => player.stop(), []);
  // The line stands in the middle of its quarter when nothing plays.
  useLayoutEffect(() => { if (!playing) head.current?.setAttribute("transform", `translate(${round(layout.x(beat + 0.5))} 0)`); }, [playing, beat, layout]);

  const said = seeText(piece, source, beat, view);
  return (
    <Frame title={t("chorale.title")} meta={t("chorale.meta", { given: piece.given })}>
      {(!hidden("pieces") || !hidden("source")) && (
        <div class="choose">
          {!hidden("pieces") && <Select label={t("chorale.pieces")} value={String(number)} options={PIECES.map((one, k) => ({ value: String(k), label: pieceName(one, view) }))}
            onChange={(value) => { state.piece.value = Number(value); state.beat.value = 0; }} />}
          {!hidden("source") && (
            <div class="sources" role="group" aria-label={t("chorale.source")}>
              <span class="name" aria-hidden="true">{t("chorale.source")}</span>
              <span class="row segmented">{known.map((one) => (
                <Button key={one} pressed={one === source} onClick={() => { state.source.value = one; }}>{(one === "lstm" || one === "rnn") && <NetworkSample network={markName(one)} />}{t(`chorale.name.${one}`)}</Button>
              ))}</span>
            </div>
          )}
        </div>
      )}
      {!hidden("transport") && (
        <div class="transport">
          <div class="row">
            <Button primary class="play" onClick={() => (playing ? stop() : start(beat >= total - 1 ? 0 : beat))}>
              <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true"><path d={playing ? "M2,2H12V12H2Z" : "M2.5,1L12.5,7L2.5,13Z"} fill="currentColor" /></svg>{t(playing ? "chorale.stop" : "chorale.play")}
            </Button>
            <Button onClick={() => pick(0)} disabled={beat === 0 && !playing}>{t("chorale.to_start")}</Button>
            <Button onClick={() => pick(piece.given - 4)}>{t("chorale.to_handover")}</Button>
          </div>
          <Select label={t("chorale.pace")} value={String(pace)} options={[...new Set([...PACES, pace])].sort((a, b) => a - b).map((one) => ({ value: String(one), label: t("chorale.pace.value", { beats: Math.round(piece.quarters_a_minute * one) }) }))}
            onChange={(value) => { state.pace.value = Number(value); }} />
          <div class="volume"><span class="lab">{t("chorale.volume")}<b class="num">{view.percent(volume)}</b></span>
            <Scrubber value={Math.round(volume * 100)} max={100} step={5} dots={false} label={t("chorale.volume")} valueText={(v) => view.percent(v / 100)} onInput={(v) => { state.volume.value = v / 100; }} /></div>
        </div>
      )}
      {!hidden("voices") && (
        <div class="voices row" role="group" aria-label={t("chorale.voices")}>
          {VOICES.map((voice, k) => (
            <Button key={voice} class="voice-button" pressed={!muted[k]} onClick={() => { state.muted.value = VOICES.filter((_, n) => (n === k ? !muted[n] : muted[n])); }}>
              <svg width="26" height="12" viewBox="0 0 26 12" aria-hidden="true"><rect x="1" y="3" width="24" height="6" rx="1.5" class={FULL[k] ? "full" : "empty"} /></svg>
              {t(`chorale.voice.${voice}`)}<span class="state">{t(muted[k] ? "chorale.off" : "chorale.on")}</span>
            </Button>
          ))}
        </div>
      )}
      <div ref={ref} class="picture">
        {!hidden("roll") && <Roll {...{ view, piece, source, beat, muted, layout, head, pick }} />}
        {!hidden("roll") && <Scrubber value={beat} max={total - 1} dots={false} positions={piece.frames.map((_, k) => layout.x(k + 0.5))} label={t("chorale.scrub")}
          valueText={(v) => t("chorale.beat", { beat: v + 1, total })} onInput={pick} />}
        {!hidden("roll") && source !== "bach" && <p class="ghost-note"><svg width="26" height="8" viewBox="0 0 26 8" aria-hidden="true"><path d="M1,4H25" /></svg><span>{t("chorale.ghosts")} {t("chorale.drawn", { temperature: view.num(TEMPERATURE, { digits: 1 }) })}</span></p>}
        {!hidden("surprise") && <Surprise {...{ view, piece, source, beat, layout }} />}
      </div>
      {!hidden("chord") && <Chord {...{ view, piece, source, beat }} />}
      {!hidden("see") && <>
        <p class="see"><b>{t("common.what_you_see")}</b> <Rich text={said} /></p>
        <Announcer text={playing ? t("chorale.playing") : plain(said)} />
      </>}
      {!hidden("table") && <Fold label={t("common.table")}>{() => <Table {...{ view, piece, source, beat }} />}</Fold>}
    </Frame>
  );
}

interface Part { view: View<ChoraleState>; piece: Piece; source: Source; beat: number }

/** The chord under the line: what is written, and what Bach wrote there. */
function Chord({ view, piece, source, beat }: Part): JSX.Element {
  const { t } = view, here = line(piece, source)[beat] ?? [], real = piece.frames[beat], made = source !== "bach" && beat >= piece.given;
  return (
    <dl class="chord">
      {VOICES.map((voice, k) => (
        <div key={voice}>
          <dt>{t(`chorale.voice.${voice}`)}</dt>
          <dd><b>{noteName(here[k] ?? null, piece.key, view)}</b>{made && <span class={here[k] === real[k] ? "same" : "other"}>{here[k] === real[k] ? t("chorale.as_bach") : t("chorale.bach_has", { note: noteName(real[k], piece.key, view) })}</span>}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Everything that is drawn: one row a quarter note. */
function Table({ view, piece, source, beat }: Part): JSX.Element {
  const { t } = view, networks = asked(piece), caption = t("chorale.table", { tonality: keyName(piece.key, view), who: t(`chorale.who.${source}`), given: piece.given }), frames = line(piece, source);
  return (
    <>
      <p class="caption">{caption}</p>
      <ValueTable caption={caption} columns={[t("chorale.column.beat"), ...VOICES.map((voice) => t(`chorale.voice.${voice}`)), ...(source === "bach" ? [] : [t("chorale.column.bach")]), ...networks.map((network) => t("chorale.column.surprise", { name: t(`chorale.name.${network}`) }))]}
        rows={piece.frames.map((real, k) => ({
          key: k, head: k + 1, current: k === beat,
          cells: [...VOICES.map((_, v) => noteName(frames[k]?.[v] ?? null, piece.key, view)), ...(source === "bach" ? [] : [real.map((pitch) => noteName(pitch, piece.key, view)).join(" ")]), ...networks.map((network) => surpriseAt(piece, network, k, view))],
        }))} />
    </>
  );
}

export default defineWidget<ChoraleState>({ name: "chorale", defaults, css, choices: { source: SOURCES }, view: (props) => <ChoraleView {...props} /> });
