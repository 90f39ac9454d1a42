// Words of a sentence, exactly as lstm_lib.tokenize does in Python (tests/vectors keeps the two together).

const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:[-'’][\p{L}\p{N}][\p{L}\p{N}\p{M}]*)*/gu;

/** Lower-case, accents composed (NFC), no punctuation or invisible characters; `-`, `'` and `’` stay inside a word. */
export function tokenize(text: string): string[] {
  return text.normalize("NFC").toLowerCase().normalize("NFC").replace(/\p{Cf}/gu, "").match(WORD) ?? [];
}
