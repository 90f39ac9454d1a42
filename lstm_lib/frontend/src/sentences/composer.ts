// The sentence from three menus, and the sentence with the other subject.
import { composer } from "../../../tasks/agreement/agreement.json";
import { tokenize } from "../core/tokenize.ts";

export interface Choice { subject: number; middle: number; ending: number }
export const MENUS = { subject: composer.subjects, middle: composer.middles, ending: composer.endings };

export function compose({ subject, middle, ending }: Choice): string {
  return [composer.subjects[subject], composer.middles[middle], composer.endings[ending]].map((part) => part?.text ?? "").join(" ").trim();
}

/** The menus' choice that gives exactly these words, or null: the sentence was typed. */
export function chosen(words: readonly string[]): Choice | null {
  const text = words.join(" ");
  for (let subject = 0; subject < composer.subjects.length; subject++) {
    if (!text.startsWith(composer.subjects[subject].text + " ")) continue;
    for (let middle = 0; middle < composer.middles.length; middle++) {
      for (let ending = 0; ending < composer.endings.length; ending++) {
        if (text === compose({ subject, middle, ending })) return { subject, middle, ending };
      }
    }
  }
  return null;
}

/** Index of the subject of the other gender: the list holds them in pairs. */
function partner(subject: number): number {
  const other = subject ^ 1, list = composer.subjects;
  return other < list.length && list[other].gender !== list[subject].gender ? other
    : list.findIndex((s) => s.gender !== list[subject].gender);
}

/** The same words with a subject of the other gender and nothing else changed; "" if the subject is not one of the menu's. */
export function mirrored(text: string): string {
  const words = tokenize(text);
  for (let subject = 0; subject < composer.subjects.length; subject++) {
    const own = tokenize(composer.subjects[subject].text);
    if (own.every((word, k) => words[k] === word)) return [...tokenize(composer.subjects[partner(subject)].text), ...words.slice(own.length)].join(" ");
  }
  return "";
}
