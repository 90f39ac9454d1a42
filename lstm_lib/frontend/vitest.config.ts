import { defineConfig } from "vitest/config";
// @ts-expect-error: plain JavaScript shared with build.mjs
import { vitePlugin } from "./plugins.mjs";

export default defineConfig({
  plugins: [vitePlugin()],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  test: {
    include: ["tests/**/*.test.{ts,tsx}"],
    environment: "happy-dom",
    maxWorkers: 2,
  },
} as never);
