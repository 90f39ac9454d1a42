// Random numbers that Python and TypeScript share: lstm_lib/shared_random.py, which says how they are made.

const GOLDEN = 0x9e3779b9;

function mixed(x: number): number {
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}

export interface Generator {
  /** Above 0 and below 1, equally likely. */
  uniform(): number;
  /** Mean 0, variance 1. */
  normal(): number;
  /** `count` numbers from `low` to `high`, equally likely. */
  uniforms(low: number, high: number, count: number): Float64Array;
  normals(count: number): Float64Array;
}

/** SharedRandom(seed, stream): every call goes on where the last one ended. */
export function generator(seed: number, stream = 0): Generator {
  const key = mixed(mixed((seed + GOLDEN) | 0) + Math.imul(stream, GOLDEN));
  let used = 0;
  const uniform = () => (mixed(mixed((Math.imul(used++, GOLDEN) + key) | 0)) + 0.5) / 2 ** 32;
  const normal = () => { const radius = uniform(), angle = uniform(); return Math.sqrt(-2 * Math.log(radius)) * Math.cos(2 * Math.PI * angle); };
  return {
    uniform, normal,
    uniforms(low, high, count) {
      const out = new Float64Array(count);
      for (let k = 0; k < count; k++) out[k] = low + (high - low) * uniform();
      return out;
    },
    normals(count) {
      const out = new Float64Array(count);
      for (let k = 0; k < count; k++) out[k] = normal();
      return out;
    },
  };
}
