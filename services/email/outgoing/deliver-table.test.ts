import { SESClient, SESServiceException, SendRawEmailCommand } from "@aws-sdk/client-ses";
import { mockClient } from "aws-sdk-client-mock";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { table } from "#shared/table.ts";
import { freshTable } from "../../../test/tables.ts";
import { type Claim, claim, findOutgoing, queueAgain, queued } from "../outbox-table.ts";
import { deliver } from "./deliver.ts";
import { oneIsSent, share, withinTheHour } from "./hourly.ts";
import { waitingSchema } from "./outbox.ts";

// SES's answers are set here one by one, which no front can do so exactly.
const ses = mockClient(SESClient);
let mails: string;
beforeEach(async () => {
  ses.reset();
  mails = await freshTable("EmailTable");
});

const now = new Date("2026-11-24T08:00:00Z");
/** When acknowledgements ask SES again after it has said that it takes nothing. */
const later = new Date(now.getTime() + 10_000);
const acknowledgement: Claim = {
  outboxId: "ack-c1",
  kind: "acknowledgement",
  caseId: "c1",
  to: "asa@example.org",
  due: { type: "CaseOpened" },
};
const answer: Claim = {
  ...acknowledgement,
  outboxId: "answer-m1",
  kind: "answer",
  due: { type: "AnswerGiven" },
};
const content = {
  replyTo: undefined,
  subject: "Hej",
  text: "Hej",
  html: undefined,
  inReplyTo: undefined,
  automatic: true,
};
const send = (mail: Claim, at = now) =>
  deliver({ EMAIL_TABLE: mails, CONFIGURATION_SET: "out" }, mail, content, at);
const statusOf = async ({ outboxId }: Claim) => (await findOutgoing(mails, outboxId))?.status;
const says = (name: string, message = "") =>
  new SESServiceException({ name, $fault: "client", $metadata: {}, message });
const rate = says("Throttling", "Maximum sending rate exceeded.");
const quota = says("Throttling", "Daily message quota exceeded.");
const paused = says("AccountSendingPausedException");

describe("SES takes no more", () => {
  test("this second: it is asked again, and takes the mail once", async () => {
    ses.on(SendRawEmailCommand).rejectsOnce(rate).rejectsOnce(rate).resolves({ MessageId: "ses-1" });
    expect(await send(answer)).toBe("handed-over");
    expect([ses.calls().length, await statusOf(answer)]).toEqual([3, "sent"]);
  });

  test.each([
    ["for many seconds", rate, 3],
    ["today", quota, 1],
    ["since the account is paused", paused, 1],
    ["by another word", says("TooManyRequestsException"), 3],
  ])("%s: the mail waits in the outbox, with what asked for it", async (_when, error, asked) => {
    ses.on(SendRawEmailCommand).rejects(error);
    expect(await send(answer)).toBe("queued");
    expect(ses.calls()).toHaveLength(asked);
    expect(await findOutgoing(mails, answer.outboxId)).toMatchObject({
      status: "queued",
      queuedAt: now.toISOString(),
      due: JSON.stringify(answer.due),
    });
  });

  test("an acknowledgement then lets the answer go first, and goes when it has gone", async () => {
    ses.on(SendRawEmailCommand).rejects(paused);
    await send(answer);
    ses.reset();
    ses.on(SendRawEmailCommand).resolves({ MessageId: "ses-1" });
    const other: Claim = { ...acknowledgement, outboxId: "ack-c2", caseId: "c2" };
    expect([await send(other), await send(other)]).toEqual(["queued", "queued"]);
    expect(ses.calls()).toEqual([]);
    expect(await queued(mails, "acknowledgement", 10)).toEqual(["ack-c2"]);
    expect([await send(answer), await send(other)]).toEqual(["handed-over", "handed-over"]);
    expect(await queued(mails, "acknowledgement", 10)).toEqual([]);
  });

  test("an acknowledgement that it was too busy for looks again: an answer may wait by now", async () => {
    ses.on(SendRawEmailCommand).callsFakeOnce(async () => {
      const claimed = await claim(mails, answer, now);
      if (typeof claimed !== "string") await queueAgain(mails, claimed, answer.due, now);
      throw rate;
    });
    const other: Claim = { ...acknowledgement, outboxId: "ack-c2", caseId: "c2" };
    expect(await send(other)).toBe("queued");
    expect(ses.calls()).toHaveLength(1);
    expect([await statusOf(answer), await statusOf(other)]).toEqual(["queued", "queued"]);
  });

  test.each([
    ["today", quota],
    ["since the account is paused", paused],
  ])("%s: acknowledgements wait ten seconds without asking, answers ask each", async (_when, error) => {
    ses.on(SendRawEmailCommand).rejects(error);
    const others = ["c2", "c3"].map((caseId) => ({
      ...acknowledgement,
      outboxId: `ack-${caseId}`,
      caseId,
      to: `${caseId}@example.org`,
    }));
    expect(await send(acknowledgement)).toBe("queued");
    for (const other of others) expect(await send(other)).toBe("queued");
    expect(ses.calls()).toHaveLength(1);
    expect(await queued(mails, "acknowledgement", 10)).toHaveLength(3);
    expect(await send({ ...answer, caseId: "c4" })).toBe("queued");
    expect(ses.calls()).toHaveLength(2);
    ses.reset();
    ses.on(SendRawEmailCommand).resolves({ MessageId: "ses-1" });
    expect(await send({ ...answer, caseId: "c4" }, later)).toBe("handed-over");
    for (const one of [acknowledgement, ...others]) expect(await send(one, later)).toBe("handed-over");
  });

  test("an answer that waits stands for its case's acknowledgement all the same", async () => {
    ses.on(SendRawEmailCommand).rejects(paused);
    await send(acknowledgement);
    await send(answer);
    expect(await send(acknowledgement)).toBe("answered-already");
  });
});

describe("a mail that is brought again", () => {
  /** As the sweeper brings it. */
  async function brought(mail: Claim): Promise<Claim> {
    return {
      ...mail,
      due: { ...mail.due, waited: waitingSchema.parse(await findOutgoing(mails, mail.outboxId)) },
    };
  }

  test("is sent once, however often it is brought, and still waits when SES takes it no more than before", async () => {
    ses.on(SendRawEmailCommand).rejects(quota);
    await send(answer);
    const first = await brought(answer);
    expect([await send(first), await send(first), await send(await brought(answer))]).toEqual([
      "queued",
      "queued",
      "queued",
    ]);
    ses.reset();
    ses.on(SendRawEmailCommand).resolves({ MessageId: "ses-1" });
    const last = await brought(answer);
    expect([await send(last), await send(last), await send(first)]).toEqual([
      "handed-over",
      "taken",
      "taken",
    ]);
    expect(ses.calls()).toHaveLength(1);
  });

  test("and lets others go first writes nothing", async () => {
    ses.on(SendRawEmailCommand).rejects(paused);
    await send(answer);
    const other: Claim = { ...acknowledgement, outboxId: "ack-c2", caseId: "c2" };
    await send(other);
    const again = await brought(other);
    const calls = vi.spyOn(table, "send");
    expect(await send(again, later)).toBe("queued");
    expect(calls.mock.calls.map(([command]) => command.constructor.name)).toEqual(["QueryCommand"]);
    calls.mockRestore();
    expect(await queued(mails, "acknowledgement", 10)).toEqual(["ack-c2"]);
  });

  test("beside another that the same event asks for does not stand for that", async () => {
    ses.on(SendRawEmailCommand).rejects(paused);
    await send(answer);
    const { due } = await brought(answer);
    ses.reset();
    ses.on(SendRawEmailCommand).resolves({ MessageId: "ses-1" });
    expect(await send({ ...acknowledgement, kind: "unit-notice", outboxId: "notice-m1", due })).toBe(
      "handed-over",
    );
    expect([await statusOf(answer), ses.calls().length]).toEqual(["queued", 1]);
  });
});

test("a message that comes again when the mail is sent sends nothing", async () => {
  ses.on(SendRawEmailCommand).resolves({ MessageId: "ses-1" });
  expect(await send(acknowledgement)).toBe("handed-over");
  expect(await send(acknowledgement)).toBe("taken");
  expect(ses.calls()).toHaveLength(1);
});

test("a mail that SES refuses, or whose answer is lost, is not tried again", async () => {
  ses.on(SendRawEmailCommand).rejectsOnce(says("MessageRejected")).rejects(new Error("socket hang up"));
  expect(await send(acknowledgement)).toBe("handed-over");
  expect(await send(answer)).toBe("handed-over");
  expect([await statusOf(acknowledgement), await statusOf(answer)]).toEqual(["refused", "claimed"]);
  expect(ses.calls()).toHaveLength(2);
});

describe("acknowledgements of an hour", () => {
  test.each([
    [1, 1],
    [49, 1],
    [100, 2],
    [500, 10],
    [20_000, 10],
  ])("of %i an instance takes %i at a time", (perHour, taken) => {
    expect(share(perHour)).toBe(taken);
  });

  test("end at their number, count only those that went out, and begin anew with the next hour", async () => {
    const at = (hour: number) => new Date(Date.UTC(2026, 10, 24, hour));
    for (let n = 0; n < 3; n += 1) {
      expect([await withinTheHour(mails, 3, at(9)), await withinTheHour(mails, 3, at(9))]).toEqual([
        true,
        true,
      ]);
      oneIsSent();
    }
    expect(await withinTheHour(mails, 3, at(9))).toBe(false);
    expect(await withinTheHour(mails, 3, at(10))).toBe(true);
  });
});
