// Build every explorable three ways (see src/README.md). The output is committed; same sources, same bytes.
//   node build.mjs            writes ../widgets/static
//   node build.mjs --out DIR  writes DIR instead (the tests compare it with what is committed)
// Everything is made in memory first, then what differs is written, and only then is removed what is no longer made: a page
// that is built or read at the same moment misses no file, and a build that fails changes none.
import { build, transform } from "esbuild";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { here, library, localePlugin, mergedLocale, partsOf, widgetNames } from "./plugins.mjs";
import { common, commonEntry, exportsOf, ownEntry, shelfPlugin } from "./split.mjs";

const flag = process.argv.indexOf("--out");
const out = flag > 0 ? resolve(process.argv[flag + 1]) : join(library, "widgets/static");
const names = widgetNames();

const notice = `/*! Code of the book "LSTM": MIT License. Contains Preact, Copyright (c) 2015-present Jason Miller, and @preact/signals,
Copyright (c) 2022-present Preact Team, both under the MIT License: permission is granted, free of charge, to deal in the software
without restriction, provided that this notice is kept; it comes as it is, without warranty of any kind. */`;

const shared = {
  bundle: true, minify: true, target: "es2022", charset: "utf8", legalComments: "none", write: false,
  jsx: "automatic", jsxImportSource: "preact", absWorkingDir: here, logLevel: "warning",
  loader: { ".py": "text" }, // code that is shown is the library's own file
  define: { "process.env.NODE_ENV": '"production"' },
};

/** Style sheets travel as text; without their comments and spaces. */
const styles = {
  name: "styles",
  setup(context) {
    context.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(readFileSync(path, "utf8"), { loader: "css", minify: true, target: "es2022", charset: "utf8" });
      return { contents: code.trim(), loader: "text" };
    });
  },
};

const run = (options, parts, plugins = []) => build({ ...shared, ...options, plugins: [...plugins, localePlugin(parts), styles] });
const textOf = (result) => result.outputFiles[0].text;

/** What is made: path below `out` -> text. */
const made = new Map();

// 1. One self-contained module per explorable, for anywidget (a Blob URL cannot import a sibling).
for (const name of names) {
  const entryPoints = [`src/widgets/${name}/index.tsx`];
  made.set(`afm/${name}.js`, textOf(await run({ entryPoints, format: "esm", banner: { js: notice } }, partsOf(name))));
}

// 2. Classic scripts for the site and for pages opened from a folder: what the explorables have in common, each explorable, and its
// words in each language.
const site = (contents) => ({ stdin: { contents, resolveDir: here, loader: "ts" }, format: "iife" });
const dryRun = async (name) => (await run({ entryPoints: [`src/widgets/${name}/index.tsx`], metafile: true }, "beside")).metafile;
const together = await common(names, dryRun);
made.set("site/lstm-widgets.js", textOf(await run({ ...site(commonEntry(together)), banner: { js: notice } }, "beside")));
const shelf = shelfPlugin(await exportsOf(together, async (path) => {
  const { metafile } = await run({ entryPoints: [path], format: "esm", metafile: true, outdir: "." }, "beside");
  return Object.values(metafile.outputs)[0].exports;
}));
for (const name of names) {
  made.set(`site/widgets/${name}.js`, textOf(await run(site(ownEntry(name)), "beside", [shelf])));
  for (const [language, words] of Object.entries(mergedLocale(partsOf(name)))) {
    made.set(`site/words/${name}-${language}.js`, `((b,l,w)=>{Object.assign(b[l]??={},w);(b.parts??={})["${name}-${language}"]=1})(`
      + `globalThis.lstmBookWords??={},"${language}",${JSON.stringify(words)});\n`);
  }
}

// 3. The shipped networks as classic scripts: a page opened from a folder may load a script, not fetch a file.
const pretrained = join(library, "pretrained");
for (const family of existsSync(pretrained) ? readdirSync(pretrained).sort() : []) {
  const folder = join(pretrained, family);
  let files = [];
  try { files = readdirSync(folder).filter((f) => f.endsWith(".safetensors")).sort(); } catch { continue; }
  for (const file of files) {
    const name = file.replace(/\.safetensors$/, "");
    const data = readFileSync(join(folder, file)).toString("base64");
    made.set(`site/models/${family}-${name}.js`,
      `(globalThis.lstmBookModels??={})[${JSON.stringify(`${family}/${name}`)}]="${data}";\n`);
  }
}

// 4. The page's own copy of the tokens, and every state key with its default (a test compares it with the traits).
made.set("site/tokens.css", readFileSync(join(here, "src/ui/tokens.css"), "utf8"));
const manifest = {};
for (const name of names) {
  const text = textOf(await run({ entryPoints: [`src/widgets/${name}/state.ts`], format: "esm" }));
  manifest[name] = (await import("data:text/javascript," + encodeURIComponent(text))).defaults;
}
made.set("manifest.json", JSON.stringify(manifest, null, 2) + "\n");

for (const [name, text] of made) {
  const path = join(out, name);
  if (existsSync(path) && readFileSync(path, "utf8") === text) continue;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
for (const folder of ["afm", "site"]) {
  for (const entry of readdirSync(join(out, folder), { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath ?? entry.path, entry.name);
    if (entry.isFile() && !made.has(relative(out, path).replaceAll("\\", "/"))) rmSync(path);
  }
}
