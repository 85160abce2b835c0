import { defineConfig } from "vite";

export default defineConfig({
  root: "web/console",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  // No inline script, style or font, so that a strict Content-Security-Policy can be set in front of it.
  build: {
    outDir: "../../dist/console",
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    // What every start needs is one file, also what views that are fetched later share with it.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: "start", tags: ["$initial"] }] } } },
  },
});
