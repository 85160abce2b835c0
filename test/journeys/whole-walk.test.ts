import PostalMime from "postal-mime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { System } from "../../local/system.ts";
import { account } from "../../provbank/intake.ts";
import { ownSystem } from "../../provbank/own-system.ts";
import { rawMail, send } from "../mail.ts";
import { ask, change, intake, startTestSystem } from "../system.ts";

let system: System;
beforeAll(async () => {
  system = await startTestSystem();
});
afterAll(async () => {
  await system.stop();
});

const amina = { sub: "amina" };
const jonas = { sub: "jonas" };
const eva = { sub: "bygglov" };

/** A new case by mail, as the intake sees it. */
async function opened(subject: string, from = "asa@example.org"): Promise<string> {
  await send(system.smtpPort, rawMail({ subject, from }), { from });
  await system.quiet();
  const found = (await intake(system)).find((one) => one.subject === subject);
  if (found === undefined) throw new Error(`no case ${subject}`);
  return found.caseId;
}

const show = async (caseId: string, as = amina) => (await ask(system, `/cases/${caseId}`, as)).body;

/** Does something to a case as it stands. */
async function act(caseId: string, command: string, content: object = {}, as = amina) {
  const { case: current } = await show(caseId, as);
  return await change(system, `/cases/${caseId}/${command}`, as, { version: current.version, ...content });
}

async function lastMailTo(address: string) {
  const mail = system.sent().findLast(({ to }) => to.includes(address));
  if (mail === undefined) throw new Error(`no mail to ${address}`);
  return await PostalMime.parse(mail.raw);
}

test("a mail is acknowledged, given to two units, answered and closed, and the citizen has heard it all", async () => {
  const caseId = await opened("Altan och soptunna", "walk@example.org");
  const acknowledgement = await lastMailTo("walk@example.org");
  expect(acknowledgement.text).toMatch(/https:\/\/arende\.example\.se\/m\/[a-z2-7]{52}\n/);

  expect((await act(caseId, "take")).body.case.assignee).toEqual({ sub: "amina", name: "Amina" });
  const asked = { text: "Kan ni svara på er del?", dueDate: "2036-12-01", access: "public" };
  await act(caseId, "assignments", { ...asked, unit: "bygglov" });
  const both = await act(caseId, "assignments", { ...asked, unit: "avfall" });
  expect(both.body.case).toMatchObject({ status: "with-unit", openAssignments: 2, owner: "servicecenter" });
  await system.quiet();

  // One unit answers by its own queue, as an outside system does.
  const avfall = ownSystem(system, "avfall");
  const { event, letter } = await avfall.receive();
  expect(event).toMatchObject({ type: "AssignmentSent", data: { unit: "avfall", caseId } });
  expect(letter).toMatchObject({ request: asked.text, subject: "Altan och soptunna" });
  expect(letter.messages[0].text).toMatch(/när plogas vår gata/);
  const taskId = event.data.assignmentId;
  const answer = {
    reply: "answer",
    caseId,
    taskId,
    to: "service-centre",
    letter: await avfall.seal(taskId, "Vi tömmer i morgon."),
  };
  await avfall.reply(answer);
  await avfall.reply(answer);
  expect(
    (await show(caseId)).assignments.find((one: { unit: string }) => one.unit === "avfall"),
  ).toMatchObject({
    state: "answered",
    hasReply: true,
  });

  // The other says that it is not theirs, and whose it is; it goes straight there.
  const notice = await lastMailTo("bygglov@example.se");
  expect(notice.text).toMatch(new RegExp(`/#/uppdrag/${caseId}/[0-9a-f]{32}`));
  expect(notice.text).not.toMatch(/altan|soptunna|asa|walk/i);
  const { body: list } = await ask(system, "/cases/worklists/unit/bygglov", eva);
  const task = list.tasks.find((one: { caseId: string }) => one.caseId === caseId);
  const returned = await change(system, `/cases/${caseId}/tasks/${task.taskId}/reply`, eva, {
    reply: "return",
    rightAddress: "miljo",
    sendOn: false,
    text: "Det här är miljös.",
  });
  expect(returned.body).toMatchObject({
    state: "returned",
    rightAddress: "miljo",
    reply: "Det här är miljös.",
  });

  const before = await show(caseId);
  expect(before.case).toMatchObject({ status: "ours", openAssignments: 0, attention: "assignment-returned" });
  expect(before.closeReasons).not.toContain("answered");
  expect((await act(caseId, "close", { reason: "answered" })).status).toBe(409);
  const closed = await act(caseId, "answer", { text: "Hej! Tunnan töms i morgon.", close: true });
  expect(closed.body.case).toMatchObject({ status: "closed", closeReason: "answered" });
  await system.quiet();

  const mail = await lastMailTo("walk@example.org");
  expect(mail.text).toMatch(/Tunnan töms i morgon/);
  expect(mail.subject).toMatch(/^Sv: Altan och soptunna \[BJO-/);
  expect(mail.inReplyTo).toBeDefined();
  expect(mail.replyTo?.[0]?.address).toMatch(/^svar\+[a-z2-7]{52}@in\.example\.se$/);
  expect(mail.headers.map(({ key }) => key)).not.toContain("auto-submitted");
  const after = await show(caseId);
  expect(after.outgoing).toContainEqual(
    expect.objectContaining({ kind: "answer", status: "delivered", messageId: expect.any(String) }),
  );
  for (const worklist of ["unassigned", "mine", "waiting"]) {
    const { body } = await ask(system, `/cases/worklists/${worklist}`, amina);
    expect(body.cases.map((one: { caseId: string }) => one.caseId)).not.toContain(caseId);
  }
});

describe("a citizen's reply", () => {
  test("to the token's address joins the case, even from another address and without a thread", async () => {
    const caseId = await opened("Vart tog svaret vägen?", "token@example.org");
    await act(caseId, "answer", { text: "Här är svaret.", close: true });
    await system.quiet();
    const to = (await lastMailTo("token@example.org")).replyTo?.[0]?.address ?? "";
    const from = "partner@example.org";
    await send(system.smtpPort, rawMail({ from, to, subject: "Något helt annat" }), { from, to: [to] });
    await system.quiet();
    const { case: current, messages } = await show(caseId);
    expect(current).toMatchObject({ status: "ours", attention: "new-message", closeReason: null });
    expect(messages.at(-1)).toMatchObject({ subject: "Något helt annat", newSender: true });
  });

  test("to a token that nobody gave out opens a case of its own", async () => {
    const to = `svar+${"a".repeat(52)}@in.example.se`;
    await send(system.smtpPort, rawMail({ to, subject: "Gissning" }), { to: [to] });
    await system.quiet();
    expect((await intake(system)).filter(({ subject }) => subject === "Gissning")).toHaveLength(1);
  });
});

describe("the citizen's page", () => {
  async function pageOf(address: string): Promise<string> {
    const { text = "" } = await lastMailTo(address);
    return /https:\/\/arende\.example\.se(\/m\/[a-z2-7]{52})/.exec(text)?.[1] ?? "";
  }
  const write = (path: string, fields: Record<string, string>) =>
    fetch(`${system.origin}${path}`, {
      method: "POST",
      body: new URLSearchParams(fields),
      redirect: "manual",
    });

  test("shows where the case stands and what was written, and takes a message once, however often it is sent", async () => {
    const caseId = await opened("Sidan", "sidan@example.org");
    await act(caseId, "answer", { text: "<b>Svar</b> & hälsning", close: true });
    await system.quiet();
    const path = await pageOf("sidan@example.org");
    const page = await fetch(`${system.origin}${path}`);
    expect(page.status).toBe(200);
    expect(page.headers.get("content-security-policy")).toMatch(/default-src 'none'/);
    expect(page.headers.get("referrer-policy")).toBe("no-referrer");
    const html = await page.text();
    expect(html).toContain("Ärendet är avslutat");
    expect(html).toContain("&lt;b>Svar&lt;/b> &amp; hälsning");
    expect(html).not.toMatch(/<script/);
    expect(Buffer.byteLength(html)).toBeLessThan(20_000);
    const form = /name="form" value="([0-9a-f]{32})"/.exec(html)?.[1] ?? "";
    expect((await write(path, { form, text: "  " })).status).toBe(422);
    const both = await Promise.all([
      write(path, { form, text: "Tack!" }),
      write(path, { form, text: "Tack!" }),
    ]);
    expect(both.map(({ status }) => status)).toEqual([303, 303]);
    await system.quiet();
    const { case: current, messages } = await show(caseId);
    expect(messages.filter((one: { channel: string }) => one.channel === "web")).toHaveLength(1);
    expect(current).toMatchObject({ status: "ours", attention: "new-message" });
  });

  test("shows nothing of a secret case but that it is there", async () => {
    const caseId = await opened("Hemligt om grannen", "hemlig@example.org");
    await act(caseId, "classify", { access: "secret" });
    const html = await (await fetch(`${system.origin}${await pageOf("hemlig@example.org")}`)).text();
    expect(html).toContain("visas därför inte här");
    expect(html).not.toMatch(/grannen|plogas/);
  });

  test.each([
    ["a guess", `/m/${"a".repeat(52)}`],
    ["half a link", "/m/abc"],
    ["nothing", "/m/x/y"],
  ])("for %s says that the link does not hold", async (_what, path) => {
    const answer = await fetch(`${system.origin}${path}`);
    expect([answer.status, await answer.text()]).toEqual([
      404,
      expect.stringContaining("Länken gäller inte längre"),
    ]);
  });
});

describe("a secret case", () => {
  test("is not answered by mail, is shown in no shared list, and every reading stands in the log", async () => {
    const caseId = await opened("Om min socialsekreterare", "orolig@example.org");
    const asked = { unit: "ifo-mottagning", text: "Ring upp.", dueDate: "2036-12-01", access: "secret" };
    expect((await act(caseId, "assignments", asked)).body.case).toMatchObject({ access: "secret" });
    expect(await act(caseId, "answer", { text: "Hej", close: false })).toMatchObject({
      status: 422,
      body: { error: { code: "secret-not-by-mail" }, current: { case: { caseId } } },
    });
    const { body: waiting } = await ask(system, "/cases/worklists/waiting", jonas);
    expect(waiting.cases.map((one: { caseId: string }) => one.caseId)).not.toContain(caseId);
    const { body: units } = await ask(system, "/cases/worklists/unit/ifo-mottagning", { sub: "plan2" });
    expect(units.tasks).toMatchObject([{ caseId, subject: null }]);
    const before = await logged(caseId);
    await show(caseId, jonas);
    expect(await logged(caseId)).toBe(before + 1);
    await system.quiet();
    const notice = await lastMailTo("socialmottagningen@example.se");
    expect(notice.text).not.toMatch(/socialsekreterare|orolig/);
  });
});

async function logged(caseId: string): Promise<number> {
  const { ScanCommand } = await import("@aws-sdk/lib-dynamodb");
  const { Items = [] } = await system.clients.dynamodb.send(
    new ScanCommand({ TableName: system.assembly.output("AccessTable") }),
  );
  return Items.filter((row) => row["caseId"] === caseId).length;
}

describe("who may do what", () => {
  test("two who answer at once: one wins, the other gets the case as it stands and nothing is sent twice", async () => {
    const caseId = await opened("Samtidigt", "samtidigt@example.org");
    const { version } = (await show(caseId)).case;
    const both = await Promise.all(
      [amina, jonas].map((as) =>
        change(system, `/cases/${caseId}/answer`, as, { version, text: `Från ${as.sub}`, close: false }),
      ),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const lost = both.find(({ status }) => status === 409);
    expect(lost?.body).toMatchObject({
      error: { code: "changed" },
      current: { case: { status: "waiting" } },
    });
    await system.quiet();
    expect(
      system
        .sent()
        .filter(
          ({ to, tags }) => to.includes("samtidigt@example.org") && tags["outbox"]?.startsWith("answer"),
        ),
    ).toHaveLength(1);
  });

  test("a unit's queue answers for that unit alone; what another tries is refused and recorded", async () => {
    const caseId = await opened("Fel avsändare", "fel@example.org");
    const asked = { unit: "bygglov", text: "Vad gäller?", dueDate: "2036-12-01", access: "public" };
    const { body } = await act(caseId, "assignments", asked);
    const taskId = body.assignments[0].assignmentId;
    const avfall = ownSystem(system, "avfall");
    const letter = await avfall.seal(taskId, "Vi svarar åt dem.");
    const forged = { reply: "answer", caseId, taskId, to: "citizen", letter };
    await avfall.reply(forged);
    await avfall.reply(forged);
    const file = await show(caseId);
    expect(file.assignments[0]).toMatchObject({ state: "sent", hasReply: false });
    expect(file.history.filter((one: { type: string }) => one.type === "UnitReplyRefused")).toMatchObject([
      { detail: { unit: "avfall", why: "not-yours" } },
    ]);
    expect((await ask(system, `/cases/${caseId}/tasks/${taskId}`, { sub: "avfall" })).status).toBe(404);
  });

  test("drafts are on the server, each person's own", async () => {
    const caseId = await opened("Utkast");
    const saved = await change(system, `/cases/${caseId}/drafts/answer`, amina, { text: "Hej Åsa" }, "PUT");
    expect(saved.body.savedAt).toMatch(/^\d{4}-/);
    expect((await show(caseId)).drafts).toMatchObject([{ box: "answer", text: "Hej Åsa" }]);
    expect((await show(caseId, jonas)).drafts).toEqual([]);
    expect((await change(system, `/cases/${caseId}/drafts/answer`, eva, { text: "x" }, "PUT")).status).toBe(
      404,
    );
  });
});

test("a transfer is watched until the authority has it and the citizen knows", async () => {
  const caseId = await opened("Anmälan om svartbygge", "bygge@example.org");
  const asked = { unit: "bygglov", authority: "bygg-och-miljonamnden", text: "Er sak.", access: "public" };
  const sent = await act(caseId, "transfer", asked);
  expect(sent.body.case).toMatchObject({ status: "transferring" });
  expect((await act(caseId, "close", { reason: "transferred" })).status).toBe(409);
  const taskId = sent.body.transfers[0].transferId;
  const said = { diaryNumber: "BMN 2026-77", contact: "Eva på bygglov", dueDate: "2036-12-01" };
  const acknowledged = await change(system, `/cases/${caseId}/tasks/${taskId}/reply`, eva, {
    reply: "acknowledge",
    ...said,
  });
  expect(acknowledged.body).toMatchObject({ state: "acknowledged", ...said });
  expect((await show(caseId)).closeReasons).not.toContain("transferred");
  await act(caseId, "told", { how: "phone", text: "Sa att nämnden har det." });
  expect((await act(caseId, "close", { reason: "transferred" })).body.case).toMatchObject({
    status: "closed",
    closeReason: "transferred",
  });
});

test("a unit by its own system sends on what is another's, and the next one tells the citizen itself", async () => {
  const caseId = await opened("Tunna vid skolan", "vidare@example.org");
  const asked = { unit: "avfall", text: "Vems är tunnan?", dueDate: "2036-12-01", access: "public" };
  await act(caseId, "assignments", asked);
  await system.quiet();
  const avfall = ownSystem(system, "avfall");
  const { event } = await avfall.receive();
  const taskId = event.data.assignmentId;
  const letter = await avfall.seal(taskId, "Skolans tunna är skolskjuts sak.");
  await avfall.reply({ reply: "return", caseId, taskId, rightAddress: "bygglov", sendOn: true, letter });
  const file = await show(caseId);
  expect(file.case).toMatchObject({ status: "with-unit", openAssignments: 1 });
  const onward = file.assignments.find((one: { unit: string }) => one.unit === "bygglov");
  expect(onward).toMatchObject({ state: "sent", laps: 1, dueDate: "2036-12-01" });
  const task = await ask(system, `/cases/${caseId}/tasks/${onward.assignmentId}`, eva);
  expect(task.body).toMatchObject({ request: asked.text, may: expect.arrayContaining(["answer-citizen"]) });
  const answered = await change(system, `/cases/${caseId}/tasks/${onward.assignmentId}/reply`, eva, {
    reply: "answer",
    to: "citizen",
    text: "Vi flyttar den på fredag.",
  });
  expect(answered.body).toMatchObject({ state: "answered", answeredTo: "citizen" });
  await system.quiet();
  const mail = await lastMailTo("vidare@example.org");
  expect(mail.text).toMatch(/Vi flyttar den på fredag[\s\S]*Bygglov\nBjörkeby kommun/);
  const after = await show(caseId);
  expect(after.case).toMatchObject({
    status: "ours",
    attention: "assignment-answered",
    told: { how: "email" },
  });
  expect((await act(caseId, "close", { reason: "answered" })).body.case.status).toBe("closed");
});

test("an own system may tell the citizen itself", async () => {
  const caseId = await opened("Sopbilen", "sopbilen@example.org");
  await act(caseId, "assignments", {
    unit: "avfall",
    text: "Svara gärna direkt.",
    dueDate: "2036-12-01",
    access: "public",
  });
  await system.quiet();
  const avfall = ownSystem(system, "avfall");
  const { event } = await avfall.receive();
  const taskId = event.data.assignmentId;
  const letter = await avfall.seal(taskId, "Den kommer kl. 7.");
  await avfall.reply({ reply: "answer", caseId, taskId, to: "citizen", letter });
  expect((await lastMailTo("sopbilen@example.org")).text).toMatch(/Den kommer kl\. 7/);
});

test("the conversation is read whole, whoever wrote and however it came", async () => {
  const caseId = await opened("Allt", "allt@example.org");
  await act(caseId, "answer", { text: "Per mejl.", close: false });
  await act(caseId, "told", { how: "phone", text: "Per telefon." });
  await system.quiet();
  const { text = "" } = await lastMailTo("allt@example.org");
  const path = /https:\/\/arende\.example\.se(\/m\/[a-z2-7]{52})/.exec(text)?.[1] ?? "";
  const form = "f".repeat(32);
  const body = new URLSearchParams({ form, text: "Från sidan." });
  await fetch(`${system.origin}${path}`, { method: "POST", body, redirect: "manual" });
  const { messages } = await show(caseId);
  const texts = await Promise.all(
    messages.map((one: { messageId: string }) =>
      ask(system, `/cases/${caseId}/messages/${one.messageId}`, amina),
    ),
  );
  expect(texts.slice(1).map((one) => one.body.text)).toEqual(["Per mejl.", "Per telefon.", "Från sidan."]);
  const html = await (await fetch(`${system.origin}${path}`)).text();
  for (const one of ["Per mejl.", "Per telefon.", "Från sidan."]) expect(html).toContain(one);
});

test("an answer that bounces brings its case back, though it was closed", async () => {
  const caseId = await opened("Studsar", "bounce-walk@example.org");
  await act(caseId, "answer", { text: "Hej", close: true });
  await system.quiet();
  expect((await show(caseId)).case).toMatchObject({
    status: "ours",
    attention: "answer-not-delivered",
    told: null,
  });
});

test("what was done is counted, and the figures are a recount of what happened", async () => {
  await system.quiet();
  const day = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Stockholm" }).format(new Date());
  const { body } = await ask(system, `/stats/days?from=${day}&to=${day}`, { sub: "chef" });
  const { figures } = body.days[0];
  const cases = await account(system, 0);
  expect(figures.opened).toBe(cases.cases);
  expect(figures["assignments-sent/bygglov"]).toBe(3);
  expect(figures["extra-laps"]).toBe(1);
  expect(figures["assignments-returned/bygglov"]).toBe(1);
  expect(figures["assignments-answered/avfall"]).toBe(2);
  expect(figures["solved/transferred"]).toBe(1);
  const { body: behind } = await ask(system, `/stats/days/${day}/cases?figure=solved%2Ftransferred`, {
    sub: "chef",
  });
  expect(behind.cases).toHaveLength(1);
});

test("no mail was lost and none was sent twice", async () => {
  expect(await account(system, 0)).toMatchObject({ lost: 0, doubled: 0 });
});

test("no function asked for more than its role allows, and every grant is for something", async () => {
  for (const sweeper of ["email/sweep", "email/sweep-outbox"]) await system.hostOf(sweeper).invoke({});
  await ask(system, "/cases/number/BJO-2020-000001", { sub: "amina" });
  const twice = rawMail({ subject: "Två gånger" });
  for (let n = 0; n < 2; n += 1) await send(system.smtpPort, twice);
  await system.quiet();
  expect(system.door.refusals()).toEqual([]);
  const unused = system.rights
    .unused()
    .map((grant) => grant.replace(/arn:aws:(s3:::|\S*[:/](?=email-))/, ""))
    .map((grant) => grant.replace(/[0-9a-f]{8}(?=\/|$)/i, ""))
    // It looks only after ten on a working day; quarantine-alarm.test.ts has it so.
    .filter((grant) => !grant.startsWith("cases/quarantine-alarm: "))
    // Nobody books here; booking-citizen and booking-console have it so.
    .filter(
      (grant) =>
        !/^(booking\/|cases\/record-meeting: )/.test(grant) &&
        !grant.endsWith("foundation-bucketsletters/booking/*"),
    )
    // Read only where SES's own news of a mail came before the answer to sending it: now and then.
    .filter((grant) => !/^email\/(notify-unit|send-mail): dynamodb:GetItem /.test(grant));
  expect(unused).toEqual([
    // No mail here has a file, nor comes after a transfer: demo-mails and mail-rules have them.
    "cases/api: s3:GetObject foundation-bucketsfiles/email/*",
    "cases/api: s3:GetObject foundation-bucketsfiles/out/*",
    "cases/api: s3:GetObjectTagging foundation-bucketsfiles/email/*",
    "cases/api: s3:GetObjectTagging foundation-bucketsfiles/out/*",
    "cases/api: s3:ListBucket foundation-bucketsfiles",
    "cases/api: s3:PutObject foundation-bucketsfiles/out/*",
    "cases/citizen-page: s3:GetObject foundation-bucketsfiles/out/*",
    "cases/citizen-page: s3:PutObject foundation-bucketsletters/to-*",
    "cases/register-mail: s3:PutObject foundation-bucketsletters/to-*",
    // Lambda puts there what a relay has given up.
    "cases/relay: s3:ListBucket foundation-bucketsundelivered",
    "cases/relay: s3:PutObject foundation-bucketsundelivered/aws/lambda/*",
    // Asked when a notice comes again after the inbox has been emptied.
    "email/receive-mail: dynamodb:GetItem email-MailTable",
    // Says that a missing object is missing and not forbidden.
    "email/receive-mail: s3:ListBucket foundation-bucketsinbox",
    "email/receive-mail: s3:PutObject foundation-bucketsfiles/email/*",
    "email/relay: s3:ListBucket foundation-bucketsundelivered",
    "email/relay: s3:PutObject foundation-bucketsundelivered/aws/lambda/*",
    "email/send-mail: s3:GetObject foundation-bucketsfiles/out/*",
    "email/send-mail: s3:GetObject foundation-bucketsletters/to-*",
    // Nothing lay too long in this journey, nor had to wait; outbox-faults, outgoing-mail and runner have it so.
    "email/sweep-outbox: dynamodb:BatchGetItem email-MailTable",
    "email/sweep-outbox: dynamodb:GetItem email-MailTable",
    "email/sweep-outbox: dynamodb:PutItem email-MailTable",
    "email/sweep-outbox: dynamodb:UpdateItem email-MailTable",
    "email/sweep-outbox: sqs:SendMessage email-OutgoingToSendQueue",
    "email/sweep: sqs:SendMessage email-MailInQueue",
  ]);
});
