import { expect, test, vi } from "vitest";
import { logFailure } from "./logging.ts";

const { line } = vi.hoisted(() => ({ line: vi.fn() }));
vi.mock("@aws-lambda-powertools/logger", () => ({
  Logger: class {
    error = line;
  },
}));

test("a failure is logged by its name and place, in no time, whatever its message quotes", () => {
  const letter = "\n".repeat(100_000);
  const started = performance.now();
  logFailure("RECORD_FAILED", new RangeError(`Unexpected token in ${letter}`), { recordId: "1" });
  expect(performance.now() - started).toBeLessThan(100);
  expect(line).toHaveBeenCalledExactlyOnceWith("RECORD_FAILED", {
    recordId: "1",
    errorName: "RangeError",
    errorAt: expect.stringMatching(/^at .*logging\.test\.ts/),
  });
});
