import PostalMime, { type Address, type Attachment, type Email } from "postal-mime";
import { shortHash } from "#shared/ids.ts";
import { type Urgency, type UrgencyRule, urgencyOf } from "#shared/urgency.ts";
import { type Mailbox, type MailLetter, ownTextOf, textOf, type Unreadable } from "../events.ts";
import { type Nature, natureOf } from "../rules/nature.ts";
import { partsOf } from "../rules/quote.ts";
import { securedBy } from "../rules/secured.ts";
import { isToMany, writerOf } from "../rules/writer.ts";
import { replyTokensOf } from "./addressee.ts";
import { inKnownCharsets } from "./charsets.ts";
import { reportIn, reportTypes } from "./delivery-report.ts";
import { bytesOf, filesOf, type MailFile } from "./files.ts";
import { fieldName, senderFields, splitMail } from "./identity.ts";
import { cut, oneLine, printable } from "./plain.ts";
import { sesIdsIn, threadOf } from "./thread.ts";

/** What the letter keeps of a mail; all of it is in the archive. Characters, and entries of a list. */
const limits = {
  text: 300_000,
  html: 500_000,
  subject: 1_000,
  name: 300,
  addresses: 100,
  excerpt: 4_000,
  caseNumbers: 3,
};

/** What reading a mail needs to know beside its bytes. */
export type Reading = {
  /** The envelope's, where it is known. */
  recipients: readonly string[] | undefined;
  /** How our own case numbers begin: `BJO`. */
  casePrefix: string;
  urgent: readonly UrgencyRule[];
};

/** A mail as it was read: its letter, the files that came with it, and what only the receiving shell asks for. */
export type ParsedMail = {
  letter: MailLetter;
  /** By the content's sha256. */
  files: ReadonlyMap<string, MailFile>;
  /** The header fields, lower-case names, from the top: a server puts its own above those that were there. */
  fields: readonly { key: string; value: string }[];
  /** SES's ids of mails of ours that this one answers or reports on. */
  sesIds: readonly string[];
};

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

/** Reads a mail's raw bytes. The same bytes always give the same letter. Never throws. */
export async function parseMail(mailId: string, raw: Uint8Array, reading: Reading): Promise<ParsedMail> {
  const fault = notAMail(raw);
  if (fault !== undefined) return unreadable(mailId, raw, fault, reading.recipients);
  try {
    const { bytes, cut } = withoutLongTail(raw);
    const mail = await decoded(bytes);
    const parsed = await readMail(mailId, mail, reading);
    return cut ? { ...parsed, letter: { ...parsed.letter, textTruncated: true } } : parsed;
  } catch {
    return unreadable(mailId, raw, "parser-refused", reading.recipients);
  }
}

/** A mail that could not be read: what is left is its first bytes, the archive, and which case it was sent to. */
export function unreadable(
  mailId: string,
  raw: Uint8Array,
  reason: Unreadable,
  recipients: Reading["recipients"],
): ParsedMail {
  const letter = unreadableLetter(mailId, raw, reason);
  const replyTokens = [...replyTokensOf(recipients ?? [])];
  return { letter: { ...letter, replyTokens }, files: new Map(), fields: [], sesIds: [] };
}

/** What a wrong charset leaves of å, ä and ö: bytes that are no UTF-8, and UTF-8 that was taken for Latin-1. */
const wronglyDecoded = /\ufffd|Ã[\x80-\xbf\u2013-\u203a]/;

async function decoded(bytes: Uint8Array): Promise<Email> {
  const mail = await PostalMime.parse(await inKnownCharsets(bytes), parserOptions);
  const shown = [mail.from?.name, mail.subject, mail.text, mail.html].join("\n");
  if (!wronglyDecoded.test(shown)) return mail;
  return await PostalMime.parse(await inKnownCharsets(bytes, { wrongly: true }), parserOptions);
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
  if (names.some((name) => mailFields.includes(name)))
    return hasLostParts(raw) ? "parser-refused" : undefined;
  const blank = names.length === 0 && body.every((byte) => byte <= 0x20);
  return blank ? "empty" : "no-mail-headers";
}

/** The letter of a mail that could not be read: the first of its bytes, as far as they print. */
function unreadableLetter(mailId: string, raw: Uint8Array, reason: Unreadable): MailLetter {
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
    writer: "unsure",
    nature: "ordinary",
    urgency: null,
    secured: null,
    text: printable(excerpt).trim(),
    textTruncated: head.length > limits.excerpt,
    parts: [],
    html: null,
    attachments: [],
    threadKey: null,
    isReply: false,
    replyTokens: [],
    caseNumbers: [],
    deliveryReport: null,
  };
}

/** A mail of several parts that does not say what stands between them: the parser finds none, and drops them all. */
function hasLostParts(raw: Uint8Array): boolean {
  const type = senderFields(splitMail(raw).header).find((field) => fieldName(field) === "content-type");
  return type !== undefined && /^content-type\s*:\s*multipart\//i.test(type) && !/boundary/i.test(type);
}

async function readMail(mailId: string, mail: Email, reading: Reading): Promise<ParsedMail> {
  const html = mail.html === undefined || mail.html.length > limits.html ? null : printable(mail.html);
  const plain = mail.text ?? "";
  // Some programs send an empty text beside their HTML.
  const whole = plain.trim() !== "" || mail.html === undefined ? plain : await textOfHtml(mail.html);
  // Cleaned a little longer than it may be: line ends of two characters become one.
  const text = printable(whole.slice(0, 2 * limits.text)).slice(0, limits.text);
  const parts = [...partsOf(text, { interleaved: html !== null && goesOnAfterQuote(html) })];
  const ownText = ownTextOf(text, parts);
  const subject = oneLine(mail.subject ?? "");
  const files = filesOf(mail.attachments);
  const thread = threadOf(mail);
  const from = mailboxes([mail.from])[0] ?? mailboxes([mail.sender])[0] ?? null;
  const fields = mail.headers;
  const writer = writerOf({ fields, address: from?.address ?? null, subject });
  const nature = natureOf({ writer, fields, subject, ownText, attachments: files.length });
  const report = nature === "delivery-report" ? reportIn(mail.attachments.map(asReportPart)) : undefined;
  const [to, cc] = [mailboxes(mail.to), mailboxes(mail.cc)];
  // A token cannot be guessed: where the envelope is not known any more, whoever names one has had it from us.
  const named = [...to, ...cc].flatMap(({ address }) => address ?? []);
  const replyTokens = [...replyTokensOf(reading.recipients ?? named)];
  const sesIds = sesIdsIn([mail.inReplyTo, mail.references, report?.messageId]);
  const answersOurs = replyTokens.length > 0 || sesIds.length > 0;
  const letter: MailLetter = {
    mailId,
    unreadable: null,
    from,
    replyTo: mailboxes(mail.replyTo),
    to,
    cc,
    subject: cut(subject, limits.subject),
    messageId: /^<[^<>\s]{1,500}>$/.test(mail.messageId ?? "") ? (mail.messageId ?? null) : null,
    writer,
    nature,
    urgency: urgencyIn({ subject, text, parts, nature, fields, answersOurs }, reading.urgent),
    secured:
      securedBy({ fields, contentTypes: mail.attachments.map(({ mimeType }) => mimeType), text }) ?? null,
    text,
    textTruncated: whole.length > limits.text,
    parts,
    html,
    attachments: files.map(({ content: _content, ...listed }) => listed),
    threadKey: thread === undefined ? null : shortHash(thread.key),
    isReply: thread?.isReply ?? false,
    replyTokens,
    caseNumbers: caseNumbersIn(`${subject}\n${text}`, reading.casePrefix),
    deliveryReport: report === undefined ? null : { recipients: [...report.recipients] },
  };
  return {
    letter,
    files: new Map(files.map((file) => [file.sha256, file])),
    fields,
    sesIds,
  };
}

type Said = {
  subject: string;
  text: string;
  parts: MailLetter["parts"];
  nature: Nature;
  fields: readonly { key: string; value: string }[];
  answersOurs: boolean;
};

/**
 * What cannot wait, whoever seems to write: forms and programs send what people in need have written, and the alarm goes to our own.
 * What goes to many is news, and reports and absences are nobody's words. Of an answer to us what it quotes has been read before; a mail
 * that is sent on is read to its end.
 */
function urgencyIn(said: Said, rules: readonly UrgencyRule[]): Urgency | null {
  const { subject, text, parts, nature, fields, answersOurs } = said;
  if (nature === "delivery-report" || nature === "absence" || isToMany(fields)) return null;
  const read = answersOurs ? textOf(text, parts, ["own", "signature"]) : text;
  return urgencyOf(`${subject}\n${read}`, rules) ?? null;
}

function asReportPart({ mimeType, content }: Attachment) {
  return {
    mimeType,
    // RFC 6533: what is called global is UTF-8.
    text: reportTypes.includes(mimeType)
      ? Buffer.from(bytesOf(content)).toString(mimeType.startsWith("message/global") ? "utf8" : "latin1")
      : "",
  };
}

/** The HTML says something below its first quote: somebody answers there, which the text made of it does not show. */
function goesOnAfterQuote(html: string): boolean {
  const end = html.toLowerCase().indexOf("</blockquote>");
  if (end < 0) return false;
  const [, ...below] = html.slice(end, end + 20_000).split("<");
  // Of each piece what follows its tag.
  return below.some((piece) =>
    /\p{L}/u.test(piece.slice(piece.indexOf(">") + 1).replace(/&[a-z]{1,10};/g, "")),
  );
}

/** `BJO-2026-000123`, as our own numbers are written: each once, at most three. */
function caseNumbersIn(text: string, prefix: string): string[] {
  const numbers = [...text.matchAll(/\b[A-Z]{2,5}-20\d\d-\d{4,12}\b/gi)].map(([number]) =>
    number.toUpperCase(),
  );
  const ours = numbers.filter((number) => number.startsWith(`${prefix}-`));
  return [...new Set(ours)].slice(0, limits.caseNumbers);
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

/**
 * Of an HTML no more than its letter would keep, without what takes the converter long: it looks from each tag that nobody closes to
 * the end, and keeps each line by itself.
 */
function quickToConvert(html: string): string {
  return html
    .slice(0, limits.html)
    .replace(/<(?=[^<>]*(?:<|$))/g, "&lt;")
    .replace(/\s{4,}/g, "\n\n");
}

/**
 * The text of an HTML-only mail. The parser makes text of HTML only where plain parts stand beside it, so it is handed
 * such a mail: one converter for both, and none of our own.
 */
async function textOfHtml(given: string): Promise<string> {
  const html = quickToConvert(given);
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
