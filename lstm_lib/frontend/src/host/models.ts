// Weights of a shipped network. On the site each is a classic script beside the bundle that puts the file's bytes,
// as base64, in one global: a script can be loaded from a folder (file://), where a fetch is refused.

const base = (() => {
  const script = typeof document === "undefined" ? null : (document.currentScript as HTMLScriptElement | null);
  return script?.src ? new URL(".", script.src).href : null;
})();

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
    promise = new Promise<DataView>((resolve, reject) => {
      if (!base || !known) { reject(new Error(`no shipped network "${name}"`)); return; }
      const script = document.createElement("script");
      script.src = `${base}models/${name.replace("/", "-")}.js`;
      script.onload = () => { const text = shelf()[name]; if (text) resolve(decode(text)); else reject(new Error(`${script.src} is not the network "${name}"`)); };
      script.onerror = () => { waiting.delete(name); script.remove(); reject(new Error(`${script.src} did not load`)); };
      document.head.append(script);
    });
    waiting.set(name, promise);
  }
  return promise;
}
