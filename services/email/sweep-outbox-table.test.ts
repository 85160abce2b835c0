import { SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
import { mockClient } from "aws-sdk-client-mock";
import { beforeEach, expect, test, vi } from "vitest";
import { freshTable } from "../../test/tables.ts";
import { type Claim, claim, queueAgain } from "./outbox-table.ts";

// What no front can show: what the sweeper brings when a mail has lain untried for longer than a test may take.
const sqs = mockClient(SQSClient);
let mails: string;
beforeEach(async () => {
  sqs.reset();
  sqs.on(SendMessageBatchCommand).resolves({ Successful: [], Failed: [] });
  mails = await freshTable("EmailTable");
  Object.assign(process.env, { EMAIL_TABLE: mails, TO_SEND_QUEUE_URL: "http://queue" });
});

const minuteMs = 60_000;
const acknowledgement: Claim = {
  outboxId: "ack-c1",
  kind: "acknowledgement",
  caseId: "c1",
  to: "asa@example.org",
  due: { type: "CaseOpened" },
};
const answer: Claim = {
  outboxId: "answer-m2",
  kind: "answer",
  caseId: "c2",
  to: "bo@example.org",
  due: { type: "AnswerGiven" },
};

/** A mail that SES was too busy for, so many minutes ago, and that nobody has tried since. */
async function waitsSince(minutes: number, mail: Claim): Promise<void> {
  const at = new Date(Date.now() - minutes * minuteMs);
  const claimed = await claim(mails, mail, at);
  if (typeof claimed === "string") throw new Error(claimed);
  await queueAgain(mails, claimed, mail.due, at);
}

/** What asked for the mails that the sweeper brings, in its order. The handler keeps its environment, so each has its own. */
async function brought(): Promise<string[]> {
  vi.resetModules();
  const { handler } = await import("./sweep-outbox.ts");
  await handler();
  const entries = sqs
    .commandCalls(SendMessageBatchCommand)
    .flatMap(({ args }) => args[0].input.Entries ?? []);
  return entries.map(({ MessageBody }) => JSON.parse(MessageBody ?? "").type);
}

test("acknowledgements are left while an answer waits for SES", async () => {
  await waitsSince(2, acknowledgement);
  await waitsSince(1, answer);
  expect(await brought()).toEqual(["AnswerGiven"]);
});

test("an answer that nobody has tried for an hour is brought again, and holds up no acknowledgement", async () => {
  await waitsSince(61, answer);
  await waitsSince(2, acknowledgement);
  expect(await brought()).toEqual(["AnswerGiven", "CaseOpened"]);
});

test("one answer that has another fault does not let acknowledgements overtake one that waits for SES", async () => {
  await waitsSince(61, answer);
  await waitsSince(1, { ...answer, outboxId: "answer-m3", caseId: "c3" });
  await waitsSince(2, acknowledgement);
  expect(await brought()).toEqual(["AnswerGiven", "AnswerGiven"]);
});

test("where nothing waits nothing is brought", async () => {
  expect(await brought()).toEqual([]);
  expect(sqs.calls()).toEqual([]);
});
