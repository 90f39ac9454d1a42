// Where the maps stand: what is read and the answers share their rows, so that one line goes through all of them.
import type { Item } from "./data.ts";

export interface Block { x: number; y: number; width: number; height: number }
export interface Layout { head: number; width: number; height: number; row: number; beside: boolean; source: Block; maps: Block[]; bars: number }

/** Height of the digits under a map. */
export const FOOT = 22;

export function layout(width: number, item: Item, maps: number): Layout {
  const total = item.rows.length, beside = width >= 640, bars = 64, head = beside ? 74 : 92; // on a narrow page the share stands under the digit
  const gap = beside ? 36 : 14, row = beside ? Math.min(11, Math.max(6, 290 / total)) : Math.min(10, Math.max(4, 190 / total));
  const own = Math.round(row * total), tall = item.kind === "speech" ? 0.62 : 1, left = beside ? 30 : 26;
  if (beside) {
    const sourceWidth = Math.round(Math.max(196, Math.min(own * tall, width * 0.34))), each = Math.floor((width - left - sourceWidth - gap * maps) / maps);
    return {
      head, width, row, beside, bars, height: head + own + FOOT + bars + FOOT + 6,
      source: { x: left, y: head, width: sourceWidth, height: own },
      maps: Array.from({ length: maps }, (_, k) => ({ x: left + sourceWidth + gap + k * (each + gap), y: head, width: each, height: own })),
    };
  }
  // Beside the drawing stand its digit and the meaning of the marks, which need more lines in a very narrow window.
  const narrow = width < 330, large = narrow ? Math.round(width / 2) : 196, each = Math.floor((width - left - gap * (maps - 1)) / maps), top = (narrow ? 274 : large) + 14 + head;
  return {
    head, width, row, beside, bars, height: top + own + FOOT + bars + FOOT + 6,
    source: { x: left, y: 0, width: Math.round(large * tall), height: large },
    maps: Array.from({ length: maps }, (_, k) => ({ x: left + k * (each + gap), y: top, width: each, height: own })),
  };
}
