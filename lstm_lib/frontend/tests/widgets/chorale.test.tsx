// The chorale: notes made of frames, their names, and playing where the browser has no sound.
import { afterEach, expect, it } from "vitest";
import widget from "../../src/widgets/chorale/index.tsx";
import { PIECES, line, notes, readKey, same, sourcesOf, spell } from "../../src/widgets/chorale/data.ts";
import { frequency } from "../../src/widgets/chorale/sound.ts";
import { defaults } from "../../src/widgets/chorale/state.ts";
import { mounted, press, settle, textOf, type Mounted } from "../mount.ts";

let page: Mounted | null = null;
afterEach(() => { page?.clean(); page = null; });
const show = async (state = {}, lang = "pt-BR") => (page = await mounted(widget, "chorale", { ...defaults, ...state }, lang));
const play = () => page!.root.querySelector<HTMLButtonElement>(".play")!;

it("joins equal neighbours, but never across the handover, and leaves rests out", () => {
  const frames = [[60, 55, 52, 48], [60, 55, null, 48], [60, 57, 52, 48]];
  expect(notes(frames, 2)).toEqual([
    { voice: 0, pitch: 60, start: 0, length: 2 }, { voice: 0, pitch: 60, start: 2, length: 1 },
    { voice: 1, pitch: 55, start: 0, length: 2 }, { voice: 1, pitch: 57, start: 2, length: 1 },
    { voice: 2, pitch: 52, start: 0, length: 1 }, { voice: 2, pitch: 52, start: 2, length: 1 },
    { voice: 3, pitch: 48, start: 0, length: 2 }, { voice: 3, pitch: 48, start: 2, length: 1 },
  ]);
});

it("spells a note as its key writes it", () => {
  const name = (pitch: number, key: string) => { const { letter, sharps, octave } = spell(pitch, key); return letter + (sharps > 0 ? "#" : "b").repeat(Math.abs(sharps)) + (4 + octave); };
  expect([60, 61, 63, 66, 70, 59].map((pitch) => name(pitch, "C major"))).toEqual(["C4", "C#4", "Eb4", "F#4", "Bb4", "B3"]);
  expect([68, 73, 75, 77].map((pitch) => name(pitch, "E major"))).toEqual(["G#4", "C#5", "D#5", "E#5"]);
  expect([70, 63, 66, 69].map((pitch) => name(pitch, "G minor"))).toEqual(["Bb4", "Eb4", "F#4", "A4"]);
  expect([68, 61, 71].map((pitch) => name(pitch, "A- major"))).toEqual(["Ab4", "Db4", "Cb5"]);
  expect(readKey("f# minor")).toEqual({ letter: "F", sharps: 1, minor: true });
  expect(readKey("")).toBeNull();
  expect([frequency(69), frequency(57)]).toEqual([440, 220]);
});

it("goes on with as many chords as Bach wrote, from the same opening", () => {
  for (const piece of PIECES) for (const source of sourcesOf(piece)) {
    expect(line(piece, source)).toHaveLength(piece.frames.length);
    expect(line(piece, source).slice(0, piece.given)).toEqual(piece.frames.slice(0, piece.given));
    expect(same(piece, source).count).toBe(4 * (piece.frames.length - piece.given));
  }
  expect(same(PIECES[0], "bach").same).toBe(same(PIECES[0], "bach").count);
});

it("plays only when pressed, stops with Escape, and ends once without sound", async () => {
  const last = PIECES[0].frames.length - 1;
  await show({ beat: last - 1, pace: 4 });
  await settle(300);
  expect([page!.model.get("beat"), textOf(page!.root, ".play")]).toEqual([last - 1, "Tocar"]);
  play().click();
  await settle();
  expect(textOf(page!.root, ".play")).toBe("Parar");
  await press(document.body, "Escape");
  expect(textOf(page!.root, ".play")).toBe("Tocar");
  const stopped = page!.model.get("beat");
  await settle(500);
  expect(page!.model.get("beat")).toBe(stopped);
  play().click();
  await settle(900); // two quarters at four times the tempo
  expect([page!.model.get("beat"), textOf(page!.root, ".play")]).toEqual([last, "Tocar"]);
});

it("goes on where a link of the text says", async () => {
  await show();
  play().click();
  await settle();
  const link = document.createElement("a");
  link.href = "#chorale?piece=0&source=lstm&beat=20"; // what plays already
  document.body.append(link);
  link.click();
  await settle(100);
  expect([page!.model.get("beat"), textOf(page!.root, ".play")]).toEqual([20, "Parar"]);
  link.remove();
  location.hash = "";
});

it("survives any state, and says the same of what it cannot use", async () => {
  await show({ piece: 99, beat: -3, source: "gru", pace: -1, volume: 7, muted: ["flute"] }, "en");
  expect(textOf(page!.root, ".see")).toContain(`quarter note 1 of ${PIECES[PIECES.length - 1].frames.length}`);
  expect(textOf(page!.root, ".see")).toContain("then Bach goes on");
  expect(page!.root.querySelectorAll(".voice-button[aria-pressed=true]")).toHaveLength(4);
});
