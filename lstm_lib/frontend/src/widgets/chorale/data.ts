// The pieces as they are recorded, and what can be counted in them. One frame is one quarter note: four pitches as MIDI numbers,
// null where a voice rests.
import file from "../../../../results/examples/music.json";
import { SOURCES, type Source } from "./state.ts";

export type Chord = readonly (number | null)[];
export interface Piece {
  title: string; bwv: string; key: string; quarters_a_minute: number;
  /** How many frames of the real chorale every network is given. */
  given: number;
  frames: Chord[];
  /** What each network and the bigram wrote after them. */
  continuations: Record<string, Chord[]>;
  /** −log p of each frame that Bach wrote, its four notes together, in nats; null where nothing comes before it. */
  surprise: Record<string, (number | null)[]>;
}
/** temperature: of the draws; below 1, likely notes come more often than they are likely. */
export const { pieces: PIECES, temperature: TEMPERATURE } = file as unknown as { pieces: Piece[]; temperature: number };

/** Those that the piece has, Bach first. */
export const sourcesOf = (piece: Piece): Source[] => SOURCES.filter((source) => source === "bach" || piece.continuations[source]?.length);

/** The opening and what follows it, by one of those who go on. */
export function line(piece: Piece, source: Source): Chord[] {
  return source === "bach" ? piece.frames : [...piece.frames.slice(0, piece.given), ...piece.continuations[source]];
}

export interface Note { voice: number; pitch: number; start: number; length: number }

/** Frames as notes: equal neighbours are one long note, but none reaches from the opening into what follows. The recording has one
 * chord a quarter note, so a note that is repeated and one that is held look alike. */
export function notes(frames: readonly Chord[], given: number): Note[] {
  const out: Note[] = [];
  for (let voice = 0; voice < 4; voice++) {
    let last: Note | null = null;
    frames.forEach((chord, start) => {
      const pitch = chord[voice];
      if (pitch !== null && last?.pitch === pitch && start !== given) { last.length++; return; }
      last = pitch === null ? null : { voice, pitch, start, length: 1 };
      if (last) out.push(last);
    });
  }
  return out;
}

export interface Count { same: number; count: number }

/** How many of the notes after the opening are those that Bach wrote at the same place; at one frame, or in all. */
export function same(piece: Piece, source: Source, beat?: number): Count {
  const written = line(piece, source), from = beat ?? piece.given, to = beat === undefined ? Math.min(written.length, piece.frames.length) : beat + 1;
  let equal = 0, count = 0;
  for (let t = from; t < to; t++) for (let voice = 0; voice < 4; voice++) { count++; if (written[t][voice] === piece.frames[t][voice]) equal++; }
  return { same: equal, count };
}

/** Surprise of a network at each frame; null where it was not asked. */
export const surprise = (piece: Piece, network: string): (number | null)[] => piece.frames.map((_, t) => piece.surprise[network]?.[t] ?? null);

/** Mean over the frames after the opening. */
export function meanSurprise(piece: Piece, network: string): number | null {
  const after = surprise(piece, network).slice(piece.given).filter((value) => value !== null);
  return after.length ? after.reduce((a, b) => a + b, 0) / after.length : null;
}

/** The networks that were asked, in the order in which they are named everywhere. */
export const asked = (piece: Piece): Source[] => SOURCES.filter((source) => piece.surprise[source]?.length);

/** Lowest and highest pitch of a piece and of all that goes on from it. */
export function compass(piece: Piece): [number, number] {
  const pitches = sourcesOf(piece).flatMap((source) => line(piece, source)).flat().filter((pitch) => pitch !== null);
  return [Math.min(...pitches), Math.max(...pitches)];
}

// Names of notes. Places on the line of fifths, C = 0: F is −1, B is 5, and seven further on the same letter carries a sharp.
const LETTERS = ["F", "C", "G", "D", "A", "E", "B"];

export interface Key { letter: string; sharps: number; minor: boolean }

/** "B- major", "f# minor", "E♭ major" and the like; null if it cannot be read. */
export function readKey(key: string): Key | null {
  const found = /^([A-Ga-g])([#♯b♭-]?)\s+(major|minor)$/.exec(key.trim());
  return found ? { letter: found[1].toUpperCase(), sharps: found[2] === "" ? 0 : "#♯".includes(found[2]) ? 1 : -1, minor: found[3] === "minor" } : null;
}

/** Letter, accidental and octave (from that of middle C on) of a pitch, as written in the key: C major has E♭, B♭, F♯, C♯ and G♯ beside its own notes. */
export function spell(pitch: number, key: string): { letter: string; sharps: number; octave: number } {
  const known = readKey(key), tonic = known ? LETTERS.indexOf(known.letter) - 1 + 7 * known.sharps - (known.minor ? 3 : 0) : 0;
  const wanted = (((pitch * 7) % 12) + 12) % 12; // place on the line of fifths, up to twelve more or less
  let place = wanted;
  while (place > tonic + 8) place -= 12;
  while (place < tonic - 3) place += 12;
  const sharps = Math.floor((place + 1) / 7);
  return { letter: LETTERS[(((place + 1) % 7) + 7) % 7], sharps, octave: Math.floor((pitch - sharps) / 12) - 5 };
}
