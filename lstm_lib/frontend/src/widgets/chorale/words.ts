// What is said about a chord and a continuation; every word and number comes from the recorded frames.
import type { Surroundings } from "../../host/widget.tsx";
import { asked, line, meanSurprise, readKey, same, spell, surprise, type Piece } from "./data.ts";
import { VOICES, type Source } from "./state.ts";

export type Words = Pick<Surroundings, "t" | "num" | "percent">;

const accidental = (sharps: number): string => (sharps > 0 ? "♯" : "♭").repeat(Math.abs(sharps));

/** "sol♯3" as Brazil counts octaves, "G♯4" in English; the word for a rest where there is no note. */
export function noteName(pitch: number | null, key: string, { t }: Words): string {
  if (pitch === null) return t("chorale.rest");
  const { letter, sharps, octave } = spell(pitch, key);
  return `${t(`chorale.letter.${letter}`)}${accidental(sharps)}${Number(t("chorale.middle_octave")) + octave}`;
}

/** "lá menor", "A minor"; as it was given where it cannot be read. */
export function keyName(key: string, { t }: Words): string {
  const known = readKey(key);
  return known ? t(known.minor ? "chorale.minor" : "chorale.major", { tonic: t(`chorale.letter.${known.letter}`) + accidental(known.sharps) }) : key;
}

export const pieceName = (piece: Piece, words: Words): string => words.t("chorale.piece", { title: piece.title, bwv: piece.bwv, tonality: keyName(piece.key, words) });

/** The four notes of a frame, each with its voice. */
export const chordText = (piece: Piece, source: Source, beat: number, words: Words): string =>
  VOICES.map((voice, k) => `${words.t(`chorale.voice.${voice}`)} ${noteName(line(piece, source)[beat]?.[k] ?? null, piece.key, words)}`).join(", ");

const bold = (text: string | number) => `**${text}**`;

/** The sentence under the roll: the chord, whose it is, how much of the continuation is Bach's, and what Bach's cost the networks. */
export function seeText(piece: Piece, source: Source, beat: number, words: Words): string {
  const { t, num, percent } = words, who = t(`chorale.who.${source}`), total = piece.frames.length;
  const said = [t("chorale.see", { beat: beat + 1, total, title: piece.title, bwv: piece.bwv, chord: chordText(piece, source, beat, words) })];
  if (beat < piece.given) said.push(t("chorale.see.given", { given: piece.given, who }));
  else if (source === "bach") said.push(t("chorale.see.bach"));
  else said.push(t("chorale.see.here", { who, same: bold(same(piece, source, beat).same), given: piece.given }));
  if (source !== "bach") {
    const all = same(piece, source);
    said.push(t("chorale.see.all", { who, same: bold(all.same), count: all.count, share: bold(percent(all.same / all.count)) }));
  }
  const means = asked(piece).map((network) => ({ network, mean: meanSurprise(piece, network) })).filter((one) => one.mean !== null).sort((a, b) => a.mean! - b.mean!);
  if (means.length > 1) said.push(t("chorale.see.surprise", { list: means.map((one) => t("chorale.see.one", { who: t(`chorale.who.${one.network}`), mean: bold(num(one.mean!)) })).join(t("chorale.and")) }));
  return said.join(" ");
}

/** Surprise at one frame, or that nobody was asked there. */
export function surpriseAt(piece: Piece, network: string, beat: number, { num, t }: Words): string {
  const value = surprise(piece, network)[beat];
  return value === null ? t("chorale.none") : num(value);
}
