// Four soft voices made in the browser: no recording, no file. A tone is a handful of partials, twice, a little out of tune with
// itself, through a filter that takes the edge off, in a small room of seeded noise. Sound begins only by `play`, never by itself.
import type { Note } from "./data.ts";

/** Equal temperament, A4 = 440 Hz = MIDI 69. */
export const frequency = (pitch: number): number => 440 * 2 ** ((pitch - 69) / 12);

const PARTIALS = [0, 1, 0.34, 0.16, 0.07, 0.045, 0.02], DETUNE = 2.5; // sine weights; cents
const PAN = [-0.32, 0.16, -0.16, 0.32], LEVEL = [0.17, 0.14, 0.14, 0.2];
const ATTACK = 0.045, RELEASE = 0.11, TAIL = 0.7; // seconds

export interface Stage { voices: GainNode[]; master: GainNode }

/** Where the voices meet: one gain each, the room, one master. Works for an OfflineAudioContext too. */
export function build(context: BaseAudioContext): Stage {
  const limit = context.createDynamicsCompressor(), master = context.createGain(), soft = context.createBiquadFilter();
  const room = context.createConvolver(), wet = context.createGain();
  soft.type = "lowpass"; soft.frequency.value = 2600; soft.Q.value = 0.3;
  room.buffer = echo(context);
  wet.gain.value = 0.3;
  soft.connect(master); soft.connect(wet).connect(room).connect(master);
  master.connect(limit).connect(context.destination);
  const voices = PAN.map((pan) => {
    const voice = context.createGain(), place = context.createStereoPanner();
    place.pan.value = pan;
    voice.connect(place).connect(soft);
    return voice;
  });
  return { voices, master };
}

/** Noise that dies away in 1.3 seconds, the same each time. */
function echo(context: BaseAudioContext): AudioBuffer {
  const length = Math.round(1.3 * context.sampleRate), buffer = context.createBuffer(2, length, context.sampleRate);
  let seed = 1;
  for (const channel of [0, 1]) {
    const data = buffer.getChannelData(channel);
    for (let k = 0; k < length; k++) {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      data[k] = (seed / 2 ** 31 - 1) * (1 - k / length) ** 2 * Math.exp((-5 * k) / length);
    }
  }
  return buffer;
}

/** Schedule every note from quarter `from` on, beginning at time `at`; gives what must be stopped. */
export function sing(context: BaseAudioContext, stage: Stage, notes: readonly Note[], from: number, quarter: number, at: number): OscillatorNode[] {
  const wave = context.createPeriodicWave(new Float32Array(PARTIALS.length), Float32Array.from(PARTIALS)), started: OscillatorNode[] = [];
  for (const note of notes) {
    if (note.start + note.length <= from) continue;
    const start = at + Math.max(0, note.start - from) * quarter, end = at + (note.start + note.length - from) * quarter - 0.02;
    const loud = context.createGain(), level = LEVEL[note.voice];
    loud.gain.setValueAtTime(0, start);
    loud.gain.linearRampToValueAtTime(level, start + ATTACK);
    loud.gain.setTargetAtTime(level * 0.66, start + ATTACK, 0.5);
    loud.gain.setTargetAtTime(0, Math.max(end, start + ATTACK), RELEASE);
    loud.connect(stage.voices[note.voice]);
    for (const detune of [-DETUNE, DETUNE]) {
      const tone = context.createOscillator();
      tone.setPeriodicWave(wave);
      tone.frequency.value = frequency(note.pitch);
      tone.detune.value = detune;
      tone.connect(loud);
      tone.start(start);
      tone.stop(end + TAIL);
      started.push(tone);
    }
  }
  return started;
}

export interface Performance {
  notes: readonly Note[];
  /** Length of all in quarters, where to begin, seconds a quarter. */
  total: number; from: number; quarter: number;
  /** Called about sixty times a second with the place in quarters. */
  moved: (at: number) => void;
  /** Called once when it is over by itself, or another one on the page began. */
  ended: () => void;
}

let context: AudioContext | null = null, now: Player | null = null;

/** Plays one thing at a time: whoever begins stops the one before, on the whole page. Where the browser has no sound, time passes all
 * the same, so that the drawing can be followed. */
export class Player {
  private stage: Stage | null = null;
  private tones: OscillatorNode[] = [];
  private frame = 0;
  private what: Performance | null = null;
  private run = 0;
  private volume = 1;
  private muted: boolean[] = [];

  get playing(): boolean { return this.what !== null; }

  /** Loudness 0 to 1 and which voices are silent; heard at once. */
  mix(volume: number, muted: boolean[]): void {
    this.volume = volume; this.muted = muted;
    if (!this.stage || !context) return;
    this.stage.master.gain.setTargetAtTime(volume ** 2 * 1.6, context.currentTime, 0.03); // loudness as the ear takes it
    this.stage.voices.forEach((voice, k) => voice.gain.setTargetAtTime(muted[k] ? 0 : 1, context!.currentTime, 0.03));
  }

  async play(what: Performance): Promise<void> {
    if (now && now !== this) now.finish(0.03);
    this.halt();
    now = this;
    this.what = what;
    const run = ++this.run, sounding = await wake();
    if (run !== this.run) return; // stopped while the sound card woke up
    let clock: () => number;
    if (sounding && context) {
      this.stage = build(context);
      this.stage.master.gain.value = this.volume ** 2 * 1.6;
      this.stage.voices.forEach((voice, k) => { voice.gain.value = this.muted[k] ? 0 : 1; });
      const start = context.currentTime + 0.06;
      this.tones = sing(context, this.stage, what.notes, what.from, what.quarter, start);
      clock = () => context!.currentTime - start;
    } else {
      const start = performance.now();
      clock = () => (performance.now() - start) / 1000;
    }
    const follow = () => {
      const at = what.from + Math.max(0, clock()) / what.quarter;
      if (at >= what.total) { what.moved(what.total); this.finish(); return; }
      what.moved(at);
      this.frame = requestAnimationFrame(follow);
    };
    this.frame = requestAnimationFrame(follow);
  }

  /** Silence, at once but without a click. */
  stop(): void { this.halt(); }

  /** It is over: by itself, when the last chord may ring out, or because another one begins. */
  private finish(ring = 1.5): void {
    const { what } = this;
    this.halt(ring);
    what?.ended();
  }

  private halt(ring = 0.03): void {
    this.run++;
    cancelAnimationFrame(this.frame);
    this.what = null;
    if (now === this) now = null;
    const { stage, tones } = this;
    this.stage = null; this.tones = [];
    if (!stage || !context) return;
    const end = context.currentTime + ring;
    stage.master.gain.setTargetAtTime(0, end, 0.02);
    for (const tone of tones) try { tone.stop(end + 0.15); } catch { /* it has ended */ }
    setTimeout(() => {
      stage.master.disconnect();
      if (!now) void context?.suspend();
    }, 1000 * (ring + 0.3));
  }
}

/** The page's one sound output, made at the first press; false if there is none, or the browser does not let it sound. */
async function wake(): Promise<boolean> {
  if (typeof AudioContext === "undefined") return false;
  try {
    context ??= new AudioContext({ latencyHint: "interactive" });
    if (context.state !== "running") await Promise.race([context.resume(), new Promise((go) => setTimeout(go, 800))]);
    return context.state === "running";
  } catch { return false; }
}
