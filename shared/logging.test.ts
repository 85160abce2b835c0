import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { log, logFailure } from "./logging.ts";

const lines: string[] = [];
beforeEach(() => {
  lines.length = 0;
  vi.stubEnv("LOG_LEVEL", "INFO");
  vi.stubEnv("FUNCTION_NAME", "email/sweep");
  vi.spyOn(process.stdout, "write").mockImplementation((line) => {
    lines.push(String(line));
    return true;
  });
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const only = () => JSON.parse(lines.join(""));

test("a fact is one line of JSON with its code, its function and its fields", () => {
  log("SWEPT", { swept: 3 });
  expect(lines.join("")).toMatch(/^\{.*\}\n$/);
  expect(only()).toEqual({
    level: "INFO",
    message: "SWEPT",
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    service: "email/sweep",
    swept: 3,
  });
});

test("a line names the trace that it belongs to, where there is one", () => {
  vi.stubEnv("_X_AMZN_TRACE_ID", "Root=1-abc-def;Parent=1;Sampled=1");
  log("SWEPT");
  expect(only()).toMatchObject({ traceId: "1-abc-def" });
});

test("nothing is written where nobody wants to hear it", () => {
  vi.stubEnv("LOG_LEVEL", "SILENT");
  log("SWEPT");
  expect(lines).toEqual([]);
});

test("a failure is logged by its name and place, in no time, whatever its message quotes", () => {
  const letter = "\n".repeat(100_000);
  const started = performance.now();
  logFailure("RECORD_FAILED", new RangeError(`Unexpected token in ${letter}`), { recordId: "1" });
  expect(performance.now() - started).toBeLessThan(100);
  expect(only()).toMatchObject({
    level: "ERROR",
    message: "RECORD_FAILED",
    recordId: "1",
    errorName: "RangeError",
    errorAt: expect.stringMatching(/^at .*logging\.test\.ts/),
  });
});
