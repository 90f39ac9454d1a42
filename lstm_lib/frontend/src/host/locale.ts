// The words of the explorables: lstm_lib/locale/{pt,en}/*.json, one file for Python and TypeScript. A notebook's module holds
// both languages; on the site each is a script beside the bundle: a page brings its own, a link may ask for the other.
import { signal } from "@preact/signals";
import strings from "virtual:locale";
import { loadBeside } from "./beside.ts";

export const LANGUAGES = ["pt", "en"] as const;
export type Language = (typeof LANGUAGES)[number];
export type Params = Record<string, string | number>;

/** Language of an explorable: its `lang` if set, else that of the page around it; Portuguese is the language of record. */
export function languageOf(element: Element | null, lang = ""): Language {
  const found = lang || element?.closest("[lang]")?.getAttribute("lang") || document.documentElement.lang || "pt";
  return found.toLowerCase().startsWith("en") ? "en" : "pt";
}

const arrived = signal(0), asked = new Set<Language>();

/** The language to write in: the wanted one, or, until its words have arrived, one that is there. */
export function spoken(wanted: Language): Language {
  void arrived.value;
  if (strings[wanted]) return wanted;
  if (!asked.has(wanted)) {
    asked.add(wanted);
    loadBeside(`words-${wanted}.js`).then(() => { arrived.value++; }, (error: unknown) => console.warn("lstm-widget:", error));
  }
  return LANGUAGES.find((language) => strings[language]) ?? wanted;
}

/** Text of a key with its {placeholders} filled; a missing key shows itself, and a test fails. */
export function translate(language: Language, key: string, params: Params = {}): string {
  const text = strings[language]?.[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in params ? String(params[name]) : whole));
}

export function hasKey(language: Language, key: string): boolean { return key in (strings[language] ?? {}); }
