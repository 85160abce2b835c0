import type { SQSBatchItemFailure, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import type * as z from "zod/mini";
import { log, logFailure } from "#shared/logging.ts";
import { now } from "#shared/time/clock.ts";

/** What a record function may know beside the message itself. */
export type Delivery = {
  /** How many times the queue has handed out this message, from 1. */
  receiveCount: number;
  /** Which queue it came by. */
  queueArn: string;
  now: Date;
};

/**
 * The shell of a queue: parses each record and calls `handle`, one at a time. A record that throws, or that is of
 * another shape, is left on the queue and comes again until the queue gives it to its DLQ; the others of the batch are
 * done. This is the only place that decides between the two, so a record function must be idempotent and need not
 * catch anything.
 */
export function queueHandler<T>(
  schema: z.ZodMiniType<T>,
  handle: (message: T, delivery: Delivery) => Promise<void>,
) {
  return async (event: SQSEvent): Promise<SQSBatchResponse> => {
    const left: SQSBatchItemFailure[] = [];
    for (const record of event.Records) {
      try {
        await handle(parse(schema, record), {
          receiveCount: Number(record.attributes.ApproximateReceiveCount),
          queueArn: record.eventSourceARN,
          now: now(),
        });
      } catch (error) {
        left.push(leave(record, error));
      }
    }
    return completed(event, left);
  };
}

/**
 * The same for a function that takes what came together in one go. Records of another shape are left on the queue and
 * hold up no others; a throw leaves all that were handed over, so doing some of them again must change nothing.
 */
export function batchQueueHandler<T>(
  schema: z.ZodMiniType<T>,
  handleMany: (messages: readonly T[]) => Promise<void>,
) {
  return async (event: SQSEvent): Promise<SQSBatchResponse> => {
    const left: SQSBatchItemFailure[] = [];
    const good: { record: SQSRecord; message: T }[] = [];
    for (const record of event.Records) {
      try {
        good.push({ record, message: parse(schema, record) });
      } catch (error) {
        left.push(leave(record, error));
      }
    }
    try {
      if (good.length > 0) await handleMany(good.map(({ message }) => message));
    } catch (error) {
      left.push(...good.map(({ record }) => leave(record, error)));
    }
    return completed(event, left);
  };
}

function parse<T>(schema: z.ZodMiniType<T>, record: SQSRecord): T {
  return schema.parse(JSON.parse(record.body));
}

function leave({ messageId }: SQSRecord, error: unknown): SQSBatchItemFailure {
  logFailure("RECORD_FAILED", error, { messageId });
  return { itemIdentifier: messageId };
}

function completed({ Records }: SQSEvent, left: SQSBatchItemFailure[]): SQSBatchResponse {
  log("COMPLETED", { records: Records.length, failed: left.length });
  return { batchItemFailures: left };
}
