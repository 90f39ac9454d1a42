// The piano roll: four voices over time. Neighbouring voices are filled and empty in turn and each is joined by a thin line, so that
// none needs a colour; what a network wrote is in the accent, with the notes that Bach wrote there as thin strokes behind it.
import type { JSX, RefObject } from "preact";
import { useMemo, useRef } from "preact/hooks";
import type { View } from "../../host/widget.tsx";
import { useDrag } from "../../ui/drag.ts";
import { apart, clamp, round } from "../../ui/scale.ts";
import { line, notes, type Note, type Piece } from "./data.ts";
import { numbered, type Layout } from "./layout.ts";
import { VOICES, type ChoraleState, type Source } from "./state.ts";
import { chordText, noteName, pieceName } from "./words.ts";

/** Filled and empty in turn. */
export const FULL = [true, false, true, false] as const;

export function Roll({ view, piece, source, beat, muted, layout: l, head, pick }: {
  view: View<ChoraleState>; piece: Piece; source: Source; beat: number; muted: boolean[]; layout: Layout; head: RefObject<SVGGElement | null>; pick: (beat: number) => void;
}): JSX.Element {
  const { t } = view, drawing = useRef<SVGSVGElement>(null), total = piece.frames.length;
  const toBeat = (event: PointerEvent) => {
    const box = drawing.current!.getBoundingClientRect();
    pick(clamp(Math.floor((event.clientX - box.left - l.left) / l.column), 0, total - 1));
  };
  const written = useMemo(() => notes(line(piece, source), piece.given), [piece, source]);
  const ghosts = useMemo(() => (source === "bach" ? [] : notes(piece.frames, piece.given).filter((note) => note.start >= piece.given)), [piece, source]);
  const lines = useMemo(() => VOICES.map((_, voice) => joined(written.filter((note) => note.voice === voice), piece.given, l)), [written, l]);
  const still = useMemo(() => (
    <>
      {cs(piece, source).map((pitch) => <path key={pitch} class={`level${pitch === 60 ? " middle" : ""}`} d={`M${l.left},${l.y(pitch)}H${l.right}`} />)}
      {numbered(total).map((at) => <g key={at}><path class="tick" d={`M${round(l.x(at))},${l.bottom}v5`} /><text class="axis" x={round(l.x(at) + l.column / 2)} y={l.bottom + 19} text-anchor="middle">{at + 1}</text></g>)}
      <g class="ghosts">{ghosts.map((note) => <path key={`${note.voice}.${note.start}`} d={`M${round(l.x(note.start) + 1)},${round(l.y(note.pitch))}H${round(l.x(note.start + note.length) - 1)}`} />)}</g>
      {VOICES.map((voice, k) => (
        <g key={voice} class={`voice ${voice}${muted[k] ? " muted" : ""}`}>
          <path class="thread" d={lines[k].before} /><path class={`thread${source === "bach" ? "" : " made"}`} d={lines[k].after} />
          {written.filter((note) => note.voice === k).map((note) => <Bar key={note.start} note={note} l={l} made={source !== "bach" && note.start >= piece.given} />)}
        </g>
      ))}
    </>
  ), [piece, source, l, muted.join(), lines]);
  const sounding = written.filter((note) => note.start <= beat && beat < note.start + note.length);
  const handover = round(l.x(piece.given)), roomy = l.width >= 560;
  return (
    <svg ref={drawing} class="roll" width={l.width} height={l.height} viewBox={`0 0 ${l.width} ${l.height}`} role="img" {...useDrag(toBeat)}
      aria-label={t("chorale.roll", { piece: pieceName(piece, view), who: t(`chorale.who.${source}`), given: piece.given, beat: beat + 1, chord: chordText(piece, source, beat, view) })}>
      {still}
      {cs(piece, source).map((pitch) => <text key={pitch} class="axis" x={l.left - 6} y={l.y(pitch) + 4.5} text-anchor="end">{noteName(pitch, "C major", view)}</text>)}
      <path class="handover" d={`M${handover},14V${l.bottom + 5}`} />
      <text class="side" x={handover - 7} y={20} text-anchor="end">Bach</text>
      <text class={`side${source === "bach" ? "" : " made"}`} x={handover + 7} y={20}>{t(source === "bach" ? "chorale.side.bach" : "chorale.side", { who: t(`chorale.name.${source}`) })}</text>
      <g class="now">{sounding.map((note) => <rect key={note.voice} x={round(l.x(note.start)) - 1} y={round(l.y(note.pitch) - l.row / 2) - 1.5} width={round(note.length * l.column) + 2} height={l.row + 3} rx={3} />)}</g>
      <g class="head" ref={head} transform={`translate(${round(l.x(beat + 0.5))} 0)`}><path d={`M0,${l.top - 4}V${l.bottom}`} /></g>
      <Names {...{ view, written, muted, l, roomy }} />
    </svg>
  );
}

/** The Cs within the compass, where the axis has its lines. */
function cs(piece: Piece, source: Source): number[] {
  const pitches = line(piece, source).flat().filter((pitch) => pitch !== null);
  return [24, 36, 48, 60, 72, 84].filter((pitch) => pitch >= Math.min(...pitches) - 1 && pitch <= Math.max(...pitches) + 1);
}

function Bar({ note, l, made }: { note: Note; l: Layout; made: boolean }): JSX.Element {
  const full = FULL[note.voice], inset = full ? 0.5 : 1.25;
  return <rect class={`note${full ? " full" : ""}${made ? " made" : ""}`} x={round(l.x(note.start) + inset)} y={round(l.y(note.pitch) - l.row / 2 + inset)}
    width={round(note.length * l.column - 2 * inset)} height={round(l.row - 2 * inset)} rx={1.5} />;
}

/** Thin lines from note to note of one voice: up to the handover, and after it. */
function joined(own: readonly Note[], given: number, l: Layout): { before: string; after: string } {
  const out = { before: "", after: "" };
  own.forEach((note, k) => {
    const last = own[k - 1];
    if (last && last.start + last.length === note.start) out[note.start < given ? "before" : "after"] += `M${round(l.x(note.start))},${round(l.y(last.pitch))}V${round(l.y(note.pitch))}`;
  });
  return out;
}

/** The voices' names at the ends of their lines. */
function Names({ view, written, muted, l, roomy }: { view: View<ChoraleState>; written: Note[]; muted: boolean[]; l: Layout; roomy: boolean }): JSX.Element {
  const ends = VOICES.map((_, k) => { const own = written.filter((note) => note.voice === k); return own.length ? l.y(own[own.length - 1].pitch) : l.y(60); });
  const levels = apart(ends, roomy ? 18 : 16, l.top, l.bottom);
  return (
    <g class="names" aria-hidden="true">
      {VOICES.map((voice, k) => (
        <g key={voice} class={muted[k] ? "muted" : ""}>
          <path class="leader" d={`M${l.right + 1},${round(ends[k])}L${l.right + 8},${round(levels[k])}`} />
          <text x={l.right + 11} y={round(levels[k]) + 4.5}>{view.t(`chorale.voice.${voice}`)}</text>
        </g>
      ))}
    </g>
  );
}
