// The accents: the same letters, probabilities and words as in Python, and what becomes of what a reader may type.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { AccentNetwork, MOST_LETTERS, clean } from "../../src/core/accents.ts";
import { FileProblem, parseSafetensors } from "../../src/core/safetensors.ts";
import { NAMES, WORDS, answer, options, outcomeOf, seen, type Networks } from "../../src/widgets/accents/answers.ts";
import { layoutOf } from "../../src/widgets/accents/layout.ts";
import { seeSentence, writeShare } from "../../src/widgets/accents/words.ts";
import { defaults } from "../../src/widgets/accents/state.ts";
import { translate } from "../../src/host/locale.ts";
import { formatPercent } from "../../src/ui/format.ts";
import { expectClose, read } from "./vectors.ts";

interface Case { word: string; bare: string; networks: Record<string, { word: string; probabilities: number[][] }> }
const vectors = read<{ possible: Record<string, string[]>; cases: Case[] }>("accents.json");
const file = (name: string): DataView => {
  const bytes = readFileSync(`../pretrained/${name}.safetensors`);
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
};
const networks = Object.fromEntries(NAMES.map((name) => [name, AccentNetwork.fromSafetensors(file(`accents/${name}`))])) as Networks;
const { script } = networks.lstm, voice = { t: (key: string, params?: Record<string, string | number>) => translate("pt", key, params), percent: (share: number, digits?: number) => formatPercent(share, "pt", digits) };

describe("the networks of the accents", () => {
  it.each(vectors.cases.flatMap((c) => NAMES.map((name) => [c.word, name, c] as const)))("read as Python does: %s, %s", (word, name, c) => {
    expect(clean(word, script).letters.length).toBe(c.bare.length);
    const found = networks[name].read(c.bare);
    expectClose(found.probabilities, c.networks[name].probabilities, "probabilities");
    expect(found.word).toBe(c.networks[name].word);
  });

  it("know which marks a letter can bear, take them off and put them back", () => {
    for (const [letter, marks] of Object.entries(vectors.possible)) {
      expect(script.marks.filter((_, mark) => script.write(letter, mark) !== undefined)).toEqual(marks);
    }
    for (const { right, bare } of WORDS) {
      expect(script.bare(right)).toBe(bare);
      expect(script.restore(bare, script.marksOf(right))).toBe(right);
    }
  });

  it("refuse another file; whole numbers are no weights to those who do not ask for them", () => {
    expect(() => AccentNetwork.fromSafetensors(file("agreement/lstm"))).toThrow(FileProblem);
    expect(Object.keys(parseSafetensors(file("accents/lstm")).tensors)).not.toContain("rnn.weight_hh_l0");
    expect(() => networks.lstm.read("ç")).toThrow(RangeError);
  });
});

describe("what a reader types", () => {
  it("is one word of known letters, and what was left out is said", () => {
    expect(clean("  AÇÃO ", script)).toEqual({ letters: "ação", unknown: [], rest: false, cut: false });
    expect(clean("a\u0301gua", script).letters).toBe("água"); // an accent of its own is put together with its letter
    expect(clean("niño2 perdido", script)).toEqual({ letters: "nio", unknown: ["ñ", "2"], rest: true, cut: false });
    expect(clean("x".repeat(99), script)).toMatchObject({ letters: "x".repeat(MOST_LETTERS), cut: true });
    expect(clean("", script).letters).toBe("");
    expect(clean("👍日", script)).toMatchObject({ letters: "", unknown: ["👍", "日"] });
  });

  it("is judged only where somebody has said what is right", () => {
    const typed = answer("zebrínha", networks), listed = answer("historia", networks), free = answer("zebrinha", networks);
    expect([typed.source, typed.right, typed.bare]).toEqual(["reader", "zebrínha", "zebrinha"]);
    expect([listed.source, listed.right]).toEqual(["list", "história"]);
    expect(answer("história", networks).source).toBe("list"); // written as the list has it
    expect(answer("histôria", networks).source).toBe("reader"); // the reader's own opinion
    expect([free.source, free.right, free.answers[0].right, free.answers[0].fits.every((fit) => fit === null)]).toEqual(["", null, null, true]);
  });

  it("has the recorded answers for every word of the list", () => {
    for (const known of WORDS) {
      const found = answer(known.bare, networks);
      expect(found.answers.map(({ reading }) => reading.word)).toEqual([known.lstm, known.bilstm]);
      const [one, both] = found.answers.map(({ right }) => right);
      expect(outcomeOf(known)).toBe(one ? (both ? "both" : "lstm") : both ? "bilstm" : "neither");
    }
    expect(new Set(WORDS.map(outcomeOf)).size).toBeGreaterThanOrEqual(3);
    expect(outcomeOf(WORDS.find(({ bare }) => bare === defaults.word)!)).toBe("bilstm"); // what the page opens with tells the story
  });
});

describe("one letter", () => {
  const found = answer(defaults.word, networks);
  it("was chosen by the first network before it had seen what follows", () => {
    expect(seen("lstm", found.bare, 2)).toBe(found.bare.slice(0, 3));
    expect(seen("bilstm", found.bare, 2)).toBe(found.bare);
    for (let t = 0; t < found.bare.length; t++) { // what it says does not depend on the rest of the word
      const cut = networks.lstm.read(found.bare.slice(0, t + 1)), M = script.marks.length;
      expectClose(cut.probabilities.slice(t * M), [...found.answers[0].reading.probabilities.slice(t * M, (t + 1) * M)], `letter ${t}`);
    }
  });

  it("is the one on which they differ most, if none is chosen", () => {
    expect(found.answers.map(({ reading }) => [...reading.word][found.differ]).join("")).toMatch(/^(.)(?!\1).$/);
    expect(options(found.answers[1], networks, found.differ).reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
  });

  it("is told in a sentence with what each had seen and how sure it was", () => {
    const told = seeSentence(found, networks, found.differ, voice);
    for (const { name, reading } of found.answers) expect(told).toContain(`*${reading.word}*`), expect(told).toContain(`*${seen(name, found.bare, found.differ)}*`);
    expect(seeSentence(found, networks, found.bare.indexOf("s"), voice)).toContain("nada há a escolher");
  });

  it("never claims certainty that a network does not have", () => {
    expect([1, 0.9999, 0.5, 0.0001, 0].map((share) => writeShare(share, voice, true).replace(/\u00a0/g, " "))).toEqual(["100 %", "> 99 %", "50 %", "< 1 %", "0 %"]);
  });
});

describe("the drawing", () => {
  it.each([[912, 8], [358, 16], [358, 24], [320, 24], [912, 1]])("keeps %i px for %i letters", (width, letters) => {
    const { xs, column, end, height } = layoutOf(width, letters);
    expect(xs.length).toBe(letters);
    expect(xs[0] - column / 2).toBeGreaterThanOrEqual(0);
    expect(xs[letters - 1] + column / 2).toBeLessThanOrEqual(width);
    expect(end).toBeLessThanOrEqual(width);
    expect(height).toBeGreaterThan(200);
  });
});
