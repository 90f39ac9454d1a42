import { defineConfig } from "vitest/config";
// @ts-expect-error: plain JavaScript shared with build.mjs
import { vitePlugin } from "./plugins.mjs";

// Tests of what computes and of what writes: they need no page, and share one process. All others have a page of their own.
const PLAIN = [
  "tests/{core,ui}/**/*.test.ts", "tests/locale.test.ts", "tests/host/{models,permalink}.test.ts", "tests/widgets/*-words.test.ts",
  "tests/widgets/{sentences,spot,step-back,step-through}.test.ts", "tests/widgets/{gates,horizon}/{data,layout,words}.test.ts",
];

const project = (name: string, rest: object) => ({
  plugins: [vitePlugin()],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  test: { name, pool: "threads", ...rest },
});

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      project("plain", { include: PLAIN, environment: "node", isolate: false }),
      project("page", { include: ["tests/**/*.test.{ts,tsx}"], exclude: PLAIN, environment: "happy-dom" }),
    ],
  },
} as never);
