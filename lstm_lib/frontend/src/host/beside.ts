// What the site keeps beside the bundle and loads when it is asked for: networks, and the words of another language. Each is a
// classic script that puts its content in one global: a script can be loaded from a folder (file://), where a fetch is refused.

const base = (() => {
  const script = typeof document === "undefined" ? null : (document.currentScript as HTMLScriptElement | null);
  return script?.src ? new URL(".", script.src).href : null;
})();

/** Run the script of this name beside the bundle; rejects where there is no site around the bundle, and if it does not load. */
export function loadBeside(file: string): Promise<void> {
  return new Promise((resolve, reject) => {
    if (!base) { reject(new Error(`there is no site to load ${file} from`)); return; }
    const script = document.createElement("script");
    script.src = base + file;
    script.onload = () => resolve();
    script.onerror = () => { script.remove(); reject(new Error(`${script.src} did not load`)); };
    document.head.append(script);
  });
}
