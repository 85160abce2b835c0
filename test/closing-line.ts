import type { Reporter, TestModule } from "vitest/node";

/** Ends the run with one line that every CI can count: `N passed, N failed`. */
export class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    let passed = 0;
    let failed = errors.length;
    let skipped = 0;
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === "passed") passed += 1;
        else if (state === "skipped") skipped += 1;
        else failed += 1;
      }
      if (module.children.size === 0 || module.errors().length > 0) failed += 1;
    }
    const rest = skipped === 0 ? "" : `, ${skipped} skipped`;
    process.once("exit", () => process.stdout.write(`\n${passed} passed, ${failed} failed${rest}\n`));
  }
}
