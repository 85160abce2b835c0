import PostalMime from "postal-mime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { System } from "../../local/system.ts";
import { account } from "../../provbank/intake.ts";
import { rawMail, send } from "../mail.ts";
import { ask, intake, startTestSystem } from "../system.ts";

let system: System;
beforeAll(async () => {
  system = await startTestSystem();
});
afterAll(async () => {
  await system.stop();
});

/** Sends a mail, waits until all is quiet, and gives what went out because of it and what its case says of that. */
async function answersTo(raw: Buffer | string, envelope: Parameters<typeof send>[2] = {}) {
  const before = {
    sent: system.sent().length,
    cases: new Set((await intake(system)).map(({ caseId }) => caseId)),
  };
  await send(system.smtpPort, raw, envelope);
  await system.quiet();
  const opened = (await intake(system)).find(({ caseId }) => !before.cases.has(caseId));
  const { body } = await ask(system, `/cases/${opened?.caseId}`, { sub: "amina" });
  return { sent: system.sent().slice(before.sent), opened, outgoing: body.outgoing };
}

describe("an acknowledgement", () => {
  test("goes once to the person who wrote, says what was promised, and the case shows that it came", async () => {
    const raw = rawMail({ subject: "Hemligt ämne", messageId: "first@example.org", text: "En hemlig rad" });
    const { sent, opened, outgoing } = await answersTo(raw);
    expect(sent.map(({ to }) => to)).toEqual([["asa@example.org"]]);
    const mail = await PostalMime.parse(sent[0]?.raw ?? "");
    expect(mail.from).toEqual({ name: "Björkeby kommun", address: "kommunen@example.se" });
    expect(mail.subject).toContain(opened?.caseNumber);
    expect(mail.text).toMatch(/Du får svar senast \p{L}+dag \d+ \p{L}+\./u);
    expect(mail.text).toMatch(/allmän handling/);
    expect(mail.inReplyTo).toBe("<first@example.org>");
    const headers = new Map(mail.headers.map(({ key, value }) => [key, value]));
    expect([headers.get("auto-submitted"), headers.get("x-auto-response-suppress")]).toEqual([
      "auto-replied",
      "All",
    ]);
    expect(sent[0]?.raw.toString("latin1")).not.toMatch(/hemlig/i);
    expect(outgoing).toMatchObject([{ kind: "acknowledgement", status: "delivered", reason: null }]);
  });

  test("goes once for a mail that is sent twice, and not at all for an answer in a case", async () => {
    const from = "twice@example.org";
    const raw = rawMail({ from, messageId: "twice@example.org" });
    expect((await answersTo(raw)).sent).toHaveLength(1);
    expect((await answersTo(raw)).sent).toEqual([]);
    const answer = rawMail({ from, references: "twice@example.org", subject: "SV: tack!" });
    expect((await answersTo(answer)).sent).toEqual([]);
  });

  test.each([
    [
      "a sender whom nobody vouches for",
      rawMail(),
      { greeting: "verdict.spf-gray.dmarc-gray" },
      "sender-not-verified",
    ],
    ["a forged sender", rawMail(), { greeting: "verdict.dmarc-fail" }, "sender-not-verified"],
    [
      "a machine",
      Buffer.concat([Buffer.from("Auto-Submitted: auto-generated\r\n"), rawMail()]),
      {},
      "written-by-a-machine",
    ],
    [
      "a delivery report",
      rawMail({ from: "MAILER-DAEMON@example.org" }),
      { from: "" },
      "written-by-a-machine",
    ],
    ["ourselves", rawMail({ from: "bygglov@example.se" }), { from: "bygglov@example.se" }, "our-own-address"],
    ["a department with news", rawMail(), { to: ["servicecenter-internt@example.se"] }, "not-for-citizens"],
    ["what cannot be read", "hej", {}, "unreadable"],
  ])("does not go to %s, and the case says why", async (_what, raw, envelope, reason) => {
    const { sent, outgoing } = await answersTo(raw, envelope);
    expect(sent).toEqual([]);
    expect(outgoing).toMatchObject([{ status: "skipped", reason }]);
  });

  test("that does not reach its address is shown so on the case", async () => {
    const { outgoing } = await answersTo(rawMail({ from: "bounce@example.org" }), {
      from: "bounce@example.org",
    });
    expect(outgoing).toMatchObject([{ status: "bounced" }]);
  });

  test("goes to an address that keeps writing once in some minutes: a loop ends there", async () => {
    const from = "eko@example.org";
    for (let n = 0; n < 7; n += 1)
      await send(system.smtpPort, rawMail({ from, subject: `eko ${n}` }), { from });
    await system.quiet();
    expect(system.sent().filter(({ to }) => to.includes(from))).toHaveLength(1);
    const reasons = (await intake(system))
      .filter(({ subject }) => subject?.startsWith("eko "))
      .map(({ caseId }) => caseId);
    expect(reasons).toHaveLength(7);
  });
});

test("all of it adds up: no mail has two cases or two acknowledgements", async () => {
  const result = await account(system, 0);
  expect(result).toMatchObject({ lost: 0, doubled: 0, acknowledged: system.sent().length });
});
