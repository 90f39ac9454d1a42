// The words of the explorables: lstm_lib/locale/{pt,en}/*.json, one file for Python and TypeScript. A notebook's module holds
// both languages; on the site each explorable's words in each language are a script: a page brings those of its own language, a link
// may ask for the other.
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

const arrived = signal(0), asked = new Set<string>();
/** On the site: the explorables whose words have come, as "gates-pt". In a notebook's module all of its words are there. */
const parts = () => (strings as unknown as { parts?: Record<string, 1> }).parts;

/** The language to write in: the wanted one, or, until its words have arrived, one that is there. */
export function spoken(wanted: Language, widget: string): Language {
  void arrived.value;
  const there = (language: Language) => (parts() ? `${widget}-${language}` in parts()! : language in strings);
  if (there(wanted)) return wanted;
  const file = `words/${widget}-${wanted}.js`;
  if (!asked.has(file)) {
    asked.add(file);
    loadBeside(file).then(() => { arrived.value++; }, (error: unknown) => console.warn("lstm-widget:", error));
  }
  return LANGUAGES.find(there) ?? wanted;
}

/** Text of a key with its {placeholders} filled; a missing key shows itself, and a test fails. */
export function translate(language: Language, key: string, params: Params = {}): string {
  void arrived.value; // an explorable that came after its page shows its words when they arrive
  const text = strings[language]?.[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in params ? String(params[name]) : whole));
}

export function hasKey(language: Language, key: string): boolean { return key in (strings[language] ?? {}); }
