// The error of one unit over its two weights, its gradient, and walks down it: lstm_lib/error_surface.py, where it is
// explained (tests/vectors/error_surface.json holds both to the same numbers).

export const DOWN = 0.005, THROWN = 3, FLAT = 1e-4;
export interface Unit { steps: number; initial: number; target: number }
export type Outcome = "down" | "thrown" | "flat" | "walking";

export function errorAt(w: number, b: number, { steps, initial, target }: Unit): number {
  let h = initial;
  for (let t = 0; t < steps; t++) h = Math.tanh(w * h + b);
  return (h - target) * (h - target);
}

/** [E, dE/dw, dE/db] */
export function gradientAt(w: number, b: number, { steps, initial, target }: Unit): [number, number, number] {
  let h = initial, byWeight = 0, byBias = 0;
  for (let t = 0; t < steps; t++) {
    const next = Math.tanh(w * h + b), slope = 1 - next * next;
    byWeight = slope * (h + w * byWeight);
    byBias = slope * (1 + w * byBias);
    h = next;
  }
  const wrong = h - target;
  return [wrong * wrong, 2 * wrong * byWeight, 2 * wrong * byBias];
}

/** The bias with which the unit stays at its first state: where w (1 − initial²) > 1 the edge of the cliff. */
export const edge = (w: number, initial: number): number => Math.atanh(initial) - w * initial;

export interface Walk { weights: Float64Array; biases: Float64Array; errors: Float64Array; norms: Float64Array; lengths: Float64Array; factors: Float64Array }

/** Gradient descent; maxNorm 0 does not clip. */
export function walk(unit: Unit, start: readonly [number, number], moves: number, rate: number, maxNorm: number): Walk {
  const made = (n: number) => new Float64Array(n);
  const found: Walk = { weights: made(moves + 1), biases: made(moves + 1), errors: made(moves + 1), norms: made(moves + 1), lengths: made(moves), factors: made(moves) };
  let [w, b] = start;
  for (let k = 0; k <= moves; k++) {
    const [error, byWeight, byBias] = gradientAt(w, b, unit), norm = Math.hypot(byWeight, byBias);
    found.weights[k] = w; found.biases[k] = b; found.errors[k] = error; found.norms[k] = norm;
    if (k === moves) break;
    const factor = maxNorm > 0 && norm > maxNorm ? maxNorm / norm : 1;
    found.factors[k] = factor;
    found.lengths[k] = rate * factor * norm;
    w -= rate * factor * byWeight;
    b -= rate * factor * byBias;
  }
  return found;
}

export function outcome(walked: Walk, move: number): Outcome {
  if (walked.errors[move] < DOWN) return "down";
  if (walked.lengths.subarray(0, move).some((length) => length > THROWN)) return "thrown";
  return walked.norms[move] < FLAT ? "flat" : "walking";
}
