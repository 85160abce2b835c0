import { ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
import { mockClient } from "aws-sdk-client-mock";
import { beforeEach, expect, test } from "vitest";
import { handler } from "./sweep.ts";

// What the door cannot express: a queue that refuses some entries, an inbox of more than one page.
const s3 = mockClient(S3Client);
const sqs = mockClient(SQSClient);
beforeEach(() => {
  s3.reset();
  sqs.reset();
  Object.assign(process.env, { INBOX_BUCKET: "inbox", MAIL_IN_QUEUE_URL: "http://queue" });
});

const left = (count: number, from = 0) =>
  Array.from({ length: count }, (_, n) => ({
    Key: `mail/d${from + n}`,
    LastModified: new Date("2026-01-01"),
  }));

test("sweeps every page of the inbox, ten mails to a batch, and leaves what has just come", async () => {
  s3.on(ListObjectsV2Command)
    .resolvesOnce({ Contents: left(25), NextContinuationToken: "more" })
    .resolves({ Contents: [...left(3, 25), { Key: "mail/new", LastModified: new Date() }] });
  sqs.on(SendMessageBatchCommand).resolves({ Successful: [], Failed: [] });
  await handler();
  const entries = sqs.commandCalls(SendMessageBatchCommand).map(({ args }) => args[0].input.Entries ?? []);
  expect(entries.map((batch) => batch.length)).toEqual([10, 10, 5, 3]);
  expect(JSON.parse(entries[3]?.[2]?.MessageBody ?? "")).toEqual({
    notificationType: "Swept",
    objectKey: "mail/d27",
    lastModified: "2026-01-01T00:00:00.000Z",
  });
});

test("fails loudly when the queue refuses one: the next sweep finds it again", async () => {
  s3.on(ListObjectsV2Command).resolves({ Contents: left(2) });
  sqs.on(SendMessageBatchCommand).resolves({
    Successful: [],
    Failed: [{ Id: "d1", Code: "InternalError", SenderFault: false }],
  });
  await expect(handler()).rejects.toThrow("refused 1 of 2");
});

test("an empty inbox is no work", async () => {
  s3.on(ListObjectsV2Command).resolves({});
  await handler();
  expect(sqs.calls()).toHaveLength(0);
});
