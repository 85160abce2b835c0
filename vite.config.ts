import { defineConfig } from "vite";

export default defineConfig({
  root: "web/console",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  // No inline script, style or font: the console is served with a strict Content-Security-Policy.
  build: { outDir: "../../dist/console", emptyOutDir: true, modulePreload: { polyfill: false } },
});
