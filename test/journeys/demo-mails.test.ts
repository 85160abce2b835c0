import PostalMime from "postal-mime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { System } from "../../local/system.ts";
import { rawMail, send } from "../mail.ts";
import { ask, change, intake, startTestSystem } from "../system.ts";
import { tnef } from "../tnef.ts";

/**
 * A week of mail to a municipality, each with something in it that a careless system gets wrong. All of it goes in by SMTP,
 * and each is looked at where it ended.
 */
let system: System;
beforeAll(async () => {
  system = await startTestSystem();
});
afterAll(async () => {
  await system.stop();
});

const amina = { sub: "amina" };
const show = async (caseId: string) => (await ask(system, `/cases/${caseId}`, amina)).body;

/** Sends a mail and gives the one case that it opened. */
async function opens(raw: Buffer, from: string) {
  const before = new Set((await intake(system)).map(({ caseId }) => caseId));
  await send(system.smtpPort, raw, { from });
  await system.quiet();
  const [listed, ...others] = (await intake(system)).filter(({ caseId }) => !before.has(caseId));
  if (listed === undefined) throw new Error("no case came of it");
  expect(others).toEqual([]);
  return { listed, file: await show(listed.caseId) };
}

async function act(caseId: string, command: string, content: object = {}) {
  const { case: current } = await show(caseId);
  return await change(system, `/cases/${caseId}/${command}`, amina, { version: current.version, ...content });
}

const mailsTo = (address: string) => system.sent().filter(({ to }) => to.includes(address));
const acknowledgementOf = (file: { outgoing: { kind: string; status: string; reason: string | null }[] }) =>
  file.outgoing.find(({ kind }) => kind === "acknowledgement");

/** A case that we have answered, and the address to which its citizen answers. */
async function answered(from: string, subject: string) {
  const { file } = await opens(rawMail({ from, subject, text: "Hur länge har ni öppet?" }), from);
  await act(file.case.caseId, "answer", { text: "Till klockan arton.", close: false });
  await system.quiet();
  const mail = await PostalMime.parse(mailsTo(from).at(-1)?.raw ?? "");
  const replyTo = mail.replyTo?.[0]?.address;
  if (replyTo === undefined) throw new Error("an answer without a way back");
  return { caseId: String(file.case.caseId), replyTo, subject: mail.subject ?? "" };
}

test("1. furious, in capitals, without a subject: a question like any other, proposed to the street office", async () => {
  const from = "arg@example.org";
  const { file } = await opens(
    rawMail({
      from,
      subject: "",
      text: "PLOGAT??? Min mamma är 84 och kommer INTE UT. Ska någon behöva DÖ?",
    }),
    from,
  );
  expect(file.case).toMatchObject({
    status: "ours",
    subject: null,
    access: "intake",
    triage: { kind: "question", unit: "gata-park", urgency: null },
  });
  expect(acknowledgementOf(file)).toMatchObject({ status: "delivered" });
});

test("2. happy, with three questions: one case, one acknowledgement, in the sender's own words", async () => {
  const from = "gula.huset@example.org";
  const text =
    "Hej! Vi flyttar hit i mars, hur får vi förskola till Alma 2 år, en soptunna och boendeparkering? //Familjen i gula huset";
  const { file } = await opens(rawMail({ from, subject: "Hej!", text }), from);
  expect(file.case).toMatchObject({ status: "ours", triage: { kind: "question", unit: "skolplacering" } });
  expect(mailsTo(from)).toHaveLength(1);
});

test("3. whispering on a Friday night: told to whoever is on call, secret from the first second, and no acknowledgement", async () => {
  const from = "granne@example.org";
  const text = "Ni får inte säga att jag skrivit. Grannens pojke har blåmärken igen och är ute ensam nu.";
  const { listed, file } = await opens(rawMail({ from, subject: "Viktigt", text }), from);
  expect(listed).toMatchObject({ subject: null, sender: null, triage: { urgency: "child-at-risk" } });
  expect(file.case.access).toBe("secret");
  expect(acknowledgementOf(file)).toMatchObject({ status: "skipped", reason: "urgent" });
  expect(mailsTo(from)).toEqual([]);
  const [alarm, ...more] = mailsTo("socialjouren@example.se");
  expect(more).toEqual([]);
  const told = await PostalMime.parse(alarm?.raw ?? "");
  expect(told.subject).toBe(`BRÅDSKANDE: ${file.case.caseNumber}`);
  expect(`${told.subject} ${told.text}`).not.toMatch(/granne|pojke|blåmärken|example\.org/i);
  expect(file.outgoing.map(({ kind }: { kind: string }) => kind).sort()).toEqual([
    "acknowledgement",
    "on-call-alarm",
  ]);
});

test("4. worried, an identity number in the subject: masked, the social services' and not to be answered by mail", async () => {
  const from = "orolig@example.org";
  const raw = withFile({
    from,
    subject: "19850709-9805",
    text: "När kommer pengarna, hyran skulle betalas i fredags",
    name: "kontoutdrag.pdf",
    type: "application/pdf",
    content: Buffer.from("%PDF-1.7"),
  });
  const { listed, file } = await opens(raw, from);
  expect(JSON.stringify(listed)).not.toContain("9805");
  expect(file.case).toMatchObject({
    subject: "19850709-••••",
    access: "secret",
    triage: { unit: "ifo-mottagning" },
  });
  expect(file.noMail).toBe("secret-not-by-mail");
  expect((await act(file.case.caseId, "answer", { text: "På fredag.", close: false })).status).toBe(422);
  const acknowledgement = await PostalMime.parse(mailsTo(from)[0]?.raw ?? "");
  expect(acknowledgement.text).not.toMatch(/https:|svar senast/);
});

test("5. dry: a request for official documents, due today, and nobody asks who or why", async () => {
  const from = "anonym@example.org";
  const text =
    "Jag begär ut samtliga mejl mellan fritidschefen och Bollklubben 1–31 oktober, elektroniskt. Jag vill vara anonym.";
  const { file } = await opens(rawMail({ from, subject: "Begäran", text }), from);
  expect(file.case.triage).toMatchObject({ kind: "disclosure" });
  const ordinary = await opens(
    rawMail({ from: "vanlig@example.org", subject: "Öppettider" }),
    "vanlig@example.org",
  );
  expect(file.case.promisedDate < ordinary.file.case.promisedDate).toBe(true);
});

test("6. in Finnish, for her mother: acknowledged in Finnish, proposed to the care of the elderly", async () => {
  const from = "tytar@example.org";
  const text = "Hei! Äitini on 82-vuotias ja tarvitsee turvapuhelimen. Voinko hakea hänen puolestaan?";
  const { file } = await opens(rawMail({ from, subject: "Turvapuhelin", text }), from);
  expect(file.case.triage).toMatchObject({ unit: "bistand-aldre" });
  const acknowledgement = await PostalMime.parse(mailsTo(from)[0]?.raw ?? "");
  expect(acknowledgement.text).toContain("Asian numero");
});

test("7. at the last minute: an appeal, dated when it arrived, proposed to whoever decided, due at once", async () => {
  const from = "sista.dagen@example.org";
  const raw = withFile({
    from,
    subject: "Överklagande",
    text: "Jag överklagar beslutet om bygglov för fastigheten bredvid, skälen kommer senare.",
    name: "beslut.pdf",
    type: "application/pdf",
    content: Buffer.from("%PDF-1.7 beslut"),
  });
  const { file } = await opens(raw, from);
  expect(file.case).toMatchObject({
    triage: { kind: "appeal", unit: "bygglov" },
    arrivedAt: file.messages[0].arrivedAt,
  });
  expect(file.case.promisedDate >= file.case.arrivedAt.slice(0, 10)).toBe(true);
  const [pdf] = file.messages[0].attachments;
  const path = `/cases/${file.case.caseId}/messages/${file.messages[0].messageId}/files/${pdf.sha256}`;
  const { body } = await change(system, path, amina, { anyway: false });
  // An address is written in logs; the name lies with the file.
  expect(body.url).not.toContain("beslut");
  const answer = await fetch(body.url);
  expect(answer.headers.get("content-disposition")).toContain('attachment; filename="beslut.pdf"');
  expect(await answer.text()).toBe("%PDF-1.7 beslut");
});

test("8. only thanks, from a telephone: kept with the case, which stays closed, and nobody is written to", async () => {
  const from = "tacksam@example.org";
  const { caseId, replyTo, subject } = await answered(from, "Öppettider på fredag");
  await act(caseId, "close", { reason: "answered" });
  const before = await show(caseId);
  const sent = mailsTo(from).length;
  const raw = rawMail({
    from,
    to: replyTo,
    subject: `SV: ${subject}`,
    text: "Tack för snabbt svar!! 🙂\n\nSkickat från min iPhone",
  });
  await send(system.smtpPort, raw, { from, to: [replyTo] });
  await system.quiet();
  const after = await show(caseId);
  expect(after.case).toMatchObject({ status: "closed", closeReason: "answered", attention: null });
  expect(after.messages).toHaveLength(before.messages.length + 1);
  expect(after.messages.at(-1)).toMatchObject({ nature: "thanks" });
  expect(mailsTo(from)).toHaveLength(sent);
});

test("9. an automatic reply to our question: the case goes on waiting, and no clock starts again", async () => {
  const from = "semester@example.org";
  const { caseId, replyTo } = await answered(from, "Vilken gata?");
  const { case: before } = await show(caseId);
  expect(before.status).toBe("waiting");
  const raw = withFields(
    ["Auto-Submitted: auto-replied"],
    rawMail({
      from,
      to: replyTo,
      subject: "Automatiskt svar: Semester v. 29–32",
      text: "Jag är åter i augusti.",
    }),
  );
  await send(system.smtpPort, raw, { from: "", to: [replyTo] });
  await system.quiet();
  const { case: after, messages } = await show(caseId);
  const { version: _seen, messageCount: _counted, ...unchanged } = before;
  expect(after).toMatchObject(unchanged);
  expect(messages.at(-1)).toMatchObject({ nature: "absence" });
});

test("10. tired and polite, for the fourth time, with copies: one case, a complaint, and the earlier ones are named", async () => {
  const from = "trott@example.org";
  const numbers: string[] = [];
  for (const n of [1, 2, 3]) {
    const { file } = await opens(rawMail({ from, subject: `Skolskjutsen ${n}` }), from);
    numbers.push(file.case.caseNumber);
  }
  const text = `Detta är fjärde gången jag skriver om skolskjutsen (${numbers.join(", ")}). Jag vill inte ha en ny broschyr, jag vill ha ett svar.`;
  const raw = withFields(
    ["Cc: ordforande@example.org, ledamot@example.org, handlaggare@example.se"],
    rawMail({ from, subject: "Skolskjutsen", text }),
  );
  const { file } = await opens(raw, from);
  expect(file.case).toMatchObject({
    triage: { kind: "complaint", unit: "skolskjuts" },
    mentions: numbers,
    messageCount: 1,
  });
  expect(file.messages[0].copies).toBe(3);
});

describe("11. a supplier", () => {
  test("with an invoice: proposed to the finance office, and no answer is promised", async () => {
    const from = "faktura@leverantor.example";
    const { file } = await opens(
      rawMail({ from, subject: "Faktura 20931", text: "Bifogar faktura 20931, 30 dgr" }),
      from,
    );
    expect(file.case.triage).toMatchObject({ kind: "invoice", unit: "ekonomi" });
    expect(acknowledgementOf(file)).toMatchObject({ status: "skipped", reason: "no-answer-due" });
    expect((await act(file.case.caseId, "close", { reason: "invoice" })).body.case.status).toBe("closed");
  });

  test("with an advertisement: kept and in order, never answered", async () => {
    const from = "nyhetsbrev@leverantor.example";
    const raw = withFields(
      ["List-Unsubscribe: <https://leverantor.example/av>", "Precedence: bulk"],
      rawMail({ from, subject: "Höstens erbjudanden", text: "Köp nu!" }),
    );
    const { file } = await opens(raw, from);
    expect(acknowledgementOf(file)).toMatchObject({ status: "skipped", reason: "written-by-a-machine" });
    expect((await act(file.case.caseId, "close", { reason: "advert" })).body.case.status).toBe("closed");
  });
});

test("12. a treasurer with a winmail.dat: an application, and the two files in it can be had", async () => {
  const from = "kassor@example.org";
  const raw = withFile({
    from,
    subject: "Aktivitetsbidrag",
    text: "Här kommer vår ansökan om aktivitetsbidrag, resten har Kent i bilen.",
    name: "winmail.dat",
    type: "application/ms-tnef",
    content: tnef([
      { name: "ANSKAN~1.PDF", longName: "Ansökan.pdf", content: "%PDF ansökan" },
      { name: "NARVARO.XLS", longName: "Närvaro.xlsx", content: "närvaro" },
    ]),
  });
  const { file } = await opens(raw, from);
  expect(file.case.triage).toMatchObject({ kind: "application", unit: "fritid-forening" });
  const [message] = file.messages;
  const names = message.attachments.map(({ name }: { name: string }) => name);
  expect(names).toEqual(["winmail.dat", "Ansökan.pdf", "Närvaro.xlsx"]);
  const path = `/cases/${file.case.caseId}/messages/${message.messageId}/files/${message.attachments[1].sha256}`;
  const { body } = await change(system, path, amina, { anyway: false });
  expect(body.name).toBe("Ansökan.pdf");
  expect(await (await fetch(body.url)).text()).toBe("%PDF ansökan");
});

type WithFile = { from: string; subject: string; text: string; name: string; type: string; content: Buffer };

/** A mail with a text and a file. */
function withFile({ from, subject, text, name, type, content }: WithFile): Buffer {
  return Buffer.from(
    [
      `From: ${from}`,
      "To: kommunen@example.se",
      `Subject: =?utf-8?B?${Buffer.from(subject).toString("base64")}?=`,
      "MIME-Version: 1.0",
      "Content-Type: multipart/mixed; boundary=del",
      "",
      "--del",
      "Content-Type: text/plain; charset=utf-8",
      "Content-Transfer-Encoding: 8bit",
      "",
      text,
      "--del",
      `Content-Type: ${type}; name="${name}"`,
      `Content-Disposition: attachment; filename="${name}"`,
      "Content-Transfer-Encoding: base64",
      "",
      content.toString("base64"),
      "--del--",
      "",
    ].join("\r\n"),
  );
}

function withFields(fields: readonly string[], raw: Buffer): Buffer {
  return Buffer.concat([Buffer.from(fields.map((field) => `${field}\r\n`).join("")), raw]);
}
