import { municipality } from "#shared/config.ts";
import { sha256 } from "#shared/ids.ts";
import { sealLetter, writeLetter } from "#shared/letter.ts";
import { log } from "#shared/logging.ts";
import { type Delivery as QueueDelivery, queueHandler } from "#shared/queue.ts";
import { receiveMailEnv } from "./env.ts";
import { mailReceived, noticeSubmitted, type Trust } from "./events.ts";
import { archiveKey, deliveryIdOf } from "./keys.ts";
import { addresseeOf, isOwnDomain, type OwnAddresses } from "./mail/addressee.ts";
import { isPermanent } from "./mail/delivery-report.ts";
import { foundByForwarder } from "./mail/forwarder.ts";
import { mailIdentity } from "./mail/identity.ts";
import { type ParsedMail, parseMail, unreadable } from "./mail/parse.ts";
import { trustOf } from "./mail/trust.ts";
import { archive, emptyInbox, keepFiles, readInbox } from "./mail-store.ts";
import { attemptNeverEnded, findDelivery, noteAttempt, saveDelivery } from "./mail-table.ts";
import { type Notice, noticeSchema, type Receipt, receiptOf } from "./notice.ts";
import { findBySesIds } from "./outbox-table.ts";
import { settle } from "./settle-table.ts";

/** From this receive on it is noted that the mail is being taken in: the first may have ended with the function. */
const notedFrom = 2;
/** From this one on the parser is skipped, when the mail took the function down the last time. */
const parserGivesUpAt = 3;

export const handler = queueHandler(noticeSchema, receiveMail);

/** A call that fails is a failure; only a mail that takes the function down again is no longer given to the parser. */
async function receiveMail(notice: Notice, { receiveCount, now }: QueueDelivery): Promise<void> {
  if (receiveCount < notedFrom) return await takeIn(notice, true, now);
  const { EMAIL_TABLE } = receiveMailEnv();
  const deliveryId = deliveryIdOf(receiptOf(notice).inboxKey);
  if (receiveCount >= parserGivesUpAt && (await attemptNeverEnded(EMAIL_TABLE, deliveryId)))
    return await takeIn(notice, false, now);
  await noteAttempt(EMAIL_TABLE, deliveryId, "begun");
  try {
    await takeIn(notice, true, now);
  } finally {
    await noteAttempt(EMAIL_TABLE, deliveryId, "ended");
  }
}

/** inbox → archive → files → letter → row and event → inbox emptied. Each step may be run again. */
async function takeIn(notice: Notice, parses: boolean, now: Date): Promise<void> {
  const env = receiveMailEnv();
  const receipt = receiptOf(notice);
  const deliveryId = deliveryIdOf(receipt.inboxKey);
  const raw = await readInbox(env.INBOX_BUCKET, receipt.inboxKey);
  if (raw === undefined) return await assertSaved(env.EMAIL_TABLE, deliveryId);

  const digest = sha256(raw);
  const archived = archiveKey(receipt.receivedAt, digest);
  await archive(env.ARCHIVE_BUCKET, archived, raw, receipt.receivedAt);

  const parsed = await readMail(raw, receipt, parses);
  const { letter } = parsed;
  await keepFiles(env.FILES_BUCKET, letter.mailId, parsed.files);
  const sealed = sealLetter("email", letter.mailId, letter);
  await writeLetter(env.LETTERS_BUCKET, sealed);

  const answered = await findBySesIds(env.EMAIL_TABLE, parsed.sesIds);
  const saved = await saveDelivery(
    env.EMAIL_TABLE,
    {
      deliveryId,
      mailId: letter.mailId,
      receivedAt: receipt.receivedAt.toISOString(),
      archiveKey: archived,
      sha256: digest,
      bytes: raw.byteLength,
      recipients: (receipt.recipients ?? []).slice(0, 50),
      verdicts: receipt.verdicts,
    },
    eventsOf(parsed, receipt, {
      deliveryId,
      bytes: raw.byteLength,
      ref: { key: sealed.key, sha256: sealed.sha256 },
      aboutCase: answered?.caseId,
    }),
  );
  if (answered !== undefined && letter.deliveryReport?.recipients.some(isPermanent) === true)
    await settle(env.EMAIL_TABLE, answered.outboxId, { status: "bounced" }, now);
  await emptyInbox(env.INBOX_BUCKET, receipt.inboxKey);
  log("MAIL_RECEIVED", { deliveryId, mailId: letter.mailId, saved, readable: letter.unreadable === null });
}

/** The inbox is emptied only after the row is written, so a missing object is either done or a fault to be seen. */
async function assertSaved(mailTable: string, deliveryId: string): Promise<void> {
  const delivery = await findDelivery(mailTable, deliveryId);
  if (delivery === undefined)
    throw new Error("the inbox has no such object, and no row says that it was handled");
}

async function readMail(raw: Uint8Array, receipt: Receipt, parses: boolean): Promise<ParsedMail> {
  const mailId = mailIdentity(raw);
  if (!parses) return unreadable(mailId, raw, "parser-gave-up", receipt.recipients);
  const { caseNumber, urgent } = municipality();
  return await parseMail(mailId, raw, {
    recipients: receipt.recipients,
    casePrefix: caseNumber.prefix,
    urgent: urgent.rules,
  });
}

type Kept = {
  deliveryId: string;
  bytes: number;
  ref: { key: string; sha256: string };
  aboutCase: string | undefined;
};

/** What is told of a mail: that it came, and for news to the servicecenter that too. */
function eventsOf({ letter, fields }: ParsedMail, receipt: Receipt, kept: Kept) {
  const headerRecipients = [...letter.to, ...letter.cc].flatMap(({ address }) => address ?? []);
  const own = ownAddresses();
  const { addressee, unit } = addresseeOf(receipt.recipients ?? headerRecipients, own);
  const sender = letter.from?.address ?? null;
  const trust = trustIn(receipt, fields, sender);
  const receivedAt = receipt.receivedAt.toISOString();
  const { mailId } = letter;
  const received = mailReceived.make(
    { subject: mailId, version: 1, at: receipt.receivedAt },
    {
      mailId,
      deliveryId: kept.deliveryId,
      receivedAt,
      channel: "email",
      addressee,
      unit,
      trust,
      writer: letter.writer,
      nature: letter.nature,
      urgency: letter.urgency ?? undefined,
      aboutCase: kept.aboutCase,
      readable: letter.unreadable === null,
      bytes: kept.bytes,
      attachments: letter.attachments.length,
      letter: kept.ref,
    },
  );
  const isNotice = addressee === "internal" && trust === "verified" && isOwnDomain(sender, own);
  if (!isNotice) return { received };
  const submitted = noticeSubmitted.make(
    { subject: mailId, version: 2, at: receipt.receivedAt },
    { mailId, receivedAt, letter: kept.ref },
  );
  return { received, submitted };
}

/** What SES found; of mail that the municipality's own server hands us, what that server found of its sender. */
function trustIn(receipt: Receipt, fields: ParsedMail["fields"], sender: string | null): Trust {
  const { verdicts, envelopeFrom } = receipt;
  const found = foundByForwarder(fields, municipality().mail.forwarder);
  if (verdicts === undefined || found === undefined) return trustOf(verdicts, envelopeFrom, sender);
  return trustOf({ ...verdicts, ...found }, found.envelopeFrom, sender);
}

function ownAddresses(): OwnAddresses {
  const { mail, units } = municipality();
  return {
    domains: [mail.domain, mail.subdomain],
    official: mail.official,
    internal: mail.internal,
    units: new Map(units.map((unit) => [unit.mailbox, unit.id])),
  };
}
