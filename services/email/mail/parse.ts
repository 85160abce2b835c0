import PostalMime, { type Address, type Email } from "postal-mime";
import { sha256, shortHash } from "#shared/ids.ts";
import type { Mailbox, MailLetter, Unreadable } from "../events.ts";
import { writerOf } from "../rules/writer.ts";
import { replyTokensOf } from "./addressee.ts";
import { fieldName, senderFields, splitMail } from "./identity.ts";
import { threadOf } from "./thread.ts";

/** What the letter keeps of a mail; all of it is in the archive. Characters, and entries of a list. */
const limits = { text: 300_000, subject: 1_000, name: 300, addresses: 100, attachments: 500, excerpt: 4_000 };

/** Nested messages stay whole as attachments: each is an official document of its own. */
const parserOptions = { forceRfc822Attachments: true, attachmentEncoding: "arraybuffer" } as const;

/** Fields of which a mail has at least one (RFC 5322 §3.6, RFC 2045). */
const mailFields = [
  "from",
  "sender",
  "reply-to",
  "to",
  "cc",
  "subject",
  "date",
  "message-id",
  "mime-version",
  "content-type",
];

/** The content of a mail's letter, from its raw bytes. The same bytes always give the same letter. Never throws. */
export async function parseMail(
  mailId: string,
  raw: Uint8Array,
  recipients: readonly string[],
): Promise<MailLetter> {
  const fault = notAMail(raw);
  if (fault !== undefined) return unreadableLetter(mailId, raw, fault);
  try {
    const { bytes, cut } = withoutLongTail(raw);
    const letter = await readLetter(mailId, await PostalMime.parse(bytes, parserOptions), recipients);
    return cut ? { ...letter, textTruncated: true } : letter;
  } catch {
    return unreadableLetter(mailId, raw, "parser-refused");
  }
}

/** More than this of one text is never shown: bytes, at four for a character and some for its transfer encoding. */
const longestText = 2_000_000;
/**
 * More lines than an attachment of 40 MB has. The parser keeps each line of a text by itself: two million of them took
 * it 4 GB of memory, and a function has 1.7.
 */
const mostLines = 550_000;

/**
 * A mail without what the parser would take too long for, cut at a line end: the tail of one long text, of which the letter
 * keeps less than a hundredth, and of any mail that has more lines than an honest one.
 */
function withoutLongTail(raw: Uint8Array): { bytes: Uint8Array; cut: boolean } {
  const { header, body } = splitMail(raw);
  const type =
    senderFields(header).find((field) => fieldName(field) === "content-type") ?? "content-type: text/plain";
  const isText = /^content-type\s*:\s*text\//i.test(type);
  const textEnd = isText ? lineEndFrom(body, longestText) : body.byteLength;
  const kept = Math.min(textEnd, endOfLine(body, mostLines));
  const bytes = raw.subarray(0, raw.byteLength - body.byteLength + kept);
  return { bytes, cut: kept < body.byteLength };
}

/** Where the line ends in which a byte lies. */
function lineEndFrom(body: Uint8Array, place: number): number {
  const lineEnd = body.indexOf(0x0a, place);
  return lineEnd < 0 ? place : lineEnd + 1;
}

/** Where the line of that number ends; of a body with fewer lines, its end. */
function endOfLine(body: Uint8Array, number: number): number {
  let end = 0;
  for (let line = 1; line <= number; line += 1) {
    const lineEnd = body.indexOf(0x0a, end);
    if (lineEnd < 0) return body.byteLength;
    end = lineEnd + 1;
  }
  return end;
}

function notAMail(raw: Uint8Array): Unreadable | undefined {
  const { header, body } = splitMail(raw);
  const names = senderFields(header).map(fieldName);
  if (names.some((name) => mailFields.includes(name))) return undefined;
  const blank = names.length === 0 && body.every((byte) => byte <= 0x20);
  return blank ? "empty" : "no-mail-headers";
}

/** The letter of a mail that could not be read: the first of its bytes, as far as they print. */
export function unreadableLetter(mailId: string, raw: Uint8Array, reason: Unreadable): MailLetter {
  const { header, body } = splitMail(raw);
  const head = Buffer.concat([
    Buffer.from(senderFields(header).join("\n"), "latin1"),
    Buffer.from("\n"),
    body,
  ]);
  const excerpt = new TextDecoder().decode(head.subarray(0, limits.excerpt));
  return {
    mailId,
    unreadable: reason,
    from: null,
    replyTo: [],
    to: [],
    cc: [],
    subject: null,
    messageId: null,
    writer: "machine",
    text: printable(excerpt).trim(),
    textTruncated: head.length > limits.excerpt,
    attachments: [],
    threadKey: null,
    isReply: false,
    replyTokens: [],
  };
}

async function readLetter(mailId: string, mail: Email, recipients: readonly string[]): Promise<MailLetter> {
  const text = printable(mail.text ?? (mail.html === undefined ? "" : await textOfHtml(mail.html)));
  const thread = threadOf(mail);
  const from = mailboxes([mail.from])[0] ?? mailboxes([mail.sender])[0] ?? null;
  return {
    mailId,
    unreadable: null,
    from,
    replyTo: mailboxes(mail.replyTo),
    to: mailboxes(mail.to),
    cc: mailboxes(mail.cc),
    subject: cut(oneLine(mail.subject ?? ""), limits.subject),
    messageId: /^<[^<>\s]{1,500}>$/.test(mail.messageId ?? "") ? (mail.messageId ?? null) : null,
    writer: writerOf({
      fields: mail.headers,
      address: from?.address ?? null,
      subject: oneLine(mail.subject ?? ""),
    }),
    text: text.slice(0, limits.text),
    textTruncated: text.length > limits.text,
    attachments: mail.attachments.slice(0, limits.attachments).map((part) => {
      const content = bytesOf(part.content);
      return {
        name: cut(oneLine(part.filename ?? ""), limits.name),
        contentType: part.mimeType.slice(0, limits.name),
        bytes: content.byteLength,
        sha256: sha256(content),
      };
    }),
    threadKey: thread === undefined ? null : shortHash(thread.key),
    isReply: thread?.isReply ?? false,
    replyTokens: [...replyTokensOf(recipients)],
  };
}

function bytesOf(content: ArrayBuffer | Uint8Array | string): Uint8Array {
  if (typeof content === "string") return Buffer.from(content);
  return content instanceof Uint8Array ? content : new Uint8Array(content);
}

/** Groups are unfolded: who stands in a group got the mail as well. */
function mailboxes(addresses: readonly (Address | undefined)[] | undefined): Mailbox[] {
  return (addresses ?? [])
    .flatMap((address) => (address === undefined ? [] : (address.group ?? [address])))
    .slice(0, limits.addresses)
    .map((one) => mailboxOf(cut(oneLine(one.name), limits.name), oneLine(one.address).toLowerCase()));
}

/**
 * An address to which one mail can go, as nearly all are (RFC 5322 §3.4.1 without quotes, comments, routes and addresses of
 * machines). The parser takes quotes away: what they held is no longer the address that somebody wrote.
 */
const plainAddress = /^[^\s@"(),:;<>[\]\\\p{C}]{1,64}@[^\s@"(),:;<>[\]\\\p{C}]{1,255}$/u;

/** What is no plain address is shown as a name and never written to. */
function mailboxOf(name: string | null, address: string): Mailbox {
  return plainAddress.test(address)
    ? { name, address }
    : { name: name ?? cut(address, limits.name), address: null };
}

function cut(text: string, length: number): string | null {
  return text === "" ? null : text.slice(0, length);
}

function oneLine(text: string): string {
  return printable(text).replace(/\s+/g, " ").trim();
}

/** Without control characters, except line ends and tabs, and without halves of surrogate pairs. */
function printable(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(/[^\P{Cc}\n\t]/gu, "\ufffd")
    .toWellFormed();
}

/**
 * The text of an HTML-only mail. The parser makes text of HTML only where plain parts stand beside it, so it is handed
 * such a mail: one converter for both, and none of our own.
 */
async function textOfHtml(html: string): Promise<string> {
  const boundary = shortHash(html);
  const beside = [
    `Content-Type: multipart/mixed; boundary=${boundary}`,
    "",
    `--${boundary}`,
    "Content-Type: text/plain",
    "",
    "",
    `--${boundary}`,
    "Content-Type: text/html; charset=utf-8",
    "",
    html,
    `--${boundary}--`,
  ].join("\r\n");
  return (await PostalMime.parse(beside)).text?.trim() ?? "";
}
