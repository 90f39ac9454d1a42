// Times of the TypeScript core under Node, as JSON: node core.mjs BUNDLE '[[T, H], ...]', run where esbuild is installed.
// BUNDLE is where the sources are bundled to.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [, , bundle, given] = process.argv, sizes = JSON.parse(given), INPUTS = 8;
const { build } = createRequire(`${process.cwd()}/package.json`)("esbuild");
await build({ entryPoints: ["src/core/lstm.ts"], outfile: bundle, bundle: true, format: "esm", platform: "node", logLevel: "error" });
const { forwardLSTM, backwardLSTM } = await import(pathToFileURL(bundle).href);

let seed = 7;
const random = () => ((seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) / 2 ** 32) - 0.5;
const numbers = (count) => Float64Array.from({ length: count }, random);

function best(run) {
  let least = Infinity;
  for (let k = 0; k < 300; k++) {
    const start = performance.now();
    run();
    least = Math.min(least, performance.now() - start);
  }
  return least;
}

console.log(JSON.stringify(sizes.map(([T, H]) => {
  const weights = {
    input_size: INPUTS, hidden_size: H, weight_ih: numbers(4 * H * INPUTS), weight_hh: numbers(4 * H * H),
    bias_ih: numbers(4 * H), bias_hh: numbers(4 * H),
  };
  const inputs = numbers(T * INPUTS), ones = new Float64Array(T * H).fill(1), trace = forwardLSTM(weights, inputs, T);
  return { forward: best(() => forwardLSTM(weights, inputs, T)), backward: best(() => backwardLSTM(trace, weights, ones)) };
})));
