// The loops of gradient flow: three networks forward and backward over up to 400 steps within a frame. They do what
// forwardLSTM, backwardLSTM and their likes do, but only for the loss "sum of the units of h_T" and only what its norms need,
// with everything kept that a change of one setting leaves as it was: W x of all steps (neither gain nor forget bias changes
// it) and the run itself (a shorter sequence is the beginning of a longer one).
import { pack, padded, product, type Packed } from "./dense.ts";
import { beginning, BLOCKS, firstWeights, gained, hiddenSize, inputs, INPUTS, LIMITS, settings, verdictOf, type Kind, type Settings, type Verdict, type Weights } from "./flow_networks.ts";
import { forwardGRU } from "./gru.ts";
import { jacobian, largestSingularValue, spectralRadius, stateSize } from "./jacobian.ts";
import { forwardLSTM, type LSTMWeights } from "./lstm.ts";
import { forwardRNN, type RNNWeights } from "./rnn.ts";

export interface Flow {
  kind: Kind;
  settings: Settings;
  T: number;
  H: number;
  /** log10 of ‖dL/dh_t‖ (T), step 1 first; −Infinity where it is exactly zero. */
  hidden: Float64Array;
  /** log10 of ‖dL/dc_t‖ (T); null without a cell. */
  cell: Float64Array | null;
  /** ‖dL/dh_(t-1)‖ / ‖dL/dh_t‖ at t (T); NaN at the first step and where both are zero. */
  factors: Float64Array;
  /** Lines in log10, 0 at the last step. RNN: radius, radius_bare, largest; LSTM: gates; GRU: carry. */
  theory: Record<string, Float64Array>;
  verdicts: { hidden: Verdict | "cut"; cell?: Verdict | "cut" };
  /** That of dL/dh. */
  verdict: Verdict | "cut";
  exact: Exact | null;
  /** log10 of ‖dL/dθ‖, all weights and biases together: some milliseconds when first asked. */
  weightNorm(): number;
  /** Largest singular value of the one-step Jacobian at t, counted from 0: some milliseconds when first asked. */
  largestFactor(t: number): number;
  /** The network's weights, gain included. */
  network(): Weights[Kind];
}

/** What is proved of an RNN's gradient whatever it reads: exact() in Python. */
export interface Exact {
  largest_singular_value: number;
  gamma: number;
  product: number;
  says: "must_vanish" | "cannot_grow" | "leaves_open";
}

/** Math.tanh by one exponential, half its time; to within 2e-16. */
const tanhOf = (x: number): number => 1 - 2 / (Math.exp(2 * x) + 1);

export interface Engine { run(s: Settings): Flow }

const LOG2 = Math.log10(2), SMALL = 1e-200, LARGE = 1e200;

export function makeEngine(kind: Kind): Engine {
  const blocks = BLOCKS[kind], most = LIMITS.steps[1];
  let s = settings(), H = 0, n = 0, wide = 0, tall = 0; // n rows of weights; n and H in whole panels
  let keys = { weights: "", gain: "", run: "", back: "" };
  let w: Weights["lstm"], packedW: Packed, U: Packed | undefined, Ut: Packed | undefined, bias = new Float64Array(0), biasH = new Float64Array(0);
  let radius: number | null = null, sigma: number | null = null;
  let x: Float64Array = new Float64Array(0), projected = 0, done = 0, seed = -1, xSteps = 0;
  // By step: W x; gates (GRU: r, z, n); h; tanh c (GRU: U_n h + b'_n); c; dL/da; and of the RNN the mean slope.
  let fromInput: Float64Array, gates: Float64Array, hidden: Float64Array, extra: Float64Array, cell: Float64Array, da: Float64Array, daH: Float64Array;
  const slopes = new Float64Array(most), scales = new Int32Array(most);
  let dh: Float64Array, dc: Float64Array, zeros: Float64Array, sum: Float64Array;
  let logH = new Float64Array(0), logC: Float64Array | null = null, theory: Record<string, Float64Array> = {};

  function prepare(next: Settings): void {
    s = next;
    const { scheme, max_lag } = beginning(kind, s), wKey = [scheme, max_lag, s.seed, s.hidden_size].join();
    if (wKey !== keys.weights) {
      const size = hiddenSize(kind, s.hidden_size);
      if (size !== H) allocate(size);
      w = firstWeights(kind, { ...s, forget_bias: 0 }) as LSTMWeights;
      packedW = pack(w.weight_ih, n, INPUTS);
      bias.fill(0); biasH.fill(0);
      for (let r = 0; r < n; r++) { bias[r] = w.bias_ih[r] + (kind === "gru" ? 0 : w.bias_hh[r]); biasH[r] = kind === "gru" ? w.bias_hh[r] : 0; }
      radius = sigma = null;
      projected = 0;
      keys = { weights: wKey, gain: "", run: "", back: "" };
    }
    if (s.seed !== seed || s.steps > xSteps) {
      seed = s.seed;
      xSteps = s.steps > 100 ? most : s.steps > 40 ? 100 : 40;
      x = inputs({ seed, steps: xSteps });
    }
    for (; projected < s.steps; projected++) product(packedW, x, projected * INPUTS, bias, 0, fromInput, projected * wide);
    const gainKey = `${s.gain}`;
    if (gainKey !== keys.gain) {
      U = pack(w.weight_hh, n, H, s.gain, false, U);
      Ut = pack(w.weight_hh, n, H, s.gain, true, Ut);
      keys = { ...keys, gain: gainKey, run: "", back: "" };
    }
    const runKey = kind === "rnn" ? s.activation : kind === "lstm" ? `${s.forget_bias}` : "-";
    if (runKey !== keys.run) { done = 0; keys = { ...keys, run: runKey, back: "" }; }
    if (done < s.steps) { forward(done, s.steps); done = s.steps; }
    const backKey = `${s.steps},${s.window}`;
    if (backKey !== keys.back) { backward(); keys.back = backKey; }
  }

  function allocate(size: number): void {
    H = size; n = blocks * H; wide = padded(n); tall = padded(H);
    bias = new Float64Array(wide); biasH = new Float64Array(wide); zeros = new Float64Array(wide); sum = new Float64Array(wide);
    fromInput = new Float64Array(most * wide);
    gates = new Float64Array(kind === "rnn" ? 0 : most * n); da = new Float64Array(most * n);
    daH = new Float64Array(kind === "gru" ? most * n : 0);
    hidden = new Float64Array((most + 1) * H); // row t + 1 is h_t, row 0 is zero
    extra = new Float64Array(kind === "rnn" ? 0 : most * H);
    cell = new Float64Array(kind === "lstm" ? (most + 1) * H : 0);
    dh = new Float64Array(tall); dc = new Float64Array(H);
  }

  function forward(from: number, to: number): void {
    if (kind === "rnn") forwardR(from, to); else if (kind === "gru") forwardG(from, to); else forwardL(from, to);
  }

  function forwardR(from: number, to: number): void {
    const tanh = s.activation === "tanh";
    for (let t = from; t < to; t++) {
      product(U!, hidden, t * H, fromInput, t * wide, sum, 0);
      let slope = 0;
      for (let u = 0, at = (t + 1) * H; u < H; u++, at++) {
        if (tanh) { const h = tanhOf(sum[u]); hidden[at] = h; slope += 1 - h * h; }
        else if (sum[u] > 0) { hidden[at] = sum[u]; slope++; } else hidden[at] = 0;
      }
      slopes[t] = slope / H;
    }
  }

  function forwardG(from: number, to: number): void {
    for (let t = from; t < to; t++) {
      product(U!, hidden, t * H, biasH, 0, sum, 0);
      for (let u = 0, p = t * wide, g = t * n; u < H; u++) {
        const r = 1 / (1 + Math.exp(-fromInput[p + u] - sum[u])), z = 1 / (1 + Math.exp(-fromInput[p + H + u] - sum[H + u]));
        const m = sum[2 * H + u], c = tanhOf(fromInput[p + 2 * H + u] + r * m);
        gates[g + u] = r; gates[g + H + u] = z; gates[g + 2 * H + u] = c;
        extra[t * H + u] = m;
        hidden[(t + 1) * H + u] = c + z * (hidden[t * H + u] - c);
      }
    }
  }

  function forwardL(from: number, to: number): void {
    const shift = s.scheme === "chrono" ? 0 : s.forget_bias;
    for (let t = from; t < to; t++) {
      product(U!, hidden, t * H, fromInput, t * wide, sum, 0);
      for (let u = 0, g = t * n; u < H; u++) {
        const i = 1 / (1 + Math.exp(-sum[u])), f = 1 / (1 + Math.exp(-sum[H + u] - shift)), c = tanhOf(sum[2 * H + u]), o = 1 / (1 + Math.exp(-sum[3 * H + u]));
        const value = f * cell[t * H + u] + i * c, seen = tanhOf(value);
        gates[g + u] = i; gates[g + H + u] = f; gates[g + 2 * H + u] = c; gates[g + 3 * H + u] = o;
        cell[(t + 1) * H + u] = value;
        extra[t * H + u] = seen;
        hidden[(t + 1) * H + u] = o * seen;
      }
    }
  }

  /** Norms from the last step back. dh and dc are kept within float64 by a power of two, which is exact: 2^scale dh is dL/dh_t. */
  function backward(): void {
    const T = s.steps, first = s.window > 0 ? Math.max(0, T - 1 - s.window) : 0, isCell = kind === "lstm";
    logH = new Float64Array(T).fill(-Infinity);
    logC = isCell ? new Float64Array(T).fill(-Infinity) : null;
    dh.fill(0); dh.fill(1, 0, H); dc.fill(0);
    let scale = 0;
    for (let t = T - 1; t >= first; t--) {
      let squares = 0, squaresC = 0, largest = 0;
      if (isCell) {
        for (let u = 0, g = t * n + 3 * H, e = t * H; u < H; u++) {
          const seen = extra[e + u];
          dc[u] += dh[u] * gates[g + u] * (1 - seen * seen);
          squaresC += dc[u] * dc[u];
        }
      }
      for (let u = 0; u < H; u++) squares += dh[u] * dh[u];
      const total = squares + squaresC;
      if (!(total > SMALL && total < LARGE)) {
        for (let u = 0; u < H; u++) largest = Math.max(largest, Math.abs(dh[u]), Math.abs(dc[u]));
        if (!(largest > 0)) break;
        const by = Math.floor(Math.log2(largest)) + 1, factor = 2 ** -by;
        scale += by;
        squares = squaresC = 0;
        for (let u = 0; u < H; u++) { dh[u] *= factor; dc[u] *= factor; squares += dh[u] * dh[u]; squaresC += dc[u] * dc[u]; }
      }
      logH[t] = squares > 0 ? Math.log10(squares) / 2 + scale * LOG2 : -Infinity;
      if (logC) logC[t] = squaresC > 0 ? Math.log10(squaresC) / 2 + scale * LOG2 : -Infinity;
      scales[t] = scale;
      if (kind === "rnn") backR(t); else if (kind === "gru") backG(t); else backL(t);
    }
    theory = kind === "rnn" ? powers(T) : gatesAlone(T);
  }

  function backR(t: number): void {
    const tanh = s.activation === "tanh";
    for (let u = 0, at = t * n, h = (t + 1) * H; u < H; u++) {
      const value = hidden[h + u];
      da[at + u] = dh[u] * (tanh ? 1 - value * value : value > 0 ? 1 : 0);
    }
    if (t) product(Ut!, da, t * n, zeros, 0, dh, 0);
  }

  function backG(t: number): void {
    const g = t * n;
    for (let u = 0; u < H; u++) {
      const r = gates[g + u], z = gates[g + H + u], c = gates[g + 2 * H + u], d = dh[u], dn = d * (1 - z) * (1 - c * c);
      da[g + u] = daH[g + u] = dn * extra[t * H + u] * r * (1 - r);
      da[g + H + u] = daH[g + H + u] = d * (hidden[t * H + u] - c) * z * (1 - z);
      da[g + 2 * H + u] = dn;
      daH[g + 2 * H + u] = dn * r;
      sum[u] = d * z;
    }
    for (let u = H; u < tall; u++) sum[u] = 0;
    if (t) product(Ut!, daH, g, sum, 0, dh, 0);
  }

  function backL(t: number): void {
    const g = t * n;
    for (let u = 0; u < H; u++) {
      const i = gates[g + u], f = gates[g + H + u], c = gates[g + 2 * H + u], o = gates[g + 3 * H + u], d = dc[u];
      da[g + u] = d * c * i * (1 - i);
      da[g + H + u] = d * cell[t * H + u] * f * (1 - f);
      da[g + 2 * H + u] = d * i * (1 - c * c);
      da[g + 3 * H + u] = dh[u] * extra[t * H + u] * o * (1 - o);
      dc[u] = d * f;
    }
    if (t) product(Ut!, da, g, zeros, 0, dh, 0);
  }

  /** The three lines of an RNN. */
  function powers(T: number): Record<string, Float64Array> {
    const { scheme } = beginning(kind, s), known = scheme === "identity" || scheme === "orthogonal";
    radius ??= known ? 1 : spectralRadius(w.weight_hh, H);
    sigma ??= known ? 1 : largestSingularValue(w.weight_hh, H, H);
    let mean = 0;
    for (let t = 1; t < T; t++) mean += slopes[t] / (T - 1);
    const line = (factor: number) => { const log = Math.log10(factor); return Float64Array.from({ length: T }, (_, t) => (t === T - 1 ? 0 : (T - 1 - t) * log)); };
    return { radius: line(s.gain * radius * mean), radius_bare: line(s.gain * radius), largest: line(s.gain * sigma) };
  }

  /** dL/dc_T (LSTM) or dL/dh_T (GRU) times the gates that keep, f or z, and nothing else. */
  function gatesAlone(T: number): Record<string, Float64Array> {
    const line = new Float64Array(T), v = new Float64Array(H).fill(1);
    if (kind === "lstm") for (let u = 0; u < H; u++) v[u] = gates[(T - 1) * n + 3 * H + u] * (1 - extra[(T - 1) * H + u] ** 2);
    for (let t = T - 1, scale = 0; t >= 0; t--) {
      let squares = 0;
      for (let u = 0; u < H; u++) squares += v[u] * v[u];
      if (squares < SMALL && squares > 0) {
        const by = Math.floor(Math.log2(squares) / 2);
        for (let u = 0; u < H; u++) v[u] *= 2 ** -by;
        squares *= 4 ** -by;
        scale += by;
      }
      line[t] = Math.log10(squares) / 2 + scale * LOG2;
      for (let u = 0, g = t * n + H; u < H; u++) v[u] *= gates[g + u];
    }
    const last = line[T - 1];
    return { [kind === "lstm" ? "gates" : "carry"]: line.map((log) => log - last) };
  }

  function proved(): Exact {
    const largest_singular_value = s.gain * sigma!, gamma = 1, bound = largest_singular_value * gamma;
    return { largest_singular_value, gamma, product: bound, says: Math.abs(bound - 1) < 1e-9 ? "cannot_grow" : bound < 1 ? "must_vanish" : "leaves_open" };
  }

  /** log10 of the norm of all four weight gradients together. Steps too small to change its last digit are left out. */
  function weightNorm(): number {
    const T = s.steps, columns = INPUTS + H + 2, total = new Float64Array(n * columns), recurrent = kind === "gru" ? daH : da;
    const size = new Float64Array(T).fill(-Infinity);
    for (let t = 0; t < T; t++) {
      if (logH[t] === -Infinity && !(logC && logC[t] > -Infinity)) continue;
      let a = 0, h = 2;
      for (let r = t * n; r < (t + 1) * n; r++) a = Math.max(a, Math.abs(da[r]), Math.abs(recurrent[r]));
      for (let c = t * H; c < (t + 1) * H; c++) h = Math.max(h, Math.abs(hidden[c]));
      size[t] = a > 0 ? scales[t] + Math.log2(a) + Math.log2(h) : -Infinity;
    }
    const top = Math.max(...size);
    if (top === -Infinity) return -Infinity;
    const heard = [...size.keys()].filter((t) => size[t] > top - 64), z = new Float64Array(4 * columns), factor = new Float64Array(4);
    for (let k = 0; k < heard.length; k += 4) { // four steps in one pass over the sums
      z.fill(0);
      for (let q = 0; q < 4 && k + q < heard.length; q++) {
        // h may be as large as the gradient is small: each gets half of the exponent.
        const t = heard[k + q], exponent = scales[t] - top, half = 2 ** Math.trunc(exponent / 2), from = q * columns;
        factor[q] = 2 ** (exponent - Math.trunc(exponent / 2));
        for (let c = 0; c < INPUTS; c++) z[from + c] = x[t * INPUTS + c] * half;
        for (let c = 0; c < H; c++) z[from + INPUTS + 1 + c] = hidden[t * H + c] * half;
        z[from + INPUTS] = z[from + columns - 1] = half;
      }
      const [t0, t1, t2, t3] = [0, 1, 2, 3].map((q) => heard[Math.min(k + q, heard.length - 1)] * n), [f0, f1, f2, f3] = factor;
      for (let r = 0; r < n; r++) {
        const outer = (a: Float64Array, from: number, to: number) => {
          const a0 = a[t0 + r] * f0, a1 = a[t1 + r] * f1, a2 = a[t2 + r] * f2, a3 = a[t3 + r] * f3;
          for (let c = from, m = r * columns + from; c < to; c++, m++) total[m] += a0 * z[c] + a1 * z[columns + c] + a2 * z[2 * columns + c] + a3 * z[3 * columns + c];
        };
        if (recurrent === da) outer(da, 0, columns);
        else { outer(da, 0, INPUTS + 1); outer(recurrent, INPUTS + 1, columns); }
      }
    }
    let squares = 0;
    for (const v of total) squares += v * v;
    return Math.log10(squares) / 2 + top * LOG2;
  }

  return {
    run(asked) {
      prepare(asked);
      const T = s.steps, hidden = logH, cells = logC, factors = new Float64Array(T).fill(NaN);
      for (let t = 1; t < T; t++) if (hidden[t] > -Infinity) factors[t] = 10 ** (hidden[t - 1] - hidden[t]);
      const cut = s.window > 0 && s.window < T - 1, word = (log: Float64Array) => (cut ? "cut" as const : verdictOf(log[0] - log[T - 1]));
      const verdicts = cells ? { hidden: word(hidden), cell: word(cells) } : { hidden: word(hidden) };
      let norm: number | null = null, network: Weights[Kind] | null = null, step: ((t: number) => Float64Array) | null = null, size = 0;
      const found = new Map<number, number>();
      const weights = () => (network ??= gained(firstWeights(kind, asked), asked.gain));
      return {
        kind, settings: asked, T, H, hidden, cell: cells, factors, theory, verdicts, verdict: verdicts.hidden, exact: kind === "rnn" ? proved() : null,
        weightNorm: () => { if (norm === null) { prepare(asked); norm = weightNorm(); } return norm; },
        network: weights,
        largestFactor(t) {
          if (!step) {
            const net = weights(), read = inputs(asked);
            const trace = kind === "rnn" ? forwardRNN(net as RNNWeights, read, T) : kind === "gru" ? forwardGRU(net, read, T) : forwardLSTM(net, read, T);
            size = stateSize(trace);
            step = (at) => jacobian(trace, net, at);
          }
          if (!found.has(t)) found.set(t, largestSingularValue(step(t), size, size));
          return found.get(t)!;
        },
      };
    },
  };
}
