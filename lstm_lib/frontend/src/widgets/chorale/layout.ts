// Where things stand on the roll: pure arithmetic. Time runs to the right, one column a quarter note; pitch upwards, one row a semitone.
import { linear, type Scale } from "../../ui/scale.ts";

export interface Layout {
  width: number; height: number; left: number; right: number; top: number; bottom: number;
  /** Left edge of a quarter; its width. */
  x: (beat: number) => number; column: number;
  /** Middle of a pitch's row; its height. */
  y: (pitch: number) => number; row: number;
}

export function layout(width: number, total: number, [low, high]: readonly [number, number]): Layout {
  const roomy = width >= 560, left = roomy ? 44 : 34, right = width - (roomy ? 96 : 66), top = 30, row = roomy ? 7.5 : 6.5;
  const column = (right - left) / total, bottom = top + (high - low + 3) * row;
  return { width, height: bottom + 26, left, right, top, bottom, column, row, x: (beat) => left + beat * column, y: (pitch) => top + (high + 1.5 - pitch) * row };
}

export interface Below { height: number; top: number; bottom: number; y: Scale }

/** The plot of the surprise, under the roll and in its columns. */
export function below(width: number, most: number): Below {
  const height = width >= 560 ? 128 : 118, top = 12, bottom = height - 14;
  return { height, top, bottom, y: linear([0, most], [bottom, top]) };
}

/** Quarters that carry a number: 1, 9, 17, … */
export const numbered = (total: number): number[] => Array.from({ length: Math.ceil(total / 8) }, (_, k) => 8 * k);
