import * as z from "zod/mini";
import { code, count, defineEvent, flag, id, instant, letterRef } from "#shared/event.ts";
import { urgencyCodes } from "#shared/urgency.ts";
import { outgoingKinds } from "./outgoing/outbox.ts";
import { natureCodes } from "./rules/nature.ts";
import { type PartKind, partKinds } from "./rules/quote.ts";
import { securedCodes } from "./rules/secured.ts";
import { writerCodes } from "./rules/writer.ts";

/** How sure we are that the mail comes from whom it says: from the receipt's verdicts, never from the mail's own headers. */
export const trustCodes = ["verified", "unknown", "failed"] as const;
export type Trust = (typeof trustCodes)[number];

/**
 * What sort of address the mail was sent to: an answer to us, the official address, a unit's official mailbox, the
 * departments' address for news, or none that we know.
 */
export const addresseeCodes = ["reply", "official", "unit", "internal", "unknown"] as const;
export type Addressee = (typeof addresseeCodes)[number];

/** A mail that had not come before. Once per mail, however many deliveries it had. */
export const mailReceived = defineEvent("servicecenter/email", "MailReceived", {
  mailId: id,
  deliveryId: id,
  receivedAt: instant,
  channel: code(["email"]),
  addressee: code(addresseeCodes),
  /** The unit whose mailbox it was sent to. */
  unit: z.optional(id),
  trust: code(trustCodes),
  /** A machine's mail becomes a case like any other, but is never answered by us. */
  writer: code(writerCodes),
  nature: code(natureCodes),
  /** It must not wait: somebody on call is told at once. */
  urgency: z.optional(code(urgencyCodes)),
  /** It answers, or reports on, a mail of ours about this case: it names the id that SES gave that mail. */
  aboutCase: z.optional(id),
  readable: flag,
  bytes: count,
  attachments: count,
  letter: letterRef,
});
export type MailReceived = z.infer<typeof mailReceived.schema>;

/** News for the servicecenter, sent by a department to the internal address: surely from the municipality's own domain. */
export const noticeSubmitted = defineEvent("servicecenter/email", "NoticeSubmitted", {
  mailId: id,
  receivedAt: instant,
  letter: letterRef,
});
export type NoticeSubmitted = z.infer<typeof noticeSubmitted.schema>;

const outgoing = {
  outboxId: id,
  outboxVersion: count,
  kind: code(outgoingKinds),
  /** What it is about: a case, or a booking. */
  caseId: z.optional(id),
  bookingId: z.optional(id),
};
const outgoingEvent = <Type extends string>(type: Type) => defineEvent("servicecenter/email", type, outgoing);

/** SES does not take it yet, or others go first: it is sent later. */
export const mailQueued = outgoingEvent("MailQueued");
/** SES has taken a mail of ours. */
export const mailSent = outgoingEvent("MailSent");
export const mailDelivered = outgoingEvent("MailDelivered");
/** It did not reach its address, and never will. */
export const mailBounced = outgoingEvent("MailBounced");
/** The receiver has called it spam. */
export const mailComplained = outgoingEvent("MailComplained");
/** SES would not take it. */
export const mailRefused = outgoingEvent("MailRefused");
/** Nobody knows whether it was sent; it is not sent again by itself. */
export const mailUncertain = outgoingEvent("MailUncertain");

/** Why a new case gets no acknowledgement. The agent sees it: "ingen bekräftelse skickad". */
export const noAcknowledgementCodes = [
  "sender-not-verified",
  "written-by-a-machine",
  "unreadable",
  "no-address",
  "our-own-address",
  "not-for-citizens",
  "only-thanks",
  "no-answer-due",
  "urgent",
  "answered-already",
  "address-blocked",
  "too-many-today",
  "too-soon",
  "too-many-now",
] as const;
export type NoAcknowledgement = (typeof noAcknowledgementCodes)[number];

/** A new case got no acknowledgement, by our own rules. */
export const acknowledgementSkipped = defineEvent("servicecenter/email", "AcknowledgementSkipped", {
  ...outgoing,
  reason: code(noAcknowledgementCodes),
});

const mailbox = z.object({ name: z.nullable(z.string()), address: z.nullable(z.string()) });
export type Mailbox = z.infer<typeof mailbox>;

const attachment = z.object({
  name: z.nullable(z.string()),
  contentType: z.string(),
  bytes: z.number(),
  sha256: z.string(),
  /** It lay in a `winmail.dat`, which is listed too. */
  unpacked: z.boolean(),
  /** What an `<img>` of the HTML names it by (`cid:`), without angle brackets. */
  contentId: z.nullable(z.string()),
});

/** What became of a mail of ours at one recipient (RFC 3464 §2.3). */
const reportedRecipient = z.object({
  address: z.nullable(z.string()),
  action: z.enum(["failed", "delayed", "delivered", "relayed", "expanded", "unknown"]),
  /** `5.1.1`; RFC 3463. */
  status: z.nullable(z.string()),
});

/** Why a mail could not be read. The raw mail is in the archive whatever the reason. */
export const unreadableCodes = ["empty", "no-mail-headers", "parser-refused", "parser-gave-up"] as const;
export type Unreadable = (typeof unreadableCodes)[number];

/** The parsed mail, sealed. Written by `receive-mail`, named by `MailReceived`. */
export const mailLetterSchema = z.object({
  mailId: z.string(),
  unreadable: z.nullable(z.enum(unreadableCodes)),
  from: z.nullable(mailbox),
  replyTo: z.array(mailbox),
  to: z.array(mailbox),
  cc: z.array(mailbox),
  subject: z.nullable(z.string()),
  /** As the mail has it, angle brackets and all: what an answer refers to. */
  messageId: z.nullable(z.string()),
  writer: z.enum(writerCodes),
  nature: z.enum(natureCodes),
  urgency: z.nullable(z.enum(urgencyCodes)),
  /** How its sender secured it. What is encrypted cannot be read here. */
  secured: z.nullable(z.enum(securedCodes)),
  /** Plain text; of an HTML mail its text. Of an unreadable mail the first part of its bytes, as far as they print. */
  text: z.string(),
  textTruncated: z.boolean(),
  /** Which parts of the text were written now, which are quoted, which are a signature: nothing is left out. */
  parts: z.array(z.object({ kind: z.enum(partKinds), end: z.int() })),
  /** The mail's own HTML, as it came: hostile until whoever shows it has cleaned it. */
  html: z.nullable(z.string()),
  attachments: z.array(attachment),
  /** Identity of the thread (RFC 5322 §3.6.4), hashed: an id in a mail may hold an address. */
  threadKey: z.nullable(z.string()),
  /** The mail answers another one, by its own References or In-Reply-To. */
  isReply: z.boolean(),
  /** What stood after the `+` in addresses of ours: perhaps a token that we gave out. */
  replyTokens: z.array(z.string()),
  /** Case numbers in the subject and the text: a hint to whoever reads, never a way into a case. */
  caseNumbers: z.array(z.string()),
  deliveryReport: z.nullable(z.object({ recipients: z.array(reportedRecipient) })),
});
export type MailLetter = z.infer<typeof mailLetterSchema>;

/** What the sender of a mail wrote now: its text without quotes and signature. */
export function ownTextOf(text: string, parts: MailLetter["parts"]): string {
  return textOf(text, parts, ["own"]);
}

/** The parts of a mail's text that are of some kinds. */
export function textOf(text: string, parts: MailLetter["parts"], kinds: readonly PartKind[]): string {
  return parts
    .map(({ kind, end }, n) => (kinds.includes(kind) ? text.slice(parts[n - 1]?.end ?? 0, end) : ""))
    .join("");
}
