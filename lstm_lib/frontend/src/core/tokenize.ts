// Words of a sentence, exactly as lstm_lib.tokenize does in Python (tests/vectors keeps the two together).

/** Lower-case, compose accents (NFC), strip punctuation, split at white space. */
export function tokenize(text: string): string[] {
  return (text.normalize("NFC").toLowerCase().normalize("NFC").match(/[\p{L}\p{M}\p{N}]+(?:[-'’][\p{L}\p{M}\p{N}]+)*/gu) ?? []);
}
