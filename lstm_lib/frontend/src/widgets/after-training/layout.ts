// Geometry of the chart, without a page: the axis of powers of ten, and on which side a way ends.

/** Powers of ten that the axis always has: it is the same for every quantity, before and after training, and only grows. */
export const LEAST = -12, MOST = 2;

export function powers(lines: readonly { logs: ArrayLike<number> }[]): [number, number] {
  let lo = LEAST, hi = MOST;
  for (const { logs } of lines) for (let k = 0; k < logs.length; k++) {
    const v = logs[k];
    if (!Number.isFinite(v)) continue;
    if (v < lo) lo = 2 * Math.floor(v / 2);
    if (v > hi) hi = 2 * Math.ceil(v / 2);
  }
  return [lo, hi];
}

/** Ticks from hi down: every second power, fewer on a tall axis; 1 is always there. */
export function powerTicks([lo, hi]: [number, number]): number[] {
  const every = hi - lo > 40 ? 8 : hi - lo > 20 ? 4 : 2, out: number[] = [];
  for (let power = every * Math.floor(hi / every); power >= lo; power -= every) out.push(power);
  return out;
}

export interface Frame {
  width: number; height: number;
  /** The plot itself; the labels stand beside `end`, the axis beside the other side. */
  left: number; right: number; top: number; bottom: number;
  /** Which way the lines go: −1 back to the left, +1 on to the right. */
  way: -1 | 1;
  small: boolean; big: number; label: number; mark: number;
}

export function frameOf(width: number, way: -1 | 1): Frame {
  const small = width < 520, medium = width < 760, labels = small ? 128 : medium ? 176 : 206, axis = small ? 38 : 56;
  return {
    width, way, height: small ? 430 : 476, top: 40, bottom: (small ? 430 : 476) - 58, small, big: small ? 19 : 25, label: small ? 45 : 66, mark: small ? 3.75 : 4.5,
    left: way < 0 ? labels : axis, right: width - (way < 0 ? axis : labels),
  };
}

/** Runs of positions at which a line is a number: [first, last], both included; what is exactly zero is no point of it. */
export function finiteRuns(logs: ArrayLike<number>): [number, number][] {
  const out: [number, number][] = [];
  for (let k = 0; k < logs.length; k++) {
    if (!Number.isFinite(logs[k])) continue;
    if (k && Number.isFinite(logs[k - 1])) out[out.length - 1][1] = k; else out.push([k, k]);
  }
  return out;
}
