// What the bundler and the test runner must agree on: style sheets and Python code are imported as text, and
// "virtual:locale" is the merged locale fragments of both languages.
import { readFileSync, readdirSync, existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const here = dirname(fileURLToPath(import.meta.url));
export const library = resolve(here, "..");
const widgetsDir = join(here, "src/widgets");

/** Names of the explorables: the folders of src/widgets that have an index.tsx. */
export function widgetNames() {
  if (!existsSync(widgetsDir)) return [];
  return readdirSync(widgetsDir).filter((name) => existsSync(join(widgetsDir, name, "index.tsx"))).sort();
}

/** Locale fragments that some explorables share: the words of the exercises' checks, of what reads a sentence, of what looks into one LSTM. */
const SHARED = { question: ["exercises"], gates: ["sentences", "network"], "step-through": ["sentences", "network", "step-through-back"], sentence: ["sentences"], difference: ["sentences"], "after-training": ["sentences", "difference"] };

/** Locale fragments of one explorable: what all share, its own, and what it shares with some. */
export const partsOf = (name) => ["common", name, ...(SHARED[name] ?? [])];

/** {pt: {...}, en: {...}} of some fragments; without a choice, of all that the explorables use. */
export function mergedLocale(parts = [...new Set(widgetNames().flatMap(partsOf))]) {
  const merged = {};
  for (const language of ["pt", "en"]) {
    merged[language] = {};
    for (const part of parts) {
      const file = join(library, "locale", language, `${part}.json`);
      if (existsSync(file)) Object.assign(merged[language], JSON.parse(readFileSync(file, "utf8")));
    }
  }
  return merged;
}

/** esbuild: the locale of some fragments as a module; "beside" instead: the global that the scripts of the words fill. */
export function localePlugin(parts) {
  return {
    name: "locale",
    setup(build) {
      build.onResolve({ filter: /^virtual:locale$/ }, (args) => ({ path: args.path, namespace: "locale" }));
      build.onLoad({ filter: /.*/, namespace: "locale" }, () => (parts === "beside"
        ? { contents: "export default (globalThis.lstmBookWords ??= {});", loader: "js" }
        : { contents: JSON.stringify(mergedLocale(parts)), loader: "json" }));
    },
  };
}

/** vitest: the same two things as a Vite plugin. */
export function vitePlugin() {
  return {
    name: "lstm-frontend",
    enforce: "pre",
    resolveId(id, importer) {
      if (id === "virtual:locale") return "\0virtual:locale";
      if (/\.(css|py)$/.test(id) && importer) return `\0text:${resolve(dirname(importer), id)}.text`;
      return null;
    },
    load(id) {
      if (id === "\0virtual:locale") return "export default " + JSON.stringify(mergedLocale());
      if (id.startsWith("\0text:")) {
        return "export default " + JSON.stringify(readFileSync(id.slice(6, -5), "utf8"));
      }
      return null;
    },
  };
}
