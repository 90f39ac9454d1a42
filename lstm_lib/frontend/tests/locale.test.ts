import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import strings from "virtual:locale";

const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort();
const sources = (folder: string): string[] => readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? sources(join(folder, entry.name)) : /\.tsx?$/.test(entry.name) ? [readFileSync(join(folder, entry.name), "utf8")] : []);

describe("locale", () => {
  it("has the same keys and placeholders in both languages", () => {
    expect(Object.keys(strings.en).sort()).toEqual(Object.keys(strings.pt).sort());
    for (const [key, text] of Object.entries(strings.pt)) {
      expect(placeholders(strings.en[key]), key).toEqual(placeholders(text));
      expect(text.trim(), key).not.toBe("");
    }
  });
  it("has every key that the sources ask for by name", () => {
    const asked = sources(join(process.cwd(), "src")).flatMap((text) => [...text.matchAll(/\b(?:t|FileProblem)\("([\w.-]+)"/g)].map((m) => m[1]));
    expect(asked.length).toBeGreaterThan(3);
    expect(asked.filter((key) => !(key in strings.pt))).toEqual([]);
  });
});
