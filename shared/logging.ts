import { Logger } from "@aws-lambda-powertools/logger";

/** What a log line may hold: ids, codes, counts. Never a body, a name, an address or a number that identifies a person. */
export type LogFields = Record<string, string | number | boolean>;

const logger = new Logger();

/** One line per fact, found by its code: `STARTED`, `COMPLETED`, `RECORD_FAILED` … */
export function log(code: string, fields: LogFields = {}): void {
  logger.info(code, fields);
}

/**
 * A failure that operations should see. The error's name and the place it was thrown, never its message: a message may
 * quote the input, and the input is somebody's letter.
 */
export function logFailure(code: string, error: unknown, fields: LogFields = {}): void {
  const name = error instanceof Error ? error.name : typeof error;
  const at = error instanceof Error ? (/^ {1,8}at .*$/m.exec(error.stack ?? "")?.[0].trim() ?? "") : "";
  logger.error(code, { ...fields, errorName: name, errorAt: at });
}
