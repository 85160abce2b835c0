import { createHash } from "node:crypto";

/**
 * Header fields that mail servers add on the way: they differ between two deliveries of one mail and say nothing of
 * what the sender wrote (RFC 5321 §4.4, RFC 6376, RFC 8601, RFC 8617; the prefixes are those of large providers).
 */
const transportFields = new Set([
  "return-path",
  "received",
  "delivered-to",
  "x-original-to",
  "envelope-to",
  "x-envelope-from",
  "x-envelope-to",
  "received-spf",
  "authentication-results",
  "dkim-signature",
  "x-received",
  "x-forwarded-to",
  "x-forwarded-for",
]);
const transportPrefixes = [
  "arc-",
  "x-ses-",
  "x-google-",
  "x-gm-",
  "x-ms-exchange-",
  "x-microsoft-antispam",
  "x-forefront-",
  "x-spam-",
  "x-virus-",
];

export function isTransportField(name: string): boolean {
  return transportFields.has(name) || transportPrefixes.some((prefix) => name.startsWith(prefix));
}

/** The header block and the body of raw mail. Without an empty line all of it is header. */
export function splitMail(raw: Uint8Array): { header: string; body: Uint8Array } {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const end = [
    { at: bytes.indexOf("\r\n\r\n"), length: 4 },
    { at: bytes.indexOf("\n\n"), length: 2 },
  ]
    .filter((candidate) => candidate.at >= 0)
    .sort((a, b) => a.at - b.at)[0];
  if (end === undefined) return { header: bytes.toString("latin1"), body: bytes.subarray(bytes.length) };
  return {
    header: bytes.toString("latin1", 0, end.at),
    body: bytes.subarray(end.at + end.length),
  };
}

/** The header fields that the sender's side wrote, each unparsed with its folded lines. */
export function senderFields(header: string): readonly string[] {
  return headerFields(header).filter((field) => !isTransportField(fieldName(field)));
}

/** All header fields, each unparsed with its folded lines. */
export function headerFields(header: string): readonly string[] {
  const fields: string[] = [];
  for (const line of header.split(/\r?\n/)) {
    const folded = /^[ \t]/.test(line) && fields.length > 0;
    if (folded) fields[fields.length - 1] += `\n${line}`;
    else if (line !== "") fields.push(line);
  }
  return fields;
}

/** The lower-case name of a header field, or the empty text for a line that is none (RFC 5322 §2.2). */
export function fieldName(field: string): string {
  return /^([!-9;-~]{1,100})[ \t]*:/.exec(field)?.[1]?.toLowerCase() ?? "";
}

/** What tells a mail from one of the same words (RFC 5322 §3.6.1, §3.6.4). */
const tellingFields = ["date", "message-id"];

function tellsItApart(field: string): boolean {
  return tellingFields.includes(fieldName(field)) && field.slice(field.indexOf(":") + 1).trim() !== "";
}

/**
 * The day on which our server had the mail, as it wrote that itself: its trace stands above all others (RFC 5321 §4.4). The
 * empty text when it wrote none.
 */
function dayOfReceipt(header: string): string {
  const topmost = headerFields(header).find((field) => fieldName(field) === "received") ?? "";
  const [, day, month, year] =
    /(\d{1,2})\s{1,5}(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\s{1,5}(\d{4})/i.exec(
      topmost.slice(topmost.lastIndexOf(";")),
    ) ?? [];
  return year === undefined ? "" : `${Number(day)} ${month?.toLowerCase()} ${year}`;
}

/**
 * Which mail this is: 128 bits as 32 hex digits over everything that the sender wrote, and nothing that a server added
 * on the way. One mail sent to two of our addresses, or sent again by a server that heard no answer, is one mail; two
 * mails that differ anywhere are two, whatever their Message-ID says.
 *
 * Where the sender's side wrote neither Date nor Message-ID, the same words may well be another mail, and whoever sends them
 * next month waits for an answer: of such mails only those of one day are one. The day stands in the bytes, so a notice that
 * comes late or from the sweeper finds the same.
 */
export function mailIdentity(raw: Uint8Array): string {
  const { header, body } = splitMail(raw);
  const fields = senderFields(header);
  const hash = createHash("sha256");
  for (const field of fields) hash.update(field, "latin1").update("\n");
  if (!fields.some(tellsItApart)) hash.update(dayOfReceipt(header));
  return hash.update("\n").update(body).digest("hex").slice(0, 32);
}
