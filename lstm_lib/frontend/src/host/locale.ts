// The words of the explorables: lstm_lib/locale/{pt,en}/*.json, bundled. One file for Python and TypeScript.
import strings from "virtual:locale";

export const LANGUAGES = ["pt", "en"] as const;
export type Language = (typeof LANGUAGES)[number];
export type Params = Record<string, string | number>;

/** Language of an explorable: its `lang` if set, else that of the page around it; Portuguese is the language of record. */
export function languageOf(element: Element | null, lang = ""): Language {
  const found = lang || element?.closest("[lang]")?.getAttribute("lang") || document.documentElement.lang || "pt";
  return found.toLowerCase().startsWith("en") ? "en" : "pt";
}

/** Text of a key with its {placeholders} filled; a missing key shows itself, and a test fails. */
export function translate(language: Language, key: string, params: Params = {}): string {
  const text = strings[language][key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in params ? String(params[name]) : whole));
}

export function hasKey(language: Language, key: string): boolean { return key in strings[language]; }
