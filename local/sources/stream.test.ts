import { afterEach, beforeEach, expect, test } from "vitest";
import type { AskStreams } from "../emulators/dynamodb.ts";
import { parsePattern } from "./filter.ts";
import { readStream, type StreamSource } from "./stream.ts";

// How often a stream is looked at cannot be seen from outside; what comes out of it the journeys try with the real one.
let looks: number;
let getRecords: () => Promise<object>;
let source: StreamSource;
/** What the next look finds. */
let records: object[];
let handed: number;
beforeEach(() => {
  looks = 0;
  records = [];
  handed = 0;
  getRecords = async () => ({ Records: records.splice(0), NextShardIterator: "next" });
});
afterEach(() => source.stop());

const inserted = { eventName: "INSERT", dynamodb: { SequenceNumber: "1" } };
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function answer(operation: string): Promise<object> {
  if (operation === "DescribeStream") return { StreamDescription: { Shards: [{ ShardId: "s1" }] } };
  if (operation === "GetShardIterator") return { ShardIterator: "first" };
  looks += 1;
  return await getRecords();
}

function read(): StreamSource {
  const host = {
    async invoke() {
      handed += 1;
      return null;
    },
  };
  return readStream(
    answer as AskStreams,
    {
      streamArn: "arn:aws:dynamodb:eu-north-1:000000000000:table/T/stream/1",
      table: "T",
      patterns: [parsePattern('{"eventName":["INSERT"]}')],
      batchSize: 10,
      retries: 0,
      bisects: false,
      gatherMs: 0,
      onFailure: async () => undefined,
      comesAgain: () => false,
    },
    host as unknown as Parameters<typeof readStream>[2],
    { get: () => undefined, set: () => undefined },
    () => undefined,
  );
}

test("is looked at when its table was written, and left alone otherwise", async () => {
  source = read();
  await source.caughtUp();
  await pause(150);
  const before = looks;
  await pause(500);
  expect(looks).toBe(before);
  records = [inserted];
  source.written();
  await expect.poll(() => handed).toBe(1);
});

test("however much is written, is looked at ten times a second at most", async () => {
  source = read();
  await source.caughtUp();
  const before = looks;
  for (let n = 0; n < 100; n += 1) {
    source.written();
    await pause(5);
  }
  expect(looks - before).toBeGreaterThan(1);
  expect(looks - before).toBeLessThan(25);
});

test("has not caught up by a look that failed", async () => {
  getRecords = () => Promise.reject(new Error("away"));
  source = read();
  let caughtUp = false;
  const waiting = source.caughtUp().then(() => {
    caughtUp = true;
  });
  await expect.poll(() => looks).toBeGreaterThan(1);
  expect(caughtUp).toBe(false);
  const failed = looks;
  getRecords = async () => ({ Records: [], NextShardIterator: "next" });
  await waiting;
  expect(looks).toBeGreaterThan(failed);
});

test("has not caught up by a look that had begun before", async () => {
  source = read();
  await source.caughtUp();
  const begun = looks;
  let goOn = (): void => undefined;
  getRecords = async () => {
    const isFirst = looks === begun + 1;
    const found = isFirst ? [] : records.splice(0);
    await (isFirst ? new Promise<void>((resolve) => (goOn = resolve)) : pause(100));
    return { Records: found, NextShardIterator: "next" };
  };
  source.written();
  await expect.poll(() => looks).toBe(begun + 1);
  records = [inserted];
  const waiting = source.caughtUp();
  goOn();
  await waiting;
  expect(handed).toBe(1);
});
