import { GetCommand, QueryCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { table } from "#shared/table.ts";
import { freshTable } from "../../test/tables.ts";
import { outboxKey, queuedMails, sesMessageKey } from "./keys.ts";
import { takeOfHour } from "./limits-table.ts";
import {
  answersWait,
  type Claim,
  claim as claimMail,
  claimsBefore,
  findBySesIds,
  findOutgoing,
  queueAgain,
  queued,
  queueFirst,
} from "./outbox-table.ts";
import { acknowledgementsPerDay, quietMs } from "./outgoing/acknowledgement.ts";
import type { Waiting } from "./outgoing/outbox.ts";
import { settle, skipAcknowledgement } from "./settle-table.ts";

let mails: string;
beforeEach(async () => {
  mails = await freshTable("EmailTable");
});

const now = new Date("2026-11-24T08:00:00Z");
const outboxId = "ack-c1";
const due = { type: "CaseOpened" };
const mail: Claim = { outboxId, kind: "acknowledgement", caseId: "c1", to: "asa@example.org", due };
const answer: Claim = { ...mail, outboxId: "answer-m1", kind: "answer" };
async function claim(changes: Partial<Claim> = {}, at = now) {
  const claimed = await claimMail(mails, { ...mail, ...changes }, at);
  return typeof claimed === "string" ? claimed : claimed.status;
}
/** When an address may have its n-th mail after the first. */
const afterQuiet = (n: number) => new Date(now.getTime() + n * quietMs);

/** Claims a mail and gives it back, as when SES is busy. */
async function claimAndWait(changes: Partial<Claim> = {}, at = now): Promise<Waiting | undefined> {
  const row = await claimMail(mails, { ...mail, ...changes }, at);
  if (typeof row === "string") throw new Error(row);
  return await queueAgain(mails, row, due, at);
}
const status = async () => (await findOutgoing(mails, outboxId))?.status;

async function events(): Promise<unknown[]> {
  const rows = await table.send(
    new QueryCommand({
      TableName: mails,
      KeyConditionExpression: "pk = :pk AND begins_with(sk, :event)",
      ExpressionAttributeValues: { ":pk": outboxKey(outboxId).pk, ":event": "EVENT#" },
    }),
  );
  return (rows.Items ?? []).map((row) => row["event"].type);
}

describe("a claim", () => {
  test("is had by one of ten that want it at the same moment", async () => {
    const all = await Promise.all(Array.from({ length: 10 }, () => claim()));
    expect(all.filter((one) => one === "claimed")).toHaveLength(1);
    expect(all.filter((one) => one === "taken")).toHaveLength(9);
  });

  test("is not had again after the mail was sent, skipped or given up as uncertain", async () => {
    await claim();
    await settle(mails, outboxId, { status: "uncertain" }, now);
    expect(await claim()).toBe("taken");
    await skipAcknowledgement(mails, { outboxId: "ack-c2", caseId: "c2", reason: "unreadable" }, now);
    expect(await claim({ outboxId: "ack-c2", caseId: "c2" })).toBe("taken");
  });

  test("can be had again after SES was busy, and the address's count is as before", async () => {
    for (let n = 0; n < acknowledgementsPerDay + 2; n += 1) {
      await claimAndWait();
      expect(await status()).toBe("queued");
    }
    expect(await claim()).toBe("claimed");
  });

  test("is not had for an address that has had its fill today; tomorrow is another day, and others are others", async () => {
    for (let n = 0; n < acknowledgementsPerDay; n += 1)
      expect(await claim({ outboxId: `ack-${n}` }, afterQuiet(n))).toBe("claimed");
    const later = afterQuiet(acknowledgementsPerDay);
    expect(await claim({ outboxId: "ack-more" }, later)).toBe("too-many-today");
    expect(await findOutgoing(mails, "ack-more")).toBeUndefined();
    expect(await claim({ outboxId: "ack-other", to: "bo@example.org" })).toBe("claimed");
    expect(await claim({ outboxId: "ack-more" }, new Date("2026-11-25T08:00:00Z"))).toBe("claimed");
  });

  test("is had by one of ten for an address at the same moment, and by the next when minutes have passed", async () => {
    const many = await Promise.all(Array.from({ length: 10 }, (_, n) => claim({ outboxId: `ack-${n}` })));
    expect(many.filter((one) => one === "claimed")).toHaveLength(1);
    expect(many.filter((one) => one === "too-soon")).toHaveLength(9);
    expect(await claim({ outboxId: "ack-later" }, afterQuiet(1))).toBe("claimed");
  });
});

describe("what becomes of a mail", () => {
  test("is recorded once, with its event and SES's own id", async () => {
    await claim();
    expect(await settle(mails, outboxId, { status: "sent", sesMessageId: "ses-1" }, now)).toBe("settled");
    expect(await settle(mails, outboxId, { status: "sent", sesMessageId: "ses-1" }, now)).toBe(
      "known-already",
    );
    expect([await status(), await events()]).toEqual(["sent", ["MailSent"]]);
    const found = await table.send(new GetCommand({ TableName: mails, Key: sesMessageKey("ses-1") }));
    expect(found.Item).toMatchObject({ outboxId, caseId: "c1" });
  });

  test("comes out the same from news in the wrong order", async () => {
    await claim();
    await settle(mails, outboxId, { status: "delivered" }, now);
    expect(await settle(mails, outboxId, { status: "sent" }, now)).toBe("known-already");
    expect([await status(), await events()]).toEqual(["delivered", ["MailDelivered"]]);
  });

  test("is found out after it was given up as uncertain", async () => {
    await claim();
    await settle(mails, outboxId, { status: "uncertain" }, now);
    await settle(mails, outboxId, { status: "sent" }, now);
    expect([await status(), await events()]).toEqual(["sent", ["MailUncertain", "MailSent"]]);
  });

  test("is one event, however many tell of it at the same moment", async () => {
    await claim();
    const all = await Promise.all(
      Array.from({ length: 8 }, () => settle(mails, outboxId, { status: "sent" }, now)),
    );
    expect(all.filter((one) => one === "settled")).toHaveLength(1);
    expect(await events()).toEqual(["MailSent"]);
  });

  test("is not told of a mail that we never had", async () => {
    await expect(settle(mails, "ack-unknown", { status: "sent" }, now)).rejects.toThrow("no outbox row");
  });

  test("cannot be made to wait once it is settled", async () => {
    const row = await claimMail(mails, mail, now);
    await settle(mails, outboxId, { status: "sent" }, now);
    if (typeof row !== "string") expect(await queueAgain(mails, row, due, now)).toBeUndefined();
    expect([await status(), await events()]).toEqual(["sent", ["MailSent"]]);
  });
});

describe("a mail that waits", () => {
  test("says so once, keeps what asked for it, and is sent under the versions that follow", async () => {
    await claimAndWait();
    await claimAndWait();
    expect(await findOutgoing(mails, outboxId)).toMatchObject({
      status: "queued",
      version: 2,
      due: JSON.stringify(due),
    });
    const row = await claimMail(mails, mail, now);
    expect(row).toMatchObject({ status: "claimed", version: 2 });
    if (typeof row !== "string") await settle(mails, outboxId, { status: "sent" }, now, row);
    expect([await status(), await events()]).toEqual(["sent", ["MailQueued", "MailSent"]]);
  });

  test("is had by one of ten that want it at the same moment", async () => {
    await claimAndWait();
    const all = await Promise.all(Array.from({ length: 10 }, () => claim()));
    expect(all.filter((one) => one === "claimed")).toHaveLength(1);
  });

  test("is had by one of ten who all saw it wait, in one write", async () => {
    const waiting = await claimAndWait();
    expect(await findOutgoing(mails, outboxId)).toMatchObject(waiting ?? {});
    const calls = vi.spyOn(table, "send");
    const had = await claimMail(mails, mail, now, waiting);
    expect(calls).toHaveBeenCalledTimes(1);
    calls.mockRestore();
    if (typeof had === "string") throw new Error(had);
    const anew = await queueAgain(mails, had, due, now);
    const all = await Promise.all(
      Array.from({ length: 10 }, () => claimMail(mails, mail, afterQuiet(1), anew)),
    );
    expect(all.filter((one) => typeof one !== "string")).toHaveLength(1);
    expect(all.filter((one) => one === "taken")).toHaveLength(9);
  });

  test("is found out by whoever saw it wait earlier: tried since, answered or sent", async () => {
    const early = await claimAndWait();
    await claimAndWait({}, afterQuiet(1));
    const again = await claimMail(mails, mail, afterQuiet(2), early);
    expect(again).toMatchObject({ status: "claimed", version: 2, queuedAt: now.toISOString() });
    if (typeof again === "string") throw new Error(again);
    const late = await queueAgain(mails, again, due, now);
    await claim(answer);
    expect(await claimMail(mails, mail, afterQuiet(3), late)).toBe("answered-already");
    const other = { ...mail, outboxId: "ack-c2", caseId: "c2" };
    const waited = await claimAndWait(other, afterQuiet(4));
    await claimMail(mails, other, afterQuiet(5), waited);
    await settle(mails, "ack-c2", { status: "sent" }, now);
    expect(await claimMail(mails, other, afterQuiet(6), waited)).toBe("taken");
  });

  test("stands in its kind's list, longest untried first, until somebody claims it", async () => {
    for (const n of [3, 1, 2])
      await claimAndWait({ ...answer, outboxId: `answer-${n}` }, new Date(now.getTime() + n));
    expect(await queued(mails, "answer", 2)).toEqual(["answer-1", "answer-2"]);
    expect(await queued(mails, "acknowledgement", 2)).toEqual([]);
    await claim({ ...answer, outboxId: "answer-1" });
    expect(await queued(mails, "answer", 2)).toEqual(["answer-2", "answer-3"]);
    expect(queuedMails("answer")).not.toBe(queuedMails("acknowledgement"));
  });

  test("is an answer that others let go first, for an hour after it was last tried", async () => {
    expect(await answersWait(mails, now)).toBe(false);
    await claimAndWait(answer);
    expect(await answersWait(mails, now)).toBe(true);
    expect(await answersWait(mails, new Date(now.getTime() + 3_599_000))).toBe(true);
    expect(await answersWait(mails, new Date(now.getTime() + 3_601_000))).toBe(false);
  });

  test("may wait without having been claimed, once, and then be sent", async () => {
    expect([await queueFirst(mails, mail, now), await queueFirst(mails, mail, now)]).toEqual([
      "queued",
      "queued",
    ]);
    expect([await status(), await events()]).toEqual(["queued", ["MailQueued"]]);
    expect(await claim()).toBe("claimed");
    expect(await queueFirst(mails, mail, now)).toBe("taken");
    await settle(mails, outboxId, { status: "sent" }, now);
    expect(await events()).toEqual(["MailQueued", "MailSent"]);
  });

  test("may come to nothing: then it says why, and waits no more", async () => {
    await claimAndWait();
    await skipAcknowledgement(mails, { outboxId, caseId: "c1", reason: "answered-already" }, now);
    expect([await status(), await events()]).toEqual(["skipped", ["MailQueued", "AcknowledgementSkipped"]]);
    expect(await queued(mails, "acknowledgement", 1)).toEqual([]);
    expect(await claim()).toBe("taken");
  });
});

describe("an answer", () => {
  test("that is claimed first takes the acknowledgement's place, whether that waited or not", async () => {
    expect(await claim(answer)).toBe("claimed");
    expect(await claim()).toBe("answered-already");
    expect(await queueFirst(mails, mail, now)).toBe("answered-already");
    await skipAcknowledgement(mails, { outboxId, caseId: "c1", reason: "answered-already" }, now);
    expect(await status()).toBe("skipped");

    const other = { outboxId: "ack-c2", caseId: "c2" };
    await claimAndWait(other);
    expect(await claim({ ...answer, outboxId: "answer-m2", caseId: "c2" })).toBe("claimed");
    expect(await claim(other)).toBe("answered-already");
  });

  test("changes nothing of an acknowledgement that is under way, nor of another case's", async () => {
    await claim();
    expect(await claim(answer)).toBe("claimed");
    expect(await claim({ outboxId: "ack-c2", caseId: "c2" }, afterQuiet(1))).toBe("claimed");
    expect(await settle(mails, outboxId, { status: "sent" }, now)).toBe("settled");
    expect(await claim()).toBe("taken");
  });
});

describe("an address", () => {
  const later = (days: number) => new Date(now.getTime() + days * 24 * 3_600_000);

  test.each(["bounced", "complained"] as const)(
    "from which a mail %s gets no automatic mail for sixty days, and answers all the same",
    async (fate) => {
      await claim({ ...answer, caseId: "c9" });
      await settle(mails, answer.outboxId, { status: fate }, now);
      expect(await claim({ to: "ASA@example.org" })).toBe("address-blocked");
      expect(await claim({}, later(59))).toBe("address-blocked");
      expect(await claim({ ...answer, outboxId: "answer-m2", caseId: "c3" })).toBe("claimed");
      expect(await claim({ outboxId: "ack-c4", caseId: "c4", to: "bo@example.org" })).toBe("claimed");
      expect(await claim({ outboxId: "ack-c5", caseId: "c5" }, later(61))).toBe("claimed");
    },
  );

  test("of a unit is not blocked, and one that had its fill is told apart from one that bounced", async () => {
    await claim({ outboxId: "notice-t1", kind: "unit-notice", to: "asa@example.org" });
    await settle(mails, "notice-t1", { status: "bounced" }, now);
    const ids = Array.from({ length: acknowledgementsPerDay + 1 }, (_, n) => `ack-${n}`);
    const outcomes: string[] = [];
    for (const [n, one] of ids.entries())
      outcomes.push(await claim({ outboxId: one, caseId: one }, afterQuiet(n)));
    expect(outcomes.at(-1)).toBe("too-many-today");
    expect(new Set(outcomes.slice(0, -1))).toEqual(new Set(["claimed"]));
  });

  test("stands nowhere as it is written", async () => {
    await claim();
    await settle(mails, outboxId, { status: "bounced" }, now);
    const rows = await table.send(new ScanCommand({ TableName: mails }));
    expect(rows.Items?.length).toBeGreaterThan(2);
    expect(JSON.stringify(rows.Items)).not.toContain("example.org");
  });
});

describe("a report that came as a mail", () => {
  test("settles the mail that it names by SES's id, once", async () => {
    await claim();
    await settle(mails, outboxId, { status: "sent", sesMessageId: "ses-1" }, now);
    const ours = await findBySesIds(mails, ["ses-unknown", "ses-1"]);
    expect(ours).toEqual({ outboxId, caseId: "c1" });
    expect(await settle(mails, outboxId, { status: "bounced" }, now)).toBe("settled");
    expect(await settle(mails, outboxId, { status: "bounced" }, now)).toBe("known-already");
    expect([await status(), await events()]).toEqual(["bounced", ["MailSent", "MailBounced"]]);
    expect(await claim({ outboxId: "ack-c2", caseId: "c2" })).toBe("address-blocked");
  });

  test("of a mail that we never sent is not ours", async () => {
    expect(await findBySesIds(mails, ["ses-unknown"])).toBeUndefined();
  });
});

test("an hour's acknowledgements are taken some at a time, and never more than there are", async () => {
  const taken = await Promise.all(Array.from({ length: 8 }, () => takeOfHour(mails, 25, 10, now)));
  expect(taken.filter(Boolean)).toHaveLength(2);
  expect(await takeOfHour(mails, 25, 5, now)).toBe(true);
  expect(await takeOfHour(mails, 25, 1, now)).toBe(false);
  expect(await takeOfHour(mails, 25, 10, new Date("2026-11-24T09:00:00Z"))).toBe(true);
});

test("the list of claims holds those that nobody has settled, and only until then", async () => {
  await claim();
  const later = new Date("2026-11-24T09:00:00Z");
  expect(await claimsBefore(mails, now)).toEqual([]);
  expect(await claimsBefore(mails, later)).toEqual([outboxId]);
  await settle(mails, outboxId, { status: "sent" }, now);
  expect(await claimsBefore(mails, later)).toEqual([]);
});

test("a skipped acknowledgement says why, once", async () => {
  for (const reason of ["unreadable", "written-by-a-machine"] as const) {
    await skipAcknowledgement(mails, { outboxId, caseId: "c1", reason }, now);
  }
  expect([await status(), await events()]).toEqual(["skipped", ["AcknowledgementSkipped"]]);
});

describe("a mail about a booking", () => {
  const bookingId = "0".repeat(32);
  const booking = (sequence: number): Partial<Claim> => ({
    outboxId: `booking-${bookingId}-${sequence}`,
    kind: "booking",
    caseId: undefined,
    bookingId,
  });

  test("is told of as often as the booking changes, ten times a day at most, apart from what cases send", async () => {
    const outcomes: string[] = [];
    for (let sequence = 0; sequence < 11; sequence += 1) outcomes.push(await claim(booking(sequence)));
    expect(outcomes).toEqual([...Array.from({ length: 10 }, () => "claimed"), "too-many-today"]);
    expect(await claim()).toBe("claimed");
    expect(await claim(booking(11), new Date("2026-11-25T08:00:00Z"))).toBe("claimed");
  });

  test("goes out once for each version", async () => {
    await claim(booking(0));
    expect(await claim(booking(0))).toBe("taken");
  });

  test("is of no case: a mail that answers it is a new one", async () => {
    await claim(booking(0));
    const outboxOfBooking = `booking-${bookingId}-0`;
    await settle(mails, outboxOfBooking, { status: "sent", sesMessageId: "ses-b" }, now);
    expect(await findBySesIds(mails, ["ses-b"])).toEqual({ outboxId: outboxOfBooking });
  });

  test("is not sent to an address that bounced", async () => {
    await claim();
    await settle(mails, outboxId, { status: "bounced" }, now);
    expect(await claim(booking(0))).toBe("address-blocked");
  });
});
