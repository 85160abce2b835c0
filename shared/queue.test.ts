import type { SQSRecord } from "aws-lambda";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import * as z from "zod/mini";
import { batchQueueHandler, type Delivery, queueHandler } from "./queue.ts";

vi.hoisted(() => {
  process.env["LOG_LEVEL"] = "INFO";
});

const printed: string[] = [];
beforeEach(() => {
  printed.length = 0;
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, "write").mockImplementation((line) => printed.push(String(line)) > 0);
  }
});
afterEach(() => {
  vi.restoreAllMocks();
  delete process.env["CLOCK_OFFSET_MS"];
});

function record(messageId: string, body: string, receiveCount = 1): SQSRecord {
  return {
    messageId,
    body,
    receiptHandle: "",
    attributes: {
      ApproximateReceiveCount: String(receiveCount),
      SentTimestamp: "",
      SenderId: "",
      ApproximateFirstReceiveTimestamp: "",
    },
    messageAttributes: {},
    md5OfBody: "",
    eventSource: "",
    eventSourceARN: "",
    awsRegion: "",
  };
}

test("one bad record in a batch of ten: nine are done, only the tenth comes again", async () => {
  const done: number[] = [];
  const handle = queueHandler(z.object({ n: z.number() }), async ({ n }) => {
    if (n === 5) throw new Error("the letter of 19121212-1212 cannot be read");
    done.push(n);
  });
  const Records = Array.from({ length: 10 }, (_, n) => record(`m${n}`, JSON.stringify({ n })));
  expect(await handle({ Records })).toEqual({ batchItemFailures: [{ itemIdentifier: "m5" }] });
  expect(done).toEqual([0, 1, 2, 3, 4, 6, 7, 8, 9]);
  expect(printed.join("\n")).toContain("RECORD_FAILED");
  expect(printed.join("\n")).not.toContain("19121212-1212");
});

test.each([
  ["of another shape", '{"n":"one"}'],
  ["that is no JSON", "hej"],
  ["of nothing", ""],
])("a message %s is left on the queue, and no function sees it", async (_what, body) => {
  let seen = 0;
  const handle = queueHandler(z.object({ n: z.number() }), async () => {
    seen += 1;
  });
  expect(await handle({ Records: [record("m1", body)] })).toEqual({
    batchItemFailures: [{ itemIdentifier: "m1" }],
  });
  expect(seen).toBe(0);
});

test("a record function is told the time and how often the message has come", async () => {
  process.env["CLOCK_OFFSET_MS"] = String(-10 * 365 * 86_400_000);
  const deliveries: Delivery[] = [];
  const handle = queueHandler(z.object({}), async (_message, delivery) => {
    deliveries.push(delivery);
  });
  await handle({ Records: [record("m1", "{}", 3)] });
  expect(deliveries[0]?.receiveCount).toBe(3);
  expect(deliveries[0]?.now.getTime()).toBeLessThan(Date.now() - 9 * 365 * 86_400_000);
});

describe("a function that takes many at once", () => {
  const numbered = z.object({ n: z.number() });

  test("gets all that are well-formed in one call; the others come again", async () => {
    const calls: (readonly { n: number }[])[] = [];
    const handle = batchQueueHandler(numbered, async (messages) => {
      calls.push(messages);
    });
    const Records = ['{"n":1}', "hej", '{"n":2}', '{"n":"tre"}', '{"n":4}'].map((body, n) =>
      record(`m${n}`, body),
    );
    expect(await handle({ Records })).toEqual({
      batchItemFailures: [{ itemIdentifier: "m1" }, { itemIdentifier: "m3" }],
    });
    expect(calls).toEqual([[{ n: 1 }, { n: 2 }, { n: 4 }]]);
  });

  test("has not done any of them when it throws, and its message is not logged", async () => {
    const handle = batchQueueHandler(numbered, async () => {
      throw new Error("the letter of 19121212-1212 cannot be read");
    });
    const Records = ['{"n":1}', "hej", '{"n":2}'].map((body, n) => record(`m${n}`, body));
    const { batchItemFailures } = await handle({ Records });
    expect(new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier))).toEqual(
      new Set(["m0", "m1", "m2"]),
    );
    expect(printed.join("\n")).toContain("RECORD_FAILED");
    expect(printed.join("\n")).not.toContain("19121212-1212");
  });

  test("is not called when there is nothing that it could take", async () => {
    let called = false;
    const handle = batchQueueHandler(numbered, async () => {
      called = true;
    });
    expect(await handle({ Records: [record("m0", "hej")] })).toEqual({
      batchItemFailures: [{ itemIdentifier: "m0" }],
    });
    expect(called).toBe(false);
  });
});
