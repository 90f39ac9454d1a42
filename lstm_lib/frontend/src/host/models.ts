// Weights of a shipped network: on the site the file's bytes, as base64, in a script beside the bundle.
import { loadBeside } from "./beside.ts";

type Shelf = Record<string, string>;
const shelf = (): Shelf => ((globalThis as { lstmBookModels?: Shelf }).lstmBookModels ??= {});
const waiting = new Map<string, Promise<DataView>>();

function decode(text: string): DataView {
  const raw = atob(text), bytes = new Uint8Array(raw.length);
  for (let k = 0; k < raw.length; k++) bytes[k] = raw.charCodeAt(k);
  return new DataView(bytes.buffer);
}

/** The bytes of the network called e.g. "agreement/lstm"; rejects with a plain Error when it is not there. */
export function loadModel(name: string): Promise<DataView> {
  const known = /^[\w-]+\/[\w-]+$/.test(name), here = known ? shelf()[name] : undefined; // a link may ask for "constructor"
  if (here) return new Promise((resolve) => resolve(decode(here)));
  let promise = waiting.get(name);
  if (!promise) {
    const file = `models/${name.replace("/", "-")}.js`;
    promise = (known ? loadBeside(file) : Promise.reject(new Error(`no shipped network "${name}"`))).then(() => {
      const text = shelf()[name];
      if (!text) throw new Error(`${file} is not the network "${name}"`);
      return decode(text);
    });
    promise.catch(() => waiting.delete(name)); // the next one to ask tries again
    waiting.set(name, promise);
  }
  return promise;
}
