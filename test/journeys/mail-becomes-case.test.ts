import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { System } from "../../local/system.ts";
import { account } from "../../provbank/intake.ts";
import { rawMail, send } from "../mail.ts";
import { ask, intake, said, startTestSystem } from "../system.ts";

let system: System;
beforeAll(async () => {
  system = await startTestSystem();
});
afterAll(async () => {
  await system.stop();
});

/** Sends, waits until all is quiet, and gives the cases that came of it. */
async function casesOf(...mails: (() => Promise<void>)[]) {
  const before = new Set((await intake(system)).map(({ caseId }) => caseId));
  for (const mail of mails) await mail();
  await system.quiet();
  return (await intake(system)).filter(({ caseId }) => !before.has(caseId));
}

const post =
  (raw: Buffer | string, envelope = {}) =>
  () =>
    send(system.smtpPort, raw, envelope);

async function fileOf(caseId: string | undefined) {
  return (await ask(system, `/cases/${caseId}`, { sub: "amina" })).body;
}

describe("a mail through the SMTP door", () => {
  test("becomes a numbered case that an agent can list, open and read", async () => {
    const [opened, ...others] = await casesOf(
      post(rawMail({ subject: "Soptunnan", text: "Den tömdes inte. /Åsa Öberg-Ek" })),
    );
    expect(others).toEqual([]);
    expect(opened).toMatchObject({
      subject: "Soptunnan",
      sender: { name: "Åsa", address: "asa@example.org" },
    });
    expect(opened?.caseNumber).toMatch(/^BJO-\d{4}-000001$/);
    const { case: theCase, messages, history } = await fileOf(opened?.caseId);
    expect(theCase).toMatchObject({ owner: "servicecenter", status: "ours", version: 1 });
    expect(theCase.nextDate > theCase.arrivedAt.slice(0, 10)).toBe(true);
    expect(messages).toMatchObject([{ trust: "verified", unreadable: false }]);
    expect(history).toMatchObject([{ version: 1, type: "CaseOpened" }]);
    const path = `/cases/${opened?.caseId}/messages/${messages[0].messageId}`;
    const message = await ask(system, path, { sub: "amina" });
    expect(message.body).toMatchObject({ text: "Den tömdes inte. /Åsa Öberg-Ek\n", truncated: false });
  });

  test("that is sent twice is one case", async () => {
    const raw = rawMail();
    expect(await casesOf(post(raw), post(raw))).toHaveLength(1);
  });

  test("that is sent to two of our addresses is one case", async () => {
    const raw = rawMail({ to: "kommunen@example.se, bygglov@example.se" });
    const both = { to: ["kommunen@example.se", "bygglov@example.se"] };
    expect(await casesOf(post(raw, both), post(raw, { to: ["bygglov@in.example.se"] }))).toHaveLength(1);
  });

  test("under another's Message-ID is a case of its own", async () => {
    const messageId = "same@example.org";
    const mails = ["en", "två"].map((text) => post(rawMail({ messageId, text })));
    expect(await casesOf(...mails)).toHaveLength(2);
  });

  test("that answers an earlier one continues its case, in whatever order they come", async () => {
    const first = post(rawMail({ messageId: "first@example.org" }));
    const answer = post(rawMail({ references: "first@example.org", subject: "SV: Plogning" }));
    const cases = await casesOf(answer, first);
    expect(cases).toMatchObject([{ messageCount: 2 }]);
    const { history } = await fileOf(cases[0]?.caseId);
    expect(history.map((one: { type: string }) => one.type)).toEqual(["CaseOpened", "MessageReceived"]);
  });

  test("that claims to answer, but whose sender nobody vouches for, does not get into the case", async () => {
    const first = post(rawMail({ messageId: "mine@example.org" }));
    const forged = post(rawMail({ references: "mine@example.org" }), {
      greeting: "verdict.spf-gray.dmarc-fail.dkim-fail",
    });
    const cases = await casesOf(first, forged);
    expect(cases.map(({ messageCount }) => messageCount)).toEqual([1, 1]);
    const trusts = await Promise.all(
      cases.map(async ({ caseId }) => (await fileOf(caseId)).messages[0].trust),
    );
    expect(trusts.sort()).toEqual(["failed", "verified"]);
  });
});

describe("what is hard to read is kept and shown", () => {
  test.each([
    [
      "to an address that nobody has",
      rawMail({ to: "hittepa@example.se" }),
      { to: ["hittepa@example.se"] },
      false,
    ],
    ["without a word", "From: asa@example.org\r\nSubject: \r\n\r\n", {}, false],
    ["of nothing at all", "\r\n", {}, true],
    ["of bytes", Buffer.from(Array.from({ length: 4_096 }, (_, n) => (n * 7) % 256)), {}, true],
    ["without a sender on the envelope", rawMail(), { from: "" }, false],
  ])("a mail %s", async (_what, raw, envelope, unreadable) => {
    const cases = await casesOf(post(raw, envelope));
    expect(cases).toMatchObject([{ unreadable }]);
    const { messages } = await fileOf(cases[0]?.caseId);
    const path = `/cases/${cases[0]?.caseId}/messages/${messages[0].messageId}`;
    expect((await ask(system, path, { sub: "amina" })).body).toMatchObject({ unreadable });
  });

  test("a mail of 39 MB", async () => {
    const raw = Buffer.concat([
      rawMail({ subject: "Stor" }),
      Buffer.alloc(39 * 1024 * 1024, "0123456789abcde\r\n"),
    ]);
    expect(await casesOf(post(raw))).toMatchObject([{ subject: "Stor" }]);
  });
});

test("a mail that the server refuses is not accepted: too large, or for somebody else", async () => {
  const accepted = system.smtp.ledger.accepted().length;
  const large = Buffer.concat([rawMail(), Buffer.alloc(41 * 1024 * 1024, "0123456789abcde\r\n")]);
  await expect(send(system.smtpPort, large)).rejects.toThrow(/40 MB|552|size/i);
  await expect(send(system.smtpPort, rawMail(), { to: ["a@example.org"] })).rejects.toThrow(/550/);
  expect(system.smtp.ledger.accepted()).toHaveLength(accepted);
});

test("all of it adds up: nothing lost, nothing doubled, every byte in the archive", async () => {
  const result = await account(system, 0);
  expect(result).toMatchObject({ lost: 0, doubled: 0, handled: result.accepted });
  expect(result.accepted).toBeGreaterThan(12);
});

test("an archived object that goes missing is a lost mail", async () => {
  const Bucket = system.assembly.output("ArchiveBucket");
  const { Contents } = await system.clients.s3.send(new ListObjectsV2Command({ Bucket }));
  const Key = Contents?.[0]?.Key ?? "";
  const kept = await system.clients.s3.send(new GetObjectCommand({ Bucket, Key }));
  const Body = (await kept.Body?.transformToByteArray()) ?? "";
  await system.clients.s3.send(new DeleteObjectCommand({ Bucket, Key }));
  expect(await account(system, 0)).toMatchObject({ lost: 1 });
  await system.clients.s3.send(new PutObjectCommand({ Bucket, Key, Body }));
  expect(await account(system, 0)).toMatchObject({ lost: 0 });
});

test("no log holds who wrote, or what", async () => {
  const canaries = ["19121212-1212", "Kanariefågel", "kanarie@example.org"];
  const [number, name, address] = canaries;
  const raw = rawMail({
    from: `${name} <${address}>`,
    subject: `Pengar ${number}`,
    text: `Jag heter ${name}, ${number}`,
  });
  const cases = await casesOf(
    post(raw, { from: address }),
    post(`${name} ${number} utan huvud`, { from: address }),
  );
  expect(cases).toHaveLength(2);
  await fileOf(cases[0]?.caseId);
  await new Promise((resolve) => setTimeout(resolve, 300));
  const logs = readdirSync(join(system.folder, "logs")).map((file) =>
    readFileSync(join(system.folder, "logs", file), "utf8"),
  );
  expect(logs.join("")).toContain("MAIL_REGISTERED");
  expect(canaries.filter((canary) => [...logs, ...said].join("").includes(canary))).toEqual([]);
});

describe("the API", () => {
  test.each([
    ["no token", undefined],
    ["rubbish", { token: "rubbish" }],
    [
      "a token of no algorithm",
      { token: `${btoa('{"alg":"none"}')}.${btoa('{"sub":"amina","token_use":"access"}')}.` },
    ],
  ])("answers 401 to %s", async (_what, as) => {
    expect((await ask(system, "/cases/me", as)).status).toBe(401);
  });

  test("answers 401 to a token that has run out", async () => {
    const token = await system.oidc.tokenFor("amina", -60);
    expect((await ask(system, "/cases/me", { token })).status).toBe(401);
  });

  test("answers 404, not 403, to those without right and for what is not there", async () => {
    const [first] = await intake(system);
    const statuses = async (sub: string) =>
      Promise.all(
        ["/cases/worklists/unassigned", `/cases/${first?.caseId}`, `/cases/${"0".repeat(32)}`].map(
          async (path) => (await ask(system, path, { sub })).status,
        ),
      );
    expect(await statuses("bygglov")).toEqual([404, 404, 404]);
    expect(await statuses("nobody")).toEqual([404, 404, 404]);
    expect(await statuses("amina")).toEqual([200, 200, 404]);
    expect((await ask(system, "/cases/elsewhere/entirely/wrong", { sub: "amina" })).status).toBe(404);
  });

  test("says what it did not understand", async () => {
    const { status, body } = await ask(system, "/cases/ÅÄÖ", { sub: "amina" });
    expect([status, body.error]).toEqual([
      400,
      { code: "invalid-request", message: "Not understood: path: caseId" },
    ]);
  });

  test("tells who one is, also to those who may do nothing else", async () => {
    const { body } = await ask(system, "/cases/me", { sub: "bygglov" });
    expect(body).toEqual({ name: "Eva", roles: ["officer"], units: ["bygglov"] });
  });
});
