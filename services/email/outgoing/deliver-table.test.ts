import { SESClient, SESServiceException, SendRawEmailCommand } from "@aws-sdk/client-ses";
import { mockClient } from "aws-sdk-client-mock";
import { beforeEach, expect, test } from "vitest";
import { freshTable } from "../../../test/tables.ts";
import { type Claim, findOutgoing } from "../outbox-table.ts";
import { deliver } from "./deliver.ts";

// SES's answer is held back here, which no front can do so exactly.
const ses = mockClient(SESClient);
let mails: string;
beforeEach(async () => {
  ses.reset();
  mails = await freshTable("EmailTable");
});

const now = new Date("2026-11-24T08:00:00Z");
const claim: Claim = {
  outboxId: "ack-c1",
  kind: "acknowledgement",
  caseId: "c1",
  counted: "asa@example.org",
};
const mail = {
  to: "asa@example.org",
  replyTo: undefined,
  subject: "Hej",
  text: "Hej",
  inReplyTo: undefined,
  automatic: true,
};
const send = () => deliver({ EMAIL_TABLE: mails, CONFIGURATION_SET: "out" }, claim, mail, now);
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const busy = () =>
  new SESServiceException({ name: "ThrottlingException", $fault: "client", $metadata: {}, message: "" });

test("a message that comes again while the first is in hand waits, and sends when SES was too busy for the first", async () => {
  let calls = 0;
  ses.on(SendRawEmailCommand).callsFake(async () => {
    calls += 1;
    if (calls > 1) return { MessageId: "ses-1" };
    await pause(400);
    throw busy();
  });
  const first = send();
  await pause(150);
  const second = send();
  await expect(first).rejects.toThrow("SES is busy");
  expect(await second).toBe("handed-over");
  expect(calls).toBe(2);
  expect((await findOutgoing(mails, claim.outboxId))?.status).toBe("sent");
});

test("a message that comes again when the mail is sent sends nothing and waits for nothing", async () => {
  ses.on(SendRawEmailCommand).resolves({ MessageId: "ses-1" });
  expect(await send()).toBe("handed-over");
  const started = performance.now();
  expect(await send()).toBe("taken");
  expect(performance.now() - started).toBeLessThan(1000);
  expect(ses.calls()).toHaveLength(1);
});
