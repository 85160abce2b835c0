import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loadMunicipality } from "#config/load.ts";
import { mailLetterSchema } from "../events.ts";
import { parseMail, type Reading } from "./parse.ts";

const reading = { recipients: [], casePrefix: "BJO", urgent: [] };
const readWhole = (raw: string | Uint8Array, some: Partial<Reading> = {}) =>
  parseMail("0".repeat(32), typeof raw === "string" ? Buffer.from(raw, "latin1") : raw, {
    ...reading,
    ...some,
  });
const parse = async (raw: string | Uint8Array, recipients: readonly string[] = []) =>
  (await readWhole(raw, { recipients })).letter;
const mail = (...lines: string[]) => lines.join("\r\n");

const urgent = loadMunicipality("demo").urgent.rules;

describe("what cannot wait", () => {
  const urgencyOf = async (lines: string[], some: Partial<Reading> = {}) =>
    (await readWhole(mail(...lines), { urgent, ...some })).letter.urgency;
  const token = `svar+${"a".repeat(40)}@arende.example.se`;
  const words = "Jag orkar inte leva längre";

  test.each([
    ["of a person", ["From: a@example.org", "", words]],
    ["of a form that nobody reads answers to", ["From: no-reply@example.org", "", words]],
    ["of whom one cannot be sure", ["From: a@example.org", "Subject: Frånvaro Kalle 3B", "", words]],
    [
      "in a mail that is sent on",
      ["From: a@example.org", "", "Se.", "-----Ursprungligt meddelande-----", words],
    ],
    ["below a signature", ["From: a@example.org", "", "Hej", "-- ", "Åsa", words]],
  ])("is seen %s", async (_who, lines) => {
    expect(await urgencyOf(lines.map((line) => Buffer.from(line).toString("latin1")))).toBe("suicide");
  });

  test.each([
    ["news to many", ["From: a@example.org", "List-Id: <nytt.example.org>", "", words]],
    ["an absence", ["From: a@example.org", "Auto-Submitted: auto-replied", "", words]],
    ["a report", ["From: a@example.org", "X-Failed-Recipients: b@example.org", "", words]],
  ])("is not %s", async (_what, lines) => {
    expect(await urgencyOf(lines.map((line) => Buffer.from(line).toString("latin1")))).toBeNull();
  });

  test("is not read again in what an answer to us quotes", async () => {
    const lines = ["From: a@example.org", "", "Tack.", "> Jag orkar inte leva"];
    expect(await urgencyOf(lines)).toBe("suicide");
    const { letter } = await readWhole(mail(...lines), { urgent, recipients: [token] });
    expect(letter.replyTokens).toHaveLength(1);
    expect(letter.urgency).toBeNull();
  });
});

describe("the case that a mail answers", () => {
  const token = "a".repeat(40);
  const to = `svar+${token}@arende.example.se`;

  test("is known by the header where the envelope is lost, and else by the envelope alone", async () => {
    const raw = mail("From: a@example.org", `To: ${to}`, "", "Hej");
    expect((await readWhole(raw, { recipients: undefined })).letter.replyTokens).toEqual([token]);
    expect((await readWhole(raw, { recipients: ["kommunen@example.se"] })).letter.replyTokens).toEqual([]);
  });

  test("is known of a mail that cannot be read", async () => {
    const raw = mail("From: a@example.org", "Content-Type: multipart/mixed", "", "Hej");
    expect((await readWhole(raw, { recipients: [to] })).letter).toMatchObject({
      unreadable: "parser-refused",
      replyTokens: [token],
    });
  });
});

describe("what a letter says of a mail", () => {
  test("sender, subject and text in plain Swedish", async () => {
    const letter = await parse(
      mail(
        "From: =?iso-8859-1?Q?=C5sa_=D6berg-Ek?= <Asa@Example.org>",
        "To: Kommunen <kommunen@example.se>, Grannar: a@example.org, b@example.org;",
        "Subject: =?utf-8?B?UGxvZ25pbmcgcMOlIFN0b3JnYXRhbg==?=",
        "Message-ID: <1@example.org>",
        "Content-Type: text/plain; charset=iso-8859-1",
        "",
        "H\xe4lsningar fr\xe5n \xc5sa",
      ),
    );
    expect(letter).toMatchObject({
      unreadable: null,
      from: { name: "Åsa Öberg-Ek", address: "asa@example.org" },
      subject: "Plogning på Storgatan",
      text: "Hälsningar från Åsa\n",
      isReply: false,
      attachments: [],
    });
    expect(letter.to.map(({ address }) => address)).toEqual([
      "kommunen@example.se",
      "a@example.org",
      "b@example.org",
    ]);
  });

  test.each([
    ["Asa <ASA+plank@Example.org>", { name: "Asa", address: "asa+plank@example.org" }],
    ["asa@ex\u00e4mple.org", { name: null, address: "asa@ex\u00e4mple.org" }],
    ['"ond@example.net"@example.org', { name: "ond@example.net@example.org", address: null }],
    ["<@example.net:asa@example.org>", { name: "@example.net:asa@example.org", address: null }],
    ["asa@example.org\u0000ond@example.net", { name: "asa@example.orgond@example.net", address: null }],
    ["asa@example.org\u202egro", { name: "asa@example.org\u202egro", address: null }],
    ["Asa <asa@[192.0.2.1]>", { name: "Asa", address: null }],
    ["undisclosed", { name: "undisclosed", address: null }],
  ])("a sender's address is one that can be written to, or none: %j", async (line, from) => {
    expect((await parse(Buffer.from(mail(`From: ${line}`, "", "Hej")))).from).toEqual(from);
  });

  test.each([
    ["said to be UTF-8", "Content-Type: text/plain; charset=utf-8", "sj\xe4lvmord"],
    ["UTF-8 that is said to be Latin-1", "Content-Type: text/plain; charset=iso-8859-1", "sj\xc3\xa4lvmord"],
    ["said to be nothing", "Subject: Hej", "sj\xe4lvmord"],
  ])("a text in another charset than it says is read: %s", async (_what, field, body) => {
    expect((await parse(mail("From: a@example.org", field, "", body))).text.trim()).toBe("självmord");
  });

  test("a mail with an empty text beside its HTML has the HTML's", async () => {
    const raw = mail(
      "From: a@example.org",
      "Content-Type: multipart/alternative; boundary=b",
      "",
      "--b",
      "Content-Type: text/plain",
      "",
      " ",
      "--b",
      "Content-Type: text/html",
      "",
      "<p>Jag orkar inte leva l&auml;ngre</p>",
      "--b--",
    );
    const { letter } = await readWhole(raw, { urgent });
    expect([letter.text, letter.urgency]).toEqual(["Jag orkar inte leva längre", "suicide"]);
  });

  test("parts without anything between them are not dropped: the mail cannot be read, and is shown as it came", async () => {
    const letter = await parse(mail("From: a@example.org", "Content-Type: multipart/mixed", "", "Ring mig."));
    expect(letter).toMatchObject({
      unreadable: "parser-refused",
      text: expect.stringContaining("Ring mig."),
    });
  });

  test("links that nobody closes take no longer than others, and what stands before them is there", async () => {
    const unclosed = '<a href="'.repeat(30_000);
    const raw = mail("From: a@example.org", "Content-Type: text/html", "", `<p>Hej 2 < 3</p>${unclosed}`);
    const started = performance.now();
    expect((await parse(raw)).text).toContain("Hej 2 < 3");
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  test("an HTML-only mail has its text, without scripts", async () => {
    const html = "<style>p{}</style><p>Hej&nbsp;p&aring; <b>dig</b></p><script>alert(1)</script>";
    const letter = await parse(mail("From: a@example.org", "Content-Type: text/html", "", html));
    expect(letter.text).toContain("Hej");
    expect(letter.text).not.toMatch(/alert|<b>|style/);
  });

  test("attachments are named, measured and hashed; a nested mail stays whole", async () => {
    const letter = await parse(
      mail(
        "From: a@example.org",
        "Content-Type: multipart/mixed; boundary=b",
        "",
        "--b",
        "Content-Type: text/plain",
        "",
        "Se bilaga",
        "--b",
        "Content-Type: application/pdf",
        "Content-Disposition: attachment; filename*=utf-8''ans%C3%B6kan.pdf",
        "Content-Transfer-Encoding: base64",
        "",
        "aGVq",
        "--b",
        "Content-Type: message/rfc822",
        "",
        "From: c@example.org",
        "Subject: Inuti",
        "",
        "Det inre",
        "--b--",
      ),
    );
    expect(letter.attachments).toMatchObject([
      { name: "ansökan.pdf", contentType: "application/pdf", bytes: 3 },
      { contentType: "message/rfc822" },
    ]);
    expect(letter.attachments[0]?.sha256).toBe(createHash("sha256").update("hej").digest("hex"));
    expect(letter.text).not.toContain("Det inre");
  });

  test("a reply knows its thread, and the token it was sent to", async () => {
    const token = "a".repeat(26);
    const letter = await parse(
      mail("From: a@example.org", "References: <root@x> <b@x>", "Message-ID: <c@x>", "", "Tack"),
      [`kommunen+${token}@example.se`],
    );
    const root = await parse(mail("From: a@example.org", "Message-ID: <root@x>", "", "Hej"));
    expect(letter).toMatchObject({ isReply: true, replyTokens: [token] });
    expect(letter.threadKey).toBe(root.threadKey);
    expect(letter.threadKey).toMatch(/^[0-9a-f]{32}$/);
  });

  test("a very long text is cut and says so; control characters do not pass", async () => {
    const letter = await parse(mail("From: a@example.org", "Subject: a\u0007b", "", "x".repeat(400_000)));
    expect([letter.textTruncated, letter.text.length, letter.subject]).toEqual([true, 300_000, "a\ufffdb"]);
  });
});

describe("39 MB of short lines", () => {
  const line = "0123456789abcde\r\n";
  const part = "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n";
  const timed = async (megabytes: number, before: string, after: string) => {
    const head = Buffer.from(`From: a@example.org\r\nSubject: L\u00e5ngt\r\n${before}`);
    const raw = Buffer.concat([head, Buffer.alloc(megabytes * 1024 * 1024, line), Buffer.from(after)]);
    const started = performance.now();
    const letter = await parse(raw);
    return { letter, took: performance.now() - started };
  };

  test.each([
    ["as one text", "\r\n", ""],
    ["in a part of several", part, "\r\n--b--\r\n"],
  ])(
    "%s take no longer than their share, and the letter says that there is more",
    async (_what, before, after) => {
      const tenth = await timed(4, before, after);
      const whole = await timed(39, before, after);
      expect(whole.letter).toMatchObject({ unreadable: null, textTruncated: true });
      expect(whole.took).toBeLessThan(30 * tenth.took);
    },
    60_000,
  );
});
test("an attachment of 39 MB is read whole", async () => {
  const content = Buffer.alloc(28 * 1024 * 1024, "karta");
  const encoded = content.toString("base64").replace(/.{76}/g, "$&\r\n");
  const letter = await parse(
    mail(
      "From: a@example.org",
      "Content-Type: multipart/mixed; boundary=b",
      "",
      "--b",
      "Content-Type: application/pdf",
      "Content-Transfer-Encoding: base64",
      "",
      encoded,
      "--b--",
    ),
  );
  expect(letter).toMatchObject({ textTruncated: false, attachments: [{ bytes: content.length }] });
}, 60_000);

describe("what cannot be read is kept as such", () => {
  const trace = "Return-Path: <a@example.org>\r\nReceived: from x by y\r\n";
  test.each([
    ["nothing at all", "", "empty"],
    ["only what servers add", `${trace}\r\n`, "empty"],
    ["a text without header fields", `${trace}Hej, jag har en fr\xe5ga`, "no-mail-headers"],
    ["bytes", Buffer.from([0, 1, 2, 255, 254, 13, 10, 13, 10, 0]), "no-mail-headers"],
    ["more nesting than the parser takes", nested(1_000), "parser-refused"],
    [
      "more header than the parser takes",
      `From: a@example.org\r\nX: ${"y".repeat(3_000_000)}\r\n\r\n`,
      "parser-refused",
    ],
  ])("%s", async (_what, raw, reason) => {
    const letter = await parse(raw);
    expect(letter.unreadable).toBe(reason);
    expect(letter.text.length).toBeLessThanOrEqual(4_000);
  });

  test("an empty mail with a sender is readable: it just says nothing", async () => {
    expect(await parse(mail("From: a@example.org", "Subject: ", "", ""))).toMatchObject({
      unreadable: null,
      text: "",
    });
  });
});

test("any bytes give a letter of the right shape, the same one each time", async () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 2_000 }),
    fc
      .string({ maxLength: 2_000 })
      .map((text) => Buffer.from(`From: a@example.org\r\nContent-Type: ${text}\r\n\r\n${text}`)),
  );
  await fc.assert(
    fc.asyncProperty(bytes, async (raw) => {
      const [first, second] = [await parse(raw), await parse(raw)];
      expect(mailLetterSchema.parse(first)).toEqual(second);
    }),
    { numRuns: 200 },
  );
});

function nested(levels: number): string {
  const open = Array.from(
    { length: levels },
    (_, at) => `Content-Type: multipart/mixed; boundary=b${at}\r\n\r\n--b${at}\r\n`,
  );
  return `From: a@example.org\r\n${open.join("")}`;
}
