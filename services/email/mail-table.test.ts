import { GetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { beforeEach, describe, expect, test } from "vitest";
import { table } from "#shared/table.ts";
import { freshTable } from "../../test/tables.ts";
import { mailReceived } from "./events.ts";
import { deliveryKey, mailEventKey, mailKey } from "./keys.ts";
import { attemptNeverEnded, type Delivery, findDelivery, noteAttempt, saveDelivery } from "./mail-table.ts";

let mails: string;
beforeEach(async () => {
  mails = await freshTable("EmailTable");
});

const mailId = "1".repeat(32);
const at = new Date("2026-11-24T08:00:00Z");
const delivery = (deliveryId: string): Delivery => ({
  deliveryId,
  mailId,
  receivedAt: at.toISOString(),
  archiveKey: `mail/2026/11/24/${"2".repeat(64)}`,
  sha256: "2".repeat(64),
  bytes: 100,
  recipients: ["kommunen@example.se"],
  verdicts: undefined,
});
const received = (deliveryId: string) =>
  mailReceived.make(
    { subject: mailId, version: 1, at },
    {
      mailId,
      deliveryId,
      receivedAt: at.toISOString(),
      channel: "email",
      addressee: "official",
      trust: "unknown",
      writer: "person",
      nature: "ordinary",
      readable: true,
      bytes: 100,
      attachments: 0,
      letter: { key: `email/${mailId}/${"3".repeat(64)}.json`, sha256: "3".repeat(64) },
    },
  );
const save = (deliveryId: string) =>
  saveDelivery(mails, delivery(deliveryId), { received: received(deliveryId) });
const rowAt = async (Key: { pk: string; sk: string }) =>
  (await table.send(new GetCommand({ TableName: mails, Key }))).Item;

test("an attempt that was begun and not ended is known, until one ends", async () => {
  expect(await attemptNeverEnded(mails, "d1")).toBe(false);
  await noteAttempt(mails, "d1", "begun");
  expect([await attemptNeverEnded(mails, "d1"), await attemptNeverEnded(mails, "d2")]).toEqual([true, false]);
  await noteAttempt(mails, "d1", "ended");
  expect(await attemptNeverEnded(mails, "d1")).toBe(false);
  expect(await findDelivery(mails, "d1")).toBeUndefined();
});

describe("a delivery is saved", () => {
  test("with its mail and the event, the first time", async () => {
    expect(await save("d1")).toBe("new-mail");
    expect(await findDelivery(mails, "d1")).toMatchObject({ mailId, bytes: 100 });
    expect(await rowAt(mailKey(mailId))).toMatchObject({ mailId, readable: true });
    const event = await rowAt(mailEventKey(mailId, 1));
    expect(event).toMatchObject({ rowType: "event", event: received("d1") });
  });

  test("once: the same again changes nothing", async () => {
    await save("d1");
    const before = await rowAt(mailKey(mailId));
    expect(await save("d1")).toBe("already-saved");
    expect(await rowAt(mailKey(mailId))).toEqual(before);
  });

  test("beside the first of the same mail, without a second event", async () => {
    await save("d1");
    expect(await save("d2")).toBe("another-delivery");
    expect(await save("d2")).toBe("already-saved");
    const mail = await rowAt(mailKey(mailId));
    expect(mail?.["otherDeliveries"]).toEqual(new Set(["d2"]));
    const rows = await table.send(
      new QueryCommand({
        TableName: mails,
        KeyConditionExpression: "pk = :pk",
        ExpressionAttributeValues: { ":pk": mailKey(mailId).pk },
      }),
    );
    expect(rows.Items?.map((row) => row["sk"])).toEqual(["EVENT#000001", "MAIL"]);
  });

  test("by one of ten that come at the same moment, and as ten when they are ten deliveries", async () => {
    const same = await Promise.all(Array.from({ length: 10 }, () => save("d1")));
    expect(same.filter((saved) => saved === "new-mail")).toHaveLength(1);
    expect(same.filter((saved) => saved === "already-saved")).toHaveLength(9);
    const others = await Promise.all(Array.from({ length: 10 }, (_, n) => save(`other-${n}`)));
    expect(new Set(others)).toEqual(new Set(["another-delivery"]));
    expect((await rowAt(mailKey(mailId)))?.["otherDeliveries"]).toHaveProperty("size", 10);
  });
});

test("an unknown delivery is not found", async () => {
  expect(await findDelivery(mails, "d1")).toBeUndefined();
  expect(await rowAt(deliveryKey("d1"))).toBeUndefined();
});
