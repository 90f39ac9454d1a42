// The site's scripts: one that all explorables have in common, and one for each of them, so that a page brings what it shows and
// no more. They are classic scripts (a page opened from a folder may not load modules), so that esbuild's own splitting, which
// needs modules, can't be used: what is common is put on a shelf, globalThis.lstmBook.shared, and the other scripts take it there.
import { join, relative } from "node:path";
import { here } from "./plugins.mjs";

/** A file that so many explorables use is in the common script; with fewer, each of them has its copy. */
const MANY = 3;
const id = (path) => relative(here, path).replaceAll("\\", "/");
const source = (name) => (name.startsWith("../") || name.startsWith("src/") ? `./${name}` : join(here, name));
const whole = (name) => /\.(css|json|py)$/.test(name); // imported for its content: it has one export, the default

/** The files that many of the explorables use, from a dry run of each: sorted, so that the same sources give the same script. */
export async function common(names, dryRun) {
  const users = new Map();
  for (const name of names) {
    for (const input of Object.keys((await dryRun(name)).inputs)) if (!input.includes(":")) users.set(input, (users.get(input) ?? 0) + 1);
  }
  return [...users].filter(([, count]) => count >= MANY).map(([input]) => input).sort();
}

/** Source of the common script. */
export function commonEntry(shared) {
  const take = shared.map((name, k) => `import ${whole(name) ? "" : "* as "}m${k} from ${JSON.stringify(source(name))};`);
  const shelf = shared.map((name, k) => `${JSON.stringify(name)}: ${whole(name) ? `{ default: m${k} }` : `m${k}`}`);
  return `${take.join("\n")}
import { defineElement } from "./src/host/element.ts";
const widgets = {};
globalThis.lstmBook ??= { shared: {${shelf.join(", ")}}, register: defineElement(widgets) };`;
}

/** Source of an explorable's own script. */
export const ownEntry = (name) => `import widget from "./src/widgets/${name}/index.tsx";
import { defaults } from "./src/widgets/${name}/state.ts";
globalThis.lstmBook.register(${JSON.stringify(name)}, { widget, defaults });`;

/** esbuild: what is on the shelf is taken from there. `exportsOf` has the names that each file exports. */
export function shelfPlugin(exportsOf) {
  return {
    name: "shelf",
    setup(build) {
      build.onResolve({ filter: /.*/ }, async (args) => {
        if (args.kind === "entry-point" || args.pluginData === "asked") return null;
        const found = await build.resolve(args.path, { importer: args.importer, resolveDir: args.resolveDir, kind: args.kind, pluginData: "asked" });
        const name = found.namespace === "file" ? id(found.path) : "";
        return name in exportsOf ? { path: name, namespace: "shelf" } : null;
      });
      build.onLoad({ filter: /.*/, namespace: "shelf" }, ({ path }) => {
        const lines = exportsOf[path].map((name) => (name === "default" ? "export default m.default;" : `export const ${name} = m.${name};`));
        return { contents: `const m = globalThis.lstmBook.shared[${JSON.stringify(path)}];\n${lines.join("\n")}`, loader: "js" };
      });
    },
  };
}

/** The names that each of the shared files exports. */
export async function exportsOf(shared, describe) {
  const found = {};
  for (const name of shared) found[name] = whole(name) ? ["default"] : await describe(source(name));
  return found;
}
