// The rule says of every case what Python says; the sentences that are built follow it.
import { describe, expect, it } from "vitest";
import { readFileSync } from "node:fs";
import { LanguageModel } from "../../src/core/language_model.ts";
import { tokenize } from "../../src/core/tokenize.ts";
import { MOST_CLAUSES, OTHERS, build, glossOf, planOf, type Plan } from "../../src/sentences/build.ts";
import { MENUS } from "../../src/sentences/composer.ts";
import { governor, place } from "../../src/sentences/rule.ts";
import { read } from "../core/vectors.ts";

const bytes = readFileSync("../pretrained/agreement/lstm.safetensors");
const lstm = LanguageModel.fromSafetensors(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));

describe("the place of the adjective and its noun", () => {
  it.each(read<{ why: string; words: string[] }[]>("place.json"))("equals Python: $why", ({ why: _, words, ...expected }) => {
    expect(place(words)).toEqual(expected);
  });
  it("agrees with the rule for sentences of known words", () => {
    const words = "a menina disse que quando o joão estava".split(" ");
    expect(governor(words, 7)).toBe(6);
    expect(governor("a menina disse que quando o joão viajou estava".split(" "), 8)).toBe(1);
    expect(governor(["estava"], 0)).toBeNull();
  });
});

describe("a sentence from choices", () => {
  const plans: Plan[] = [];
  for (let people = 0; people <= MOST_CLAUSES; people++) for (let phrases = 0; phrases <= MOST_CLAUSES; phrases++) for (const others of OTHERS) {
    for (const beside of people ? [false, true] : [false]) plans.push({ subject: (people + phrases) % MENUS.subject.length, people, others, phrases, ending: (people + 2 * phrases) % MENUS.ending.length, beside });
  }
  it("has a place for the adjective, and the noun that the choices name decides", () => {
    for (const plan of plans) {
      const words = tokenize(build(plan)), found = place(words), subject = MENUS.subject[plan.subject];
      expect(lstm.unknown(words), build(plan)).toEqual([]);
      expect(found.last, build(plan)).toBe(words.length - 1);
      expect(found.nouns).toHaveLength(1 + plan.people);
      const last = plan.others === "feminine" || (plan.others === "mixed" && (plan.people - 1) % 2) ? "f" : "m";
      expect(found.gender, build(plan)).toBe(plan.beside ? last : subject.gender);
      expect(found.subject).toBe(plan.beside ? found.nouns[plan.people] : found.nouns[0]);
    }
  });
  it("finds its choices back, and none for a typed sentence", () => {
    for (const plan of plans) expect(build(planOf(tokenize(build(plan)), plan)!)).toBe(build(plan));
    expect(planOf(tokenize(build({ ...plans[0], people: 3, others: "mixed" })))).toMatchObject({ people: 3, others: "mixed" });
    expect(planOf(tokenize(build({ ...plans[0], people: 1, others: "masculine" })), { ...plans[0], others: "mixed" })).toMatchObject({ people: 1, others: "mixed" });
    for (const text of ["", "uma frase qualquer", "a menina disse que", "a menina estava muito"]) expect(planOf(tokenize(text)), text).toBeNull();
  });
  it("can make the book's sentence, and one of about sixty words", () => {
    const plan: Plan = { subject: 0, people: 1, others: "masculine", phrases: 1, ending: 0, beside: false };
    expect(build(plan)).toBe("a menina disse que não foi se despedir porque quando o joão viajou estava muito");
    expect(glossOf(plan)).toBe("the girl said that (she or he) did not go to say goodbye because when João travelled was very");
    expect(tokenize(build({ ...plan, people: 6, phrases: 6 })).length).toBeGreaterThanOrEqual(55);
  });
});
