import { GetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { beforeEach, describe, expect, test } from "vitest";
import { table } from "#shared/table.ts";
import { freshTable } from "../../test/tables.ts";
import { outboxKey, sesMessageKey } from "./keys.ts";
import {
  type Claim,
  claim as claimMail,
  claimsBefore,
  findOutgoing,
  releaseClaim,
  settle,
  skipAcknowledgement,
} from "./outbox-table.ts";
import { acknowledgementsPerDay } from "./outgoing/acknowledgement.ts";

let mails: string;
beforeEach(async () => {
  mails = await freshTable("EmailTable");
});

const now = new Date("2026-11-24T08:00:00Z");
const outboxId = "ack-c1";
const mail: Claim = { outboxId, kind: "acknowledgement", caseId: "c1", counted: "asa@example.org" };
const claim = (changes: Partial<Claim> = {}, at = now) => claimMail(mails, { ...mail, ...changes }, at);
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
      expect(await claim()).toBe("claimed");
      await releaseClaim(mails, mail, now);
      expect(await status()).toBe("queued");
    }
    expect(await claim()).toBe("claimed");
  });

  test("is not had for an address that has had its fill today; tomorrow is another day, and others are others", async () => {
    const many = Array.from({ length: acknowledgementsPerDay }, (_, n) => claim({ outboxId: `ack-${n}` }));
    expect(new Set(await Promise.all(many))).toEqual(new Set(["claimed"]));
    expect(await claim({ outboxId: "ack-more" })).toBe("too-many-today");
    expect(await findOutgoing(mails, "ack-more")).toBeUndefined();
    expect(await claim({ outboxId: "ack-other", counted: "bo@example.org" })).toBe("claimed");
    expect(await claim({ outboxId: "ack-more" }, new Date("2026-11-25T08:00:00Z"))).toBe("claimed");
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

  test("cannot be released once it is settled", async () => {
    await claim();
    await settle(mails, outboxId, { status: "sent" }, now);
    await releaseClaim(mails, mail, now);
    expect(await status()).toBe("sent");
  });
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
