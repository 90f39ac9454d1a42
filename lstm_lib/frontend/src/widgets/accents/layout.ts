// Where the letters, the threads and the bars of the drawing stand.
export interface Layout {
  width: number;
  height: number;
  small: boolean;
  /** Where the word ends, but not before there is room for a name and its verdict. */
  end: number;
  /** x of the middle of each letter. */
  xs: number[];
  column: number;
  /** Size of a letter and of the names. */
  letter: number;
  /** Top of the row of each network. */
  rows: number[];
  /** Within a row, from its top: baseline of the name, thread, baseline of the letters, top and height of the bars, baseline of the share. */
  name: number;
  thread: number;
  base: number;
  bar: number;
  tall: number;
  share: number;
  /** Whether every share has room under its bar; the chosen letter's is always written. */
  shares: boolean;
}

const WIDEST = 92, TALL = 30, NAMES = 340;

export function layoutOf(width: number, letters: number, rows = 2): Layout {
  const small = width < 560, pad = small ? 4 : 6, column = Math.min(WIDEST, (width - 2 * pad) / Math.max(1, letters));
  const letter = Math.min(small ? 34 : 52, Math.max(17, column * 1.15)), name = 17, thread = 36, base = thread + 14 + letter * 0.86;
  const bar = base + letter * 0.34, share = bar + TALL + 18, row = share + (small ? 26 : 30);
  return {
    width, small, column, end: Math.min(width, Math.max(NAMES, 2 * pad + letters * column)), letter, name, thread, base, bar, tall: TALL, share, height: rows * row - 14,
    rows: Array.from({ length: rows }, (_, k) => k * row), xs: Array.from({ length: letters }, (_, k) => pad + (k + 0.5) * column), shares: column >= 46,
  };
}
