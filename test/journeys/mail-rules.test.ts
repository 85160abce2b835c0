import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import PostalMime from "postal-mime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { localDate } from "#shared/time/working-time.ts";
import type { System } from "../../local/system.ts";
import { ownSystem } from "../../provbank/own-system.ts";
import { rawMail, send } from "../mail.ts";
import { ask, change, intake, list, startTestSystem } from "../system.ts";

/** What the rules of the mail door come to, seen from outside: through SMTP, the API and the units' queues. */
let system: System;
beforeAll(async () => {
  system = await startTestSystem();
});
afterAll(async () => {
  await system.stop();
});

const amina = { sub: "amina" };
const show = async (caseId: string) => (await ask(system, `/cases/${caseId}`, amina)).body;

type Envelope = Parameters<typeof send>[2];

async function opened(raw: Buffer, envelope: Envelope): Promise<string> {
  const before = new Set((await intake(system)).map(({ caseId }) => caseId));
  await send(system.smtpPort, raw, envelope);
  await system.quiet();
  const found = (await intake(system)).find(({ caseId }) => !before.has(caseId));
  if (found === undefined) throw new Error("no case came of it");
  return found.caseId;
}

async function act(caseId: string, command: string, content: object = {}) {
  const { case: current } = await show(caseId);
  return await change(system, `/cases/${caseId}/${command}`, amina, { version: current.version, ...content });
}

const mailsTo = (address: string) => system.sent().filter(({ to }) => to.includes(address));

async function wayBackOf(address: string): Promise<string> {
  const mail = await PostalMime.parse(mailsTo(address).at(-1)?.raw ?? "");
  const replyTo = mail.replyTo?.[0]?.address;
  if (replyTo === undefined) throw new Error("a mail without a way back");
  return replyTo;
}

describe("quarantine", () => {
  test("holds a mail that nobody can vouch for, as old as it is and counted; letting it in changes nothing else", async () => {
    const caseId = await opened(rawMail({ from: "vem@example.org", subject: "Vinst!" }), {
      from: "vem@example.org",
      greeting: "verdict.spam-fail",
    });
    const held = (await list(system, "quarantine")).map((one) => one.caseId);
    expect(held).toContain(caseId);
    expect((await list(system, "unassigned")).map((one) => one.caseId)).not.toContain(caseId);
    const { case: before, may, outgoing } = await show(caseId);
    expect(may).toContain("admit");
    expect(outgoing).toMatchObject([{ status: "skipped", reason: "sender-not-verified" }]);
    const { case: after } = (await act(caseId, "admit")).body;
    expect(after).toMatchObject({
      quarantine: "admitted",
      arrivedAt: before.arrivedAt,
      promisedDate: before.promisedDate,
    });
    expect((await list(system, "unassigned")).map((one) => one.caseId)).toContain(caseId);
    expect((await act(caseId, "admit")).status).toBe(409);
    const figure = `/stats/days/${localDate(new Date(before.arrivedAt))}/cases?figure=${encodeURIComponent("contacts/email")}`;
    const { body } = await ask(system, figure, amina);
    expect(body.cases.map((one: { caseId: string }) => one.caseId)).toContain(caseId);
  });

  test("what is rubbish is ended as such, and stays found", async () => {
    const caseId = await opened(rawMail({ from: "skrap@example.org", subject: "Köp" }), {
      from: "skrap@example.org",
      greeting: "verdict.dmarc-fail",
    });
    expect((await act(caseId, "close", { reason: "spam" })).body.case).toMatchObject({ closeReason: "spam" });
    expect((await list(system, "quarantine")).map((one) => one.caseId)).not.toContain(caseId);
    expect((await show(caseId)).case.caseNumber).toMatch(/^BJO-/);
  });
});

test("mail from the municipality's own server is judged by what that server found", async () => {
  const results =
    "Authentication-Results: mx.example.se; spf=pass smtp.mailfrom=asa@example.org; dmarc=pass header.from=example.org\r\n";
  const raw = Buffer.concat([Buffer.from(results), rawMail({ subject: "Vidarebefordrat" })]);
  const spfBroken = "spf-fail.dmarc-fail.dkim-fail";
  const trusted = await opened(raw, { greeting: `verdict.${spfBroken}.client-192-0-2-7` });
  expect((await show(trusted)).messages[0].trust).toBe("verified");
  const forged = await opened(Buffer.concat([raw, Buffer.from("x")]), {
    greeting: `verdict.${spfBroken}.client-198-51-100-7`,
  });
  expect((await show(forged)).messages[0].trust).toBe("failed");
});

describe("addresses", () => {
  test("a unit's own mailbox leads to the same intake, with the unit proposed", async () => {
    const caseId = await opened(rawMail({ to: "bygglov@example.se", subject: "Altan" }), {
      to: ["bygglov@in.example.se"],
    });
    expect((await show(caseId)).case).toMatchObject({ owner: "servicecenter", triage: { unit: "bygglov" } });
  });

  test("the internal address takes news from the own domain, and answers nobody", async () => {
    const from = "gata-park@example.se";
    const internal = "servicecenter-internt@example.se";
    await opened(rawMail({ from, to: internal, subject: "Avstängd gata" }), { from, to: [internal] });
    await opened(rawMail({ from: "frammande@example.org", to: internal, subject: "Nyhet" }), {
      from: "frammande@example.org",
      to: [internal],
    });
    const notices = await published("NoticeSubmitted");
    expect(notices).toHaveLength(1);
    expect(mailsTo(from)).toEqual([]);
    expect(mailsTo("frammande@example.org")).toEqual([]);
  });
});

/** Events of a kind that the e-mail service has told of. */
async function published(type: string): Promise<unknown[]> {
  const scan = new ScanCommand({ TableName: system.assembly.output("EmailTable") });
  const { Items = [] } = await system.clients.dynamodb.send(scan);
  return Items.filter(({ event }) => event?.type === type);
}

test("a delivery report finds the mail that it is about: the case says so, and the address gets no more automatic mail", async () => {
  const from = "borta@example.org";
  const caseId = await opened(rawMail({ from, subject: "Nås jag?" }), { from });
  await act(caseId, "answer", { text: "Ja.", close: false });
  await system.quiet();
  const ours = await PostalMime.parse(mailsTo(from).at(-1)?.raw ?? "");
  await send(system.smtpPort, deliveryReport(from, String(ours.messageId)), { from: "" });
  await system.quiet();
  const file = await show(caseId);
  expect(file.case).toMatchObject({ status: "ours", attention: "answer-not-delivered", told: null });
  expect(file.messages.at(-1)).toMatchObject({ nature: "delivery-report" });
  expect(file.outgoing.find(({ kind }: { kind: string }) => kind === "answer")).toMatchObject({
    status: "bounced",
  });
  const later = await opened(rawMail({ from, subject: "En sak till" }), { from });
  expect((await show(later)).outgoing).toMatchObject([{ status: "skipped", reason: "address-blocked" }]);
});

test("a report on a mail that we never sent changes no case", async () => {
  const raw = deliveryReport("nagon@example.org", "<0102018abcdef-hittepa@eu-north-1.amazonses.com>");
  const caseId = await opened(raw, { from: "" });
  expect((await show(caseId)).messages).toHaveLength(1);
});

describe("after a matter has gone to an authority", () => {
  test.each([
    ["read in the console", "bygglov", "bygg-och-miljonamnden"],
    ["with a system of its own", "avfall", "bjorkeby-vatten-avfall"],
  ])(
    "what the citizen writes goes on there with its date, and they are told: %s",
    async (how, unit, authority) => {
      const from = `${unit}-fragare@example.org`;
      const caseId = await opened(rawMail({ from, subject: `Till ${unit}` }), { from });
      const replyTo = await wayBackOf(from);
      const sent = await act(caseId, "transfer", { unit, authority, text: "Er sak.", access: "public" });
      const { transferId } = sent.body.transfers[0];
      await system.quiet();
      const own = how === "read in the console" ? undefined : ownSystem(system, unit);
      await own?.receive();
      const said = { reply: "acknowledge", diaryNumber: "D 2026-1", contact: "Eva", dueDate: "2036-12-01" };
      if (own === undefined)
        await change(system, `/cases/${caseId}/tasks/${transferId}/reply`, { sub: unit }, said);
      else await own.reply({ ...said, caseId, taskId: transferId });
      await system.quiet();
      await act(caseId, "told", { how: "phone", text: "Nämnden har det." });
      await act(caseId, "close", { reason: "transferred" });

      const notices = mailsTo(`${unit}@example.se`).length;
      await send(
        system.smtpPort,
        rawMail({ from, to: replyTo, subject: "SV: mer", text: "Här är ritningen." }),
        {
          from,
          to: [replyTo],
        },
      );
      await system.quiet();
      const file = await show(caseId);
      expect(file.case).toMatchObject({ status: "closed", closeReason: "transferred", attention: null });
      expect(file.history.at(-1)).toMatchObject({ type: "MessagePassedOn" });
      const told = await PostalMime.parse(mailsTo(from).at(-1)?.raw ?? "");
      expect(told.subject).toContain("gått vidare");
      if (own === undefined) {
        expect(mailsTo(`${unit}@example.se`)).toHaveLength(notices + 1);
        return;
      }
      const { event, letter } = await own.receive();
      expect(event.type).toBe("MessagePassedOn");
      expect(letter).toMatchObject({
        text: expect.stringContaining("ritningen"),
        arrivedAt: file.messages.at(-1).arrivedAt,
      });
    },
  );
});

test("every file of a mail with many can be had, also those that its row does not list", async () => {
  const from = "manga.filer@example.org";
  const caseId = await opened(manyFiles(from, 25), { from });
  const [message] = (await show(caseId)).messages;
  expect(message.attachments).toHaveLength(20);
  const path = `/cases/${caseId}/messages/${message.messageId}`;
  const { files } = (await ask(system, path, amina)).body;
  expect(files).toHaveLength(25);
  const { body } = await change(system, `${path}/files/${files[24].sha256}`, amina, { anyway: false });
  expect(body.name).toBe("fil 24.txt");
  expect(await (await fetch(body.url)).text()).toBe("innehåll 24");
});

function manyFiles(from: string, count: number): Buffer {
  const file = (n: number) => [
    "--del",
    `Content-Type: text/csv; name="fil ${n}.txt"`,
    `Content-Disposition: attachment; filename="fil ${n}.txt"`,
    "Content-Transfer-Encoding: base64",
    "",
    Buffer.from(`innehåll ${n}`).toString("base64"),
  ];
  const head = [`From: ${from}`, "Subject: Filer", "Content-Type: multipart/mixed; boundary=del", ""];
  return Buffer.from(
    [...head, ...Array.from({ length: count }, (_, n) => file(n)).flat(), "--del--", ""].join("\r\n"),
  );
}

/** RFC 3464: a mailbox that does not exist, and the mail that did not reach it. */
function deliveryReport(recipient: string, messageId: string): Buffer {
  return Buffer.from(
    [
      "From: MAILER-DAEMON@mx.example.org",
      "To: kommunen@example.se",
      "Subject: Undelivered Mail Returned to Sender",
      "Auto-Submitted: auto-replied",
      "MIME-Version: 1.0",
      'Content-Type: multipart/report; report-type=delivery-status; boundary="del"',
      "",
      "--del",
      "Content-Type: text/plain",
      "",
      "The mail could not be delivered.",
      "--del",
      "Content-Type: message/delivery-status",
      "",
      "Reporting-MTA: dns; mx.example.org",
      "",
      `Final-Recipient: rfc822; ${recipient}`,
      "Action: failed",
      "Status: 5.1.1",
      "",
      "--del",
      "Content-Type: message/rfc822",
      "",
      "Subject: Svar",
      `Message-ID: ${messageId}`,
      "",
      "Hej",
      "--del--",
      "",
    ].join("\r\n"),
  );
}
