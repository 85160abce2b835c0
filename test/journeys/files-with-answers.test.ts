import { createHash, randomBytes } from "node:crypto";
import { PutObjectTaggingCommand } from "@aws-sdk/client-s3";
import PostalMime from "postal-mime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { System } from "../../local/system.ts";
import { changedAssembly, impatient } from "../../provbank/assembly.ts";
import { everyCrashPoint } from "../../provbank/crash-points.ts";
import { rawMail, send } from "../mail.ts";
import { ask, change, intake, startTestSystem } from "../system.ts";

let system: System;
let remove: () => void;
beforeAll(async () => {
  const assembly = changedAssembly(impatient(1));
  remove = assembly.remove;
  system = await startTestSystem({
    assembly: assembly.folder,
    functionsAs: "processes",
    maxInstances: 1,
  });
});
afterAll(async () => {
  await system.stop();
  remove();
});

const amina = { sub: "amina" };

async function opened(subject: string, from: string): Promise<string> {
  await send(system.smtpPort, rawMail({ subject, from }), { from });
  await system.quiet();
  const found = (await intake(system)).find((one) => one.subject === subject);
  if (found === undefined) throw new Error(`no case ${subject}`);
  return found.caseId;
}

type File = {
  name: string;
  contentType: string;
  bytes: number;
  sha256: string;
  content: Buffer<ArrayBuffer>;
};

function file(name: string, content: Buffer | string, contentType = "application/pdf"): File {
  const bytes = Buffer.from(content);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { name, contentType, bytes: bytes.length, sha256, content: bytes };
}
const virus = ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-", "ANTIVIRUS-TEST-FILE!$H+H*"].join("");

const prepare = (caseId: string, { name, bytes, sha256 }: File, as = amina) =>
  change(system, `/cases/${caseId}/files`, as, { name, bytes, sha256 });

/** As the console does it: asks where, and puts it there. */
async function put(caseId: string, one: File, content = one.content): Promise<number> {
  const { upload } = (await prepare(caseId, one)).body;
  const answer = await fetch(upload.url, { method: "PUT", headers: upload.headers, body: content });
  return answer.status;
}

async function answer(caseId: string, files: readonly File[], text = "Se bilagan.") {
  const { version } = (await ask(system, `/cases/${caseId}`, amina)).body.case;
  const named = files.map(({ name, contentType, sha256 }) => ({ name, contentType, sha256 }));
  const body = { version, text, close: false, files: named };
  return await change(system, `/cases/${caseId}/answer`, amina, body);
}

async function answersTo(address: string) {
  const mails = system
    .sent()
    .filter(({ to, tags }) => to.includes(address) && tags["outbox"]?.startsWith("answer-"));
  return await Promise.all(mails.map(({ raw }) => PostalMime.parse(raw)));
}

/** The citizen's page, as the acknowledgement named it. */
async function pageOf(address: string): Promise<string> {
  const mail = system.sent().find(({ to }) => to.includes(address));
  const { text = "" } = await PostalMime.parse(mail?.raw ?? "");
  return /https:\/\/arende\.example\.se(\/m\/[a-z2-7]{52})/.exec(text)?.[1] ?? "";
}

const fetched = async (path: string) => await fetch(`${system.origin}${path}`, { redirect: "manual" });

test("two small files arrive with the answer, byte for byte, and are on the page and in the console", async () => {
  const from = "small@example.org";
  const caseId = await opened("Blankett", from);
  const decision = file("Beslut åäö.pdf", randomBytes(90_000));
  const files = [
    decision,
    file("läs mig.txt", Buffer.from("rad\r\nr\u00e5d\n\n.\nFrom x", "latin1"), "text/plain"),
  ];
  for (const one of files) expect(await put(caseId, one)).toBe(200);
  expect((await prepare(caseId, decision)).body).toEqual({ state: "clean", upload: null });
  const answered = await answer(caseId, files);
  expect(answered.status).toBe(200);
  await system.quiet();

  const [mail, ...others] = await answersTo(from);
  expect(others).toEqual([]);
  expect(mail?.attachments.map(({ filename, mimeType }) => [filename, mimeType])).toEqual([
    ["Beslut åäö.pdf", "application/pdf"],
    ["läs mig.txt", "text/plain"],
  ]);
  const sums = mail?.attachments.map(({ content }) => file("", Buffer.from(content as ArrayBuffer)).sha256);
  expect(sums).toEqual(files.map(({ sha256 }) => sha256));
  expect(mail?.text).not.toContain("för stora");

  const message = answered.body.messages.at(-1);
  expect(message.attachments).toEqual(files.map(({ content: _content, ...about }) => about));
  const path = `/cases/${caseId}/messages/${message.messageId}/files/${decision.sha256}`;
  const open = await change(system, path, amina, { anyway: false });
  expect(open.body.name).toBe("Beslut åäö.pdf");
  expect(Buffer.from(await (await fetch(open.body.url)).arrayBuffer())).toEqual(decision.content);
  const page = await pageOf(from);
  const html = await (await fetched(page)).text();
  for (const { sha256 } of files) expect(html).toContain(`${page}/f/${message.messageId}/${sha256}`);
  expect(html).toContain("Hämta Beslut åäö.pdf");
  expect(html).toContain("(90 kB)");
});

test("a large file is on the page, as the mail says, and is the same bytes there", async () => {
  const from = "large@example.org";
  const caseId = await opened("Stor ritning", from);
  const large = file("ritning.pdf", randomBytes(7_000_001));
  expect(await put(caseId, large)).toBe(200);
  const answered = await answer(caseId, [large]);
  await system.quiet();
  const [mail] = await answersTo(from);
  const page = await pageOf(from);
  expect(mail?.attachments).toEqual([]);
  expect(mail?.text).toMatch(/Se bilagan\.\n\nFilerna [^\n]+ för stora för e-post[^\n]+\/m\/[a-z2-7]{52}\n/);
  const { messageId } = answered.body.messages.at(-1);
  const handed = await fetched(`${page}/f/${messageId}/${large.sha256}`);
  expect([handed.status, handed.headers.get("referrer-policy")]).toEqual([303, "no-referrer"]);
  const saved = await fetch(handed.headers.get("location") ?? "");
  expect(saved.headers.get("content-disposition")).toBe(
    `attachment; filename="ritning.pdf"; filename*=UTF-8''ritning.pdf`,
  );
  expect(saved.headers.get("content-type")).toBe("application/octet-stream");
  expect(file("", Buffer.from(await saved.arrayBuffer())).sha256).toBe(large.sha256);
});

describe("the page hands out", () => {
  test("nothing that did not go with an answer of that very case, and nothing to a form", async () => {
    const from = "guess@example.org";
    const caseId = await opened("Gissa", from);
    const [sent, unsent] = [file("a.pdf", "skickad"), file("b.pdf", "inte skickad")];
    for (const one of [sent, unsent]) await put(caseId, one);
    const { messages } = (await answer(caseId, [sent])).body;
    const other = await opened("En annan", "other@example.org");
    await system.quiet();
    const page = await pageOf(from);
    const elsewhere = await pageOf("other@example.org");
    const [theirs, ours] = messages.map(({ messageId }: { messageId: string }) => messageId);
    expect((await fetched(`${page}/f/${ours}/${sent.sha256}`)).status).toBe(303);
    for (const wrong of [
      `${page}/f/${ours}/${unsent.sha256}`,
      `${page}/f/${theirs}/${sent.sha256}`,
      `${page}/f/${"f".repeat(32)}/${sent.sha256}`,
      `${elsewhere}/f/${ours}/${sent.sha256}`,
      `/m/${"a".repeat(52)}/f/${ours}/${sent.sha256}`,
      `${page}/f/${ours}`,
    ]) {
      const answered = await fetched(wrong);
      expect([wrong, answered.status]).toEqual([wrong, 404]);
      expect(await answered.text()).toContain("Länken gäller inte längre");
    }
    const posted = await fetch(`${system.origin}${page}/f/${ours}/${sent.sha256}`, { method: "POST" });
    expect(posted.status).toBe(404);
    expect((await ask(system, `/cases/${other}`, amina)).body.messages).toHaveLength(1);
  });

  test("nothing of a case that has become secret", async () => {
    const from = "secret@example.org";
    const caseId = await opened("Blir hemligt", from);
    const one = file("a.pdf", "hemligt sedan");
    await put(caseId, one);
    const answered = (await answer(caseId, [one])).body;
    await system.quiet();
    const { version } = (await ask(system, `/cases/${caseId}`, amina)).body.case;
    await change(system, `/cases/${caseId}/classify`, amina, { version, access: "secret" });
    const page = await pageOf(from);
    const { messageId } = answered.messages.at(-1);
    expect((await fetched(`${page}/f/${messageId}/${one.sha256}`)).status).toBe(404);
    expect(await (await fetched(page)).text()).not.toContain("/f/");
    // Nor is anything made ready for it: its answers do not go by mail.
    expect((await prepare(caseId, one)).body.error.code).toBe("secret-not-by-mail");
  });
});

describe("an answer is refused, and nothing of it is done", () => {
  test.each<[string, number, (caseId: string, other: string) => Promise<File>]>([
    [
      "infected",
      409,
      async (caseId) => {
        const one = file("faktura.pdf", virus);
        await put(caseId, one);
        return one;
      },
    ],
    [
      "not-scanned",
      409,
      async (caseId) => {
        const one = file("ny.pdf", "Har just kommit.");
        await put(caseId, one);
        const Bucket = system.assembly.output("FilesBucket");
        const Key = `out/${caseId}/${one.sha256}`;
        const Tagging = { TagSet: [{ Key: "other", Value: "tag" }] };
        await system.clients.s3.send(new PutObjectTaggingCommand({ Bucket, Key, Tagging }));
        return one;
      },
    ],
    ["no-such-file", 422, async () => file("x.pdf", "Aldrig skickad hit.")],
    [
      "no-such-file",
      422,
      async (_caseId, other) => {
        const one = file("annans.pdf", "Ligger i ett annat ärende.");
        await put(other, one);
        return one;
      },
    ],
  ])("%s: %i", async (code, status, made) => {
    const n = randomBytes(4).toString("hex");
    const from = `refused-${n}@example.org`;
    const caseId = await opened(`Nej ${n}`, from);
    const other = await opened(`Ett annat ${n}`, `other-${n}@example.org`);
    const good = file("bra.pdf", "Ren.");
    await put(caseId, good);
    const refused = await answer(caseId, [good, await made(caseId, other)]);
    expect([refused.status, refused.body.error.code]).toEqual([status, code]);
    await system.quiet();
    expect(await answersTo(from)).toEqual([]);
    expect((await ask(system, `/cases/${caseId}`, amina)).body).toMatchObject({
      case: { status: "ours", told: null },
      messages: [{ direction: "in" }],
    });
  });

  test("too many", async () => {
    const caseId = await opened("Många", "many@example.org");
    const files = Array.from({ length: 11 }, (_, n) => file(`${n}.pdf`, `fil ${n}`));
    for (const one of files) await put(caseId, one);
    expect((await answer(caseId, files)).body.error.code).toBe("too-many-files");
    expect((await answer(caseId, files.slice(1))).status).toBe(200);
  });
});

describe("a place for a file", () => {
  test("takes that file and no other", async () => {
    const caseId = await opened("Platsen", "place@example.org");
    const one = file("a.pdf", "rätt");
    expect(await put(caseId, one, Buffer.from("fel!"))).toBe(400);
    const { upload } = (await prepare(caseId, one)).body;
    expect(upload.url).toContain(`/out/${caseId}/${one.sha256}?`);
    expect(decodeURIComponent(upload.url)).toMatch(
      /SignedHeaders=content-disposition;content-length;host;x-amz-checksum-sha256(&|$)/,
    );
    // A checksum of the empty body that was signed would refuse every file.
    expect(upload.url).not.toMatch(/crc32/i);
    expect((await fetch(upload.url, { method: "PUT", body: one.content })).status).toBe(403);
    expect((await prepare(caseId, one)).body.state).toBe("missing");
  });

  test("is given to agents alone, for what an answer can take", async () => {
    const caseId = await opened("Vem får", "who@example.org");
    const one = file("a.pdf", "x");
    expect((await prepare(caseId, one, { sub: "chef" })).status).toBe(404);
    expect((await prepare("f".repeat(32), one)).status).toBe(404);
    const refused = await prepare(caseId, { ...one, bytes: 25_000_001 });
    expect([refused.status, refused.body.error.code]).toEqual([422, "file-too-large"]);
    expect((await prepare(caseId, { ...one, bytes: 0 })).status).toBe(400);
  });

  test("lets the console's own origin put it there, and no other page", async () => {
    const caseId = await opened("Ursprung", "origin@example.org");
    const { upload } = (await prepare(caseId, file("a.pdf", "x"))).body;
    const asks = async (origin: string, method = "PUT") =>
      await fetch(upload.url, {
        method: "OPTIONS",
        headers: {
          origin,
          "access-control-request-method": method,
          "access-control-request-headers": "content-type,x-amz-checksum-sha256",
        },
      });
    const allowed = await asks(system.origin);
    expect([allowed.status, allowed.headers.get("access-control-allow-origin")]).toEqual([
      200,
      system.origin,
    ]);
    expect((await asks("https://evil.example")).status).toBe(403);
    expect((await asks(system.origin, "GET")).status).toBe(403);
  });
});

test("said again with the version that was seen, it sends one mail", async () => {
  const from = "again@example.org";
  const caseId = await opened("Igen", from);
  const one = file("a.pdf", "en gång");
  await put(caseId, one);
  const { version } = (await ask(system, `/cases/${caseId}`, amina)).body.case;
  const { name, contentType, sha256 } = one;
  const body = { version, text: "Hej", close: false, files: [{ name, contentType, sha256 }] };
  const both = await Promise.all([1, 2].map(() => change(system, `/cases/${caseId}/answer`, amina, body)));
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  await system.quiet();
  expect(await answersTo(from)).toHaveLength(1);
});

test("send-mail killed after any call from reading the file on: no second mail, none without its file, and one missing only where it was claimed", async () => {
  const addresses: string[] = [];
  const cases: string[] = [];
  for (let n = 0; n < 12; n += 1) {
    const from = `crash-${n}@example.org`;
    addresses.push(from);
    cases.push(await opened(`Krasch ${n}`, from));
  }
  const one = file("a.pdf", randomBytes(20_000));
  // The letters and the tokens come before: killed after those, a mail without files is tried elsewhere.
  const first = 4;
  const points = await everyCrashPoint(
    system,
    "email/send-mail",
    async (n) => {
      const caseId = cases[n - 1] ?? "";
      await put(caseId, one);
      expect((await answer(caseId, [one])).status).toBe(200);
    },
    first,
  );
  // Letter, mail and its letter, tokens, the file, the claim, SES, and the settlement where SES's own events have not come first.
  expect(points).toBeGreaterThanOrEqual(7);
  expect(points).toBeLessThan(cases.length);
  const missing: string[] = [];
  for (const [place, from] of addresses.slice(first - 1, points + 1).entries()) {
    const n = place + first - 1;
    const mails = await answersTo(from);
    expect(mails.length).toBeLessThanOrEqual(1);
    for (const mail of mails) {
      const sums = mail.attachments.map(
        ({ content }) => file("", Buffer.from(content as ArrayBuffer)).sha256,
      );
      expect(sums).toEqual([one.sha256]);
    }
    const { outgoing } = (await ask(system, `/cases/${cases[n]}`, amina)).body;
    const status = outgoing.find(({ kind }: { kind: string }) => kind === "answer")?.status;
    expect(status).toBe(mails.length === 1 ? "delivered" : undefined);
    if (mails.length === 0) missing.push(from);
  }
  // The claim stands and the sweeper will call it uncertain: nobody knows whether SES had it.
  expect(missing).toHaveLength(1);
});

test("no function asked for more than its role allows, and every grant of sent files is for something", () => {
  expect(system.door.refusals()).toEqual([]);
  expect(system.rights.unused().filter((grant) => grant.endsWith("/out/*"))).toEqual([]);
});
