import { PublishBatchCommand, SNSClient } from "@aws-sdk/client-sns";
import type { DynamoDBRecord } from "aws-lambda";
import { mockClient } from "aws-sdk-client-mock";
import { beforeEach, expect, test } from "vitest";
import { relayHandler } from "./stream.ts";

// A topic that takes some entries of a batch and refuses others cannot be had from the emulator.
const sns = mockClient(SNSClient);
beforeEach(() => sns.reset());

const relay = relayHandler(() => "arn:topic");

function record(n: number, data: Record<string, unknown> = {}): DynamoDBRecord {
  const fields = Object.fromEntries(
    Object.entries(data).map(([name, value]) => [name, { S: String(value) }]),
  );
  return {
    dynamodb: {
      SequenceNumber: String(n),
      NewImage: {
        event: { M: { type: { S: "CaseOpened" }, data: { M: { caseId: { S: `c${n}` }, ...fields } } } },
      },
    },
  };
}
const records = (count: number) => Array.from({ length: count }, (_, n) => record(n));
const sent = () =>
  sns.commandCalls(PublishBatchCommand).map(({ args }) => args[0].input.PublishBatchRequestEntries ?? []);

test("publishes every event, ten at a time, with the type that subscriptions choose by", async () => {
  sns.on(PublishBatchCommand).resolves({ Successful: [] });
  expect(await relay({ Records: [...records(24), record(24, { unit: "bygglov" })] })).toEqual({
    batchItemFailures: [],
  });
  expect(sent().map((batch) => batch.length)).toEqual([10, 10, 5]);
  expect(sent()[0]?.[0]?.MessageAttributes).toEqual({
    type: { DataType: "String", StringValue: "CaseOpened" },
  });
  expect(sent()[2]?.[4]?.MessageAttributes?.["unit"]?.StringValue).toBe("bygglov");
  expect(JSON.parse(sent()[0]?.[3]?.Message ?? "")).toEqual({ type: "CaseOpened", data: { caseId: "c3" } });
});

test("goes on from the first event that the topic refused, and publishes nothing after it", async () => {
  sns
    .on(PublishBatchCommand)
    .resolvesOnce({})
    .resolvesOnce({
      Failed: [
        { Id: "7", Code: "x", SenderFault: false },
        { Id: "2", Code: "x", SenderFault: false },
      ],
    });
  expect(await relay({ Records: records(30) })).toEqual({ batchItemFailures: [{ itemIdentifier: "12" }] });
  expect(sent()).toHaveLength(2);
});

test("throws when the topic does not answer: the whole batch comes again", async () => {
  sns.on(PublishBatchCommand).rejects(new Error("no topic"));
  await expect(relay({ Records: records(1) })).rejects.toThrow("no topic");
});

test("throws for a stream without new images", async () => {
  await expect(relay({ Records: [{ dynamodb: { SequenceNumber: "1" } }] })).rejects.toThrow(
    "NEW_AND_OLD_IMAGES",
  );
});
