import { now } from "#shared/time/clock.ts";

/** What a log line may hold: ids, codes, counts. Never a body, a name, an address or a number that identifies a person. */
export type LogFields = Record<string, string | number | boolean>;

/**
 * A line of JSON, as CloudWatch takes it whole. A kept library did this before; it was 34 KB of every bundle for four
 * fields. Straight to the standard output: Lambda's own `console` would put the line inside another.
 */
function write(level: "INFO" | "ERROR", code: string, fields: LogFields): void {
  if (process.env["LOG_LEVEL"] === "SILENT") return;
  const trace = /Root=([^;]+)/.exec(process.env["_X_AMZN_TRACE_ID"] ?? "")?.[1];
  const line = {
    level,
    message: code,
    timestamp: now().toISOString(),
    service: process.env["FUNCTION_NAME"],
    ...(trace === undefined ? {} : { traceId: trace }),
    ...fields,
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** One line per fact, found by its code: `STARTED`, `COMPLETED`, `RECORD_FAILED` … */
export function log(code: string, fields: LogFields = {}): void {
  write("INFO", code, fields);
}

/**
 * A failure that operations should see. The error's name and the place it was thrown, never its message: a message may
 * quote the input, and the input is somebody's letter.
 */
export function logFailure(code: string, error: unknown, fields: LogFields = {}): void {
  const name = error instanceof Error ? error.name : typeof error;
  const at = error instanceof Error ? (/^ {1,8}at .*$/m.exec(error.stack ?? "")?.[0].trim() ?? "") : "";
  write("ERROR", code, { ...fields, errorName: name, errorAt: at });
}
