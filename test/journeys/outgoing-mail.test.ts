import PostalMime from "postal-mime";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { System } from "../../local/system.ts";
import { changedAssembly } from "../../provbank/assembly.ts";
import { rawMail, send } from "../mail.ts";
import { ask, change, intake, startTestSystem } from "../system.ts";

const amina = { sub: "amina" };
const holdSeconds = 3;
let system: System;
let remove: () => void;
beforeAll(async () => {
  const changed = changedAssembly(({ Resources }) => {
    for (const [id, { Type, Properties }] of Object.entries(Resources))
      if (Type === "AWS::SQS::Queue" && id.includes("ToAcknowledgeQueue"))
        Properties["DelaySeconds"] = holdSeconds;
  });
  remove = changed.remove;
  system = await startTestSystem({ assembly: changed.folder });
});
afterAll(async () => {
  await system.stop();
  remove();
});

async function caseOf(subject: string) {
  for (let tries = 0; tries < 100; tries += 1) {
    const found = (await intake(system)).find((one) => one.subject === subject);
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`no case ${subject}`);
}

async function fileOf(caseId: string) {
  return (await ask(system, `/cases/${caseId}`, amina)).body;
}

async function write(subject: string, text: string, from = "asa@example.org") {
  await send(system.smtpPort, rawMail({ subject, text, from }), { from });
  return await caseOf(subject);
}

async function answer(caseId: string, text: string): Promise<void> {
  const { version } = (await fileOf(caseId)).case;
  const { status } = await change(system, `/cases/${caseId}/answer`, amina, { version, text, close: false });
  expect(status).toBe(200);
}

const mailsTo = (from: string) =>
  Promise.all(
    system
      .sent()
      .filter(({ to }) => to.includes(from))
      .map(({ raw }) => PostalMime.parse(raw)),
  );

test("a quick answer takes the place of an acknowledgement that is held, and quotes what was asked", async () => {
  const from = "snabb@example.org";
  const { caseId } = await write("Snabbt", "Hej, när plogas gatan?", from);
  await answer(caseId, "I dag klockan tre.");
  await system.quiet();
  const mails = await mailsTo(from);
  expect(mails).toHaveLength(1);
  const [mail] = mails;
  expect(mail?.text).toMatch(/^I dag klockan tre\.\n\nBjörkeby servicecenter\n/);
  expect(mail?.text).toMatch(/Den \d+ \w+ \d{4} skrev du:\n> Hej, när plogas gatan\?\s*$/);
  expect(mail?.html).toMatch(
    /<html lang="sv">.*I dag klockan tre\..*<blockquote[^>]*><p>Hej, när plogas gatan\?/s,
  );
  expect((await fileOf(caseId)).outgoing).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ kind: "acknowledgement", status: "skipped", reason: "answered-already" }),
      expect.objectContaining({ kind: "answer", status: "delivered" }),
    ]),
  );
});

test.each([
  [
    "en",
    "Hello, when will you plough our street? Thank you",
    /You will have an answer no later than \w+day, \d+ \w+\./,
  ],
  ["fi", "Hei, milloin katu aurataan? Kiitos", /Vastaamme viimeistään: \p{L}+ \d+\. \p{L}+kuuta\./u],
  ["sv", "Hej, när plogas vår gata?", /Du får svar senast \p{L}+dag \d+ \p{L}+\./u],
])(
  "held or not, who writes in %s is acknowledged in it, in plain text and HTML",
  async (language, text, promise) => {
    const from = `${language}@example.org`;
    const { caseNumber } = await write(`Plogning ${language}`, text, from);
    await system.quiet();
    const [mail] = await mailsTo(from);
    expect(mail?.subject).toContain(caseNumber);
    expect(mail?.text).toMatch(promise);
    expect(mail?.html).toContain(`<html lang="${language}">`);
    expect(mail?.html).toMatch(promise);
    expect(mail?.html).not.toContain(text);
    expect(mail?.headers.find(({ key }) => key === "content-type")?.value).toMatch(/^multipart\/alternative/);
  },
);

test("an acknowledgement that bounces calls for somebody, and the address gets no more of them", async () => {
  const from = "bounce-two@example.org";
  const { caseId } = await write("Studs", "Hej, en fråga om min soptunna", from);
  await system.quiet();
  const file = await fileOf(caseId);
  expect(file.outgoing).toMatchObject([{ kind: "acknowledgement", status: "bounced" }]);
  expect(file.case).toMatchObject({ status: "ours", attention: "acknowledgement-not-delivered" });
  const again = await write("Studs igen", "Hej, en fråga till om min soptunna", from);
  await system.quiet();
  expect((await fileOf(again.caseId)).outgoing).toMatchObject([
    { status: "skipped", reason: "address-blocked" },
  ]);
  expect(await mailsTo(from)).toHaveLength(1);
});

test("while the account is paused everything waits and says so; then it is sent, the answer first, once", async () => {
  const from = "paus@example.org";
  system.ses.refuseWhile(() => ({ code: "AccountSendingPausedException" }));
  const { caseId } = await write("Paus", "Hej, när plogas gatan?", from);
  await system.quiet();
  expect((await fileOf(caseId)).outgoing).toMatchObject([{ kind: "acknowledgement", status: "queued" }]);
  const other = await write("Paus två", "Hej, när sandas gatan?", "paus-2@example.org");
  await answer(other.caseId, "I morgon.");
  await system.quiet();
  const sweep = async () => {
    await system.hostOf("email/sweep-outbox").invoke({});
    await system.quiet();
  };
  for (let n = 0; n < 8; n += 1) await sweep();
  expect(await mailsTo(from)).toEqual([]);

  system.ses.refuseWhile(undefined);
  const before = system.sent().length;
  for (let n = 0; n < 2; n += 1) await sweep();
  const sent = system.sent().slice(before);
  expect(sent.map(({ to }) => to.join())).toEqual(["paus-2@example.org", from]);
  expect((await fileOf(caseId)).outgoing).toMatchObject([{ status: "delivered" }]);
  await sweep();
  expect(system.sent()).toHaveLength(before + 2);
});
