import type { SQSBatchItemFailure, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import type * as z from "zod/mini";
import { log, logFailure } from "#shared/logging.ts";
import { now } from "#shared/time/clock.ts";

/** What a record function may know beside the message itself. */
export type Delivery = {
  /** How many times the queue has handed out this message, from 1. */
  receiveCount: number;
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
    const batchItemFailures: SQSBatchItemFailure[] = [];
    for (const record of event.Records) {
      try {
        await handle(parse(schema, record), {
          receiveCount: Number(record.attributes.ApproximateReceiveCount),
          now: now(),
        });
      } catch (error) {
        logFailure("RECORD_FAILED", error, { messageId: record.messageId });
        batchItemFailures.push({ itemIdentifier: record.messageId });
      }
    }
    log("COMPLETED", { records: event.Records.length, failed: batchItemFailures.length });
    return { batchItemFailures };
  };
}

function parse<T>(schema: z.ZodMiniType<T>, record: SQSRecord): T {
  return schema.parse(JSON.parse(record.body));
}
