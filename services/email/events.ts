import * as z from "zod/mini";
import { code, count, defineEvent, flag, id, instant, letterRef } from "#shared/event.ts";
import { outgoingKinds } from "./outgoing/outbox.ts";
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
  readable: flag,
  bytes: count,
  attachments: count,
  letter: letterRef,
});
export type MailReceived = z.infer<typeof mailReceived.schema>;

const outgoing = {
  outboxId: id,
  outboxVersion: count,
  kind: code(outgoingKinds),
  caseId: id,
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
  "urgent",
  "answered-already",
  "address-blocked",
  "too-many-today",
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
  /** Plain text; of an HTML mail its text. Of an unreadable mail the first part of its bytes, as far as they print. */
  text: z.string(),
  textTruncated: z.boolean(),
  attachments: z.array(attachment),
  /** Identity of the thread (RFC 5322 §3.6.4), hashed: an id in a mail may hold an address. */
  threadKey: z.nullable(z.string()),
  /** The mail answers another one, by its own References or In-Reply-To. */
  isReply: z.boolean(),
  /** What stood after the `+` in addresses of ours: perhaps a token that we gave out. */
  replyTokens: z.array(z.string()),
});
export type MailLetter = z.infer<typeof mailLetterSchema>;
