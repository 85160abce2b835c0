import type { DynamoDBBatchResponse, DynamoDBRecord } from "aws-lambda";
import type { AskStreams } from "../emulators/dynamodb.ts";
import type { Host } from "../host.ts";
import { matches, type Pattern } from "./filter.ts";
import type { Source } from "./queue.ts";

/** An event source mapping of a table's stream, from the template. */
export type StreamMapping = {
  streamArn: string;
  table: string;
  patterns: readonly Pattern[];
  batchSize: number;
  retries: number;
  bisects: boolean;
  /** How long records are gathered before the function gets them. */
  gatherMs: number;
  /** Keeps records that were given up, whole. */
  onFailure: (records: readonly DynamoDBRecord[]) => Promise<void>;
  /** Whether records that were just handled come once more, as from a reader that died before it noted its place. */
  comesAgain: () => boolean;
};

/** How far each shard has been read, kept over a stop. */
export type Checkpoints = {
  get(shard: string): string | undefined;
  set(shard: string, sequenceNumber: string): void;
};

export type StreamSource = Source & {
  table: string;
  /** The table was written: there is something to read. */
  written(): void;
  /** Resolves when everything that was written before the call has been handled. */
  caughtUp(): Promise<void>;
};

/** No oftener than this while much is written. */
const betweenLooksMs = 100;
/**
 * Whoever writes past the door is not heard, so there is a look at times all the same. Seldom: DynamoDB Local keeps the records of all
 * streams in one list, and a look reads what every other stream has had since, a millisecond for each thousand.
 */
const unaskedMs = 5_000;
const afterErrorMs = 200;
const promptMs = 10;
const retryPauseMs = 200;

/**
 * Plays Lambda's reader of a stream: shard by shard in order, filtered, in batches; a failed batch is tried again from
 * its first failed record, halved, and after the last retry kept in the on-failure destination.
 */
export function readStream(
  ask: AskStreams,
  mapping: StreamMapping,
  host: Host,
  checkpoints: Checkpoints,
  say: (line: string) => void,
): StreamSource {
  let stopped = false;
  const iterators = new Map<string, string | undefined>();
  const finished = new Set<string>();
  /** Asked for again when one of them has ended, or something went wrong. */
  let known: readonly string[] = [];
  /** Looks that were begun, and the latest of them that found nothing more. */
  let looks = 0;
  let foundNothing = 0;
  let isWritten = false;
  let inHaste = false;
  let wake = (): void => undefined;

  async function read(): Promise<void> {
    while (!stopped) {
      const began = performance.now();
      isWritten = false;
      looks += 1;
      const records = await look();
      if (records === "failed") await pause(afterErrorMs);
      else if (records > 0) await pause(mapping.gatherMs);
      else {
        foundNothing = looks;
        await untilWritten();
        if (!inHaste) await pause(Math.max(0, began + betweenLooksMs - performance.now()));
      }
    }
  }

  async function look(): Promise<number | "failed"> {
    let records = 0;
    try {
      for (const shard of await shards()) records += await readShard(shard);
      return records;
    } catch (error) {
      if (!stopped) say(`stream ${mapping.streamArn}: ${String(error)}`);
      iterators.clear();
      known = [];
      return "failed";
    }
  }

  async function untilWritten(): Promise<void> {
    if (isWritten || stopped) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, unaskedMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  function written(): void {
    isWritten = true;
    wake();
  }

  /** Parents come before their children, so that the order of one item's changes holds. */
  async function shards(): Promise<readonly string[]> {
    if (known.length > 0 && !known.some((id) => finished.has(id))) return known;
    const answer = await ask("DescribeStream", { StreamArn: mapping.streamArn });
    const ids = (answer.StreamDescription?.Shards ?? []).flatMap((shard) => shard.ShardId ?? []);
    known = ids.filter((id) => !finished.has(id)).sort();
    return known;
  }

  async function readShard(shard: string): Promise<number> {
    const answer = await recordsOf(shard);
    const records = answer.Records ?? [];
    const wanted = records.filter((record) => mapping.patterns.some((pattern) => matches(pattern, record)));
    for (let from = 0; from < wanted.length && !stopped; from += mapping.batchSize) {
      await handle(wanted.slice(from, from + mapping.batchSize), mapping.retries);
    }
    if (stopped) return records.length;
    const last = records.at(-1)?.dynamodb?.SequenceNumber;
    if (last !== undefined) checkpoints.set(shard, last);
    iterators.set(shard, answer.NextShardIterator);
    if (answer.NextShardIterator === undefined) finished.add(shard);
    return records.length;
  }

  async function recordsOf(shard: string): ReturnType<typeof ask<"GetRecords">> {
    try {
      const ShardIterator = iterators.get(shard) ?? (await iteratorOf(shard));
      return await ask("GetRecords", { ShardIterator, Limit: 1000 });
    } catch (error) {
      if (!(error instanceof Error) || error.name !== "TrimmedDataAccessException") throw error;
      // The emulator forgets an iterator that was taken while the shard was empty.
      return await ask("GetRecords", { ShardIterator: await iteratorOf(shard), Limit: 1000 });
    }
  }

  async function iteratorOf(shard: string): Promise<string | undefined> {
    const from = checkpoints.get(shard);
    const at = { StreamArn: mapping.streamArn, ShardId: shard };
    const fromTheFirst = { ...at, ShardIteratorType: "TRIM_HORIZON" } as const;
    const afterLast = {
      ...at,
      ShardIteratorType: "AFTER_SEQUENCE_NUMBER",
      SequenceNumber: from ?? "",
    } as const;
    try {
      return (await ask("GetShardIterator", from === undefined ? fromTheFirst : afterLast)).ShardIterator;
    } catch {
      // The stream no longer has that place: everything it has is read again, and consumers expect repeats.
      return (await ask("GetShardIterator", fromTheFirst)).ShardIterator;
    }
  }

  async function handle(records: readonly DynamoDBRecord[], retries: number): Promise<void> {
    const failedAt = await run(records);
    if (failedAt === undefined && !stopped && mapping.comesAgain()) await run(records);
    if (failedAt === undefined || stopped) return;
    const rest = records.slice(failedAt);
    if (retries === 0) {
      await mapping.onFailure(rest);
      return;
    }
    await pause(retryPauseMs);
    const middle = Math.ceil(rest.length / 2);
    const parts = mapping.bisects && rest.length > 1 ? [rest.slice(0, middle), rest.slice(middle)] : [rest];
    for (const part of parts) await handle(part, retries - 1);
  }

  /** The place of the first record that failed. */
  async function run(records: readonly DynamoDBRecord[]): Promise<number | undefined> {
    try {
      const answer = await host.invoke({
        Records: records.map((record) => ({ ...record, eventSourceARN: mapping.streamArn })),
      });
      const failed = (answer as DynamoDBBatchResponse | null)?.batchItemFailures?.[0]?.itemIdentifier;
      if (failed === undefined) return undefined;
      const place = records.findIndex((record) => record.dynamodb?.SequenceNumber === failed);
      return Math.max(place, 0);
    } catch (error) {
      if (!stopped) say(String(error));
      return 0;
    }
  }

  const reading = read();
  return {
    table: mapping.table,
    written,
    async caughtUp() {
      // A look that has begun already may have passed what was written since.
      const before = looks;
      inHaste = true;
      while (!stopped && foundNothing <= before) {
        written();
        await pause(promptMs);
      }
      inHaste = false;
    },
    async stop() {
      stopped = true;
      wake();
      await reading;
    },
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
