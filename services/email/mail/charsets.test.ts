import fc from "fast-check";
import PostalMime from "postal-mime";
import { expect, test } from "vitest";
import { inKnownCharsets } from "./charsets.ts";

const swedish = "Hälsningar från Åsa Öberg-Ek";
/** Of the code page 850: ä is 84, å is 86, Å is 8F, Ö is 99 (hexadecimal). */
const cp850 = "H\x84lsningar fr\x86n \x8fsa \x99berg-Ek";
const utf7 = "H+AOQ-lsningar fr+AOU-n +AMU-sa +ANY-berg-Ek";

const read = async (...lines: string[]) =>
  await PostalMime.parse(await inKnownCharsets(Buffer.from(lines.join("\r\n"), "latin1")));

test.each([
  ["cp850", "8bit", cp850],
  ["IBM850", "8bit", cp850],
  ["850", "8bit", cp850],
  [
    "cp850",
    "quoted-printable",
    cp850.replace(/[\x80-\xff]/g, (c) => `=${c.charCodeAt(0).toString(16).toUpperCase()}`),
  ],
  ["cp850", "base64", Buffer.from(cp850, "latin1").toString("base64")],
  ["utf-7", "7bit", utf7],
  ["UNICODE-1-1-UTF-7", "7bit", utf7],
])("a text in %s, sent as %s, is read", async (charset, encoding, body) => {
  const mail = await read(
    "From: a@example.org",
    `Content-Type: text/plain; charset="${charset}"`,
    `Content-Transfer-Encoding: ${encoding}`,
    "",
    body,
  );
  expect(mail.text?.trim()).toBe(swedish);
});

const latin = Buffer.from(swedish, "latin1").toString("latin1");
const utf8 = Buffer.from(swedish).toString("latin1");
test.each([
  ["Latin-1 without a word of it", "text/plain", "8bit", latin],
  ["Latin-1 called UTF-8", "text/plain; charset=utf-8", "8bit", latin],
  ["Latin-1 called ASCII", "text/plain; charset=us-ascii", "8bit", latin],
  ["UTF-8 called ASCII", "text/plain; charset=us-ascii", "8bit", utf8],
  ["UTF-8 called Latin-1", 'text/plain; charset="ISO-8859-1"', "8bit", utf8],
  [
    "UTF-8 called Windows",
    "text/plain; charset=windows-1252",
    "base64",
    Buffer.from(swedish).toString("base64"),
  ],
  [
    "Latin-1 called UTF-8, quoted",
    "text/plain; charset=UTF-8",
    "quoted-printable",
    latin.replace(/[\x80-\xff]/g, (c) => `=${c.charCodeAt(0).toString(16).toUpperCase()}`),
  ],
  ["UTF-8 that is", "text/plain; charset=utf-8", "8bit", utf8],
  ["Latin-1 that is", "text/plain; charset=iso-8859-1", "8bit", latin],
])("%s is read by its bytes once the text was seen to be wrong", async (_what, type, encoding, body) => {
  const raw = [
    "From: a@example.org",
    `Content-Type: ${type}`,
    `Content-Transfer-Encoding: ${encoding}`,
    "",
    body,
  ];
  const bytes = await inKnownCharsets(Buffer.from(raw.join("\r\n"), "latin1"), { wrongly: true });
  expect((await PostalMime.parse(bytes)).text?.trim()).toBe(swedish);
});

test("header words in another charset than they say are read by their bytes too", async () => {
  const q = (text: string) =>
    text.replace(/[\x80-\xff ]/g, (c) => `=${c.charCodeAt(0).toString(16).toUpperCase()}`);
  const raw = [
    `From: =?iso-8859-1?Q?${q(utf8)}?= <a@example.org>`,
    `Subject: =?utf-8?Q?${q(latin)}?=`,
    "",
    "Hej",
  ].join("\r\n");
  const bytes = await inKnownCharsets(Buffer.from(raw, "latin1"), { wrongly: true });
  const mail = await PostalMime.parse(bytes);
  expect([mail.from?.name, mail.subject]).toEqual([swedish, swedish]);
});

test("a mail without any type, and a file beside a text, that are Latin-1: the text is read, the file stays byte for byte", async () => {
  const bare = Buffer.from(`From: a@example.org\r\n\r\n${latin}`, "latin1");
  expect((await PostalMime.parse(await inKnownCharsets(bare, { wrongly: true }))).text?.trim()).toBe(swedish);
  const mail = [
    "From: a@example.org",
    "Content-Type: multipart/mixed; boundary=b",
    "",
    "--b",
    "Content-Type: text/html; charset=utf-8",
    "",
    `<p>${latin}</p>`,
    "--b",
    "Content-Type: text/csv",
    "Content-Disposition: attachment; filename=a.csv",
    "",
    latin,
    "--b--",
  ].join("\r\n");
  const { html, attachments } = await PostalMime.parse(
    await inKnownCharsets(Buffer.from(mail, "latin1"), { wrongly: true }),
    { attachmentEncoding: "arraybuffer" },
  );
  expect(html).toContain(swedish);
  expect(
    Buffer.from(attachments[0]?.content as ArrayBuffer)
      .toString("latin1")
      .trim(),
  ).toBe(latin);
});

test("header words and each part are read in their own charset", async () => {
  const mail = await read(
    "From: =?cp850?Q?=8Fsa_=99berg?= <a@example.org>",
    `Subject: =?ibm850?B?${Buffer.from(cp850, "latin1").toString("base64")}?=`,
    'Content-Type: multipart/mixed; boundary="b b"',
    "",
    "--b b",
    "Content-Type: text/plain; charset=cp850",
    "",
    cp850,
    "--b b",
    "Content-Type: text/plain; charset=iso-8859-1",
    "",
    "gr\xf6t",
    "--b b",
    "Content-Type: application/pdf; name=x.pdf",
    "Content-Transfer-Encoding: base64",
    "",
    "aGVq",
    "--b b--",
  );
  expect([mail.from?.name, mail.subject]).toEqual(["Åsa Öberg", swedish]);
  expect(mail.text).toContain(swedish);
  expect(mail.text).toContain("gröt");
  expect(mail.attachments.map(({ filename }) => filename)).toEqual(["x.pdf"]);
});

test("a header field in bare Latin-1 is read, beside one in UTF-8, and the body is left alone", async () => {
  const mail = await read(
    "From: \xc5sa \xd6berg <a@example.org>",
    "Subject: Gr\xf6tfrukost \x96 p\xe5 m\xe5ndag",
    `To: ${Buffer.from("Malmö").toString("latin1")} <b@example.org>`,
    "Content-Type: text/plain; charset=iso-8859-1",
    "",
    "gr\xf6t",
  );
  expect([mail.from?.name, mail.subject, mail.to?.[0]?.name]).toEqual([
    "Åsa Öberg",
    "Grötfrukost – på måndag",
    "Malmö",
  ]);
  expect(mail.text?.trim()).toBe("gröt");
});

test("mail in any other charset is the same bytes, and no bytes stop it", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 500 }), async (bytes) => {
      const mail = Buffer.concat([Buffer.from("Subject: Åsa\r\n\r\n"), bytes]);
      expect(await inKnownCharsets(mail)).toBe(mail);
      const exotic = Buffer.concat([Buffer.from("Content-Type: text/plain; charset=cp850\r\n\r\n"), bytes]);
      expect((await inKnownCharsets(exotic)).byteLength).toBeGreaterThan(0);
    }),
  );
});
