import { municipality } from "#shared/config.ts";
import { sha256 } from "#shared/ids.ts";
import { sealLetter, writeLetter } from "#shared/letter.ts";
import { log } from "#shared/logging.ts";
import { type Delivery as QueueDelivery, queueHandler } from "#shared/queue.ts";
import { receiveMailEnv } from "./env.ts";
import { type MailLetter, mailReceived } from "./events.ts";
import { archiveKey, deliveryIdOf } from "./keys.ts";
import { addresseeOf, type OwnAddresses } from "./mail/addressee.ts";
import { mailIdentity } from "./mail/identity.ts";
import { parseMail, unreadableLetter } from "./mail/parse.ts";
import { trustOf } from "./mail/trust.ts";
import { archive, emptyInbox, readInbox } from "./mail-store.ts";
import { findDelivery, saveDelivery } from "./mail-table.ts";
import { type Notice, noticeSchema, type Receipt, receiptOf } from "./notice.ts";

/** From this receive on the parser is skipped: it has taken the function down twice with this mail. */
const parserGivesUpAt = 3;

export const handler = queueHandler(noticeSchema, receiveMail);

/** inbox → archive → letter → row and event → inbox emptied. Each step may be run again. */
async function receiveMail(notice: Notice, { receiveCount }: QueueDelivery): Promise<void> {
  const env = receiveMailEnv();
  const receipt = receiptOf(notice);
  const deliveryId = deliveryIdOf(receipt.inboxKey);
  const raw = await readInbox(env.INBOX_BUCKET, receipt.inboxKey);
  if (raw === undefined) return await assertSaved(env.EMAIL_TABLE, deliveryId);

  const digest = sha256(raw);
  const archived = archiveKey(receipt.receivedAt, digest);
  await archive(env.ARCHIVE_BUCKET, archived, raw, receipt.receivedAt);

  const letter = await readMail(raw, receipt, receiveCount);
  const sealed = sealLetter("email", letter.mailId, letter);
  await writeLetter(env.LETTERS_BUCKET, sealed);

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
    receivedEvent(letter, receipt, {
      deliveryId,
      bytes: raw.byteLength,
      ref: { key: sealed.key, sha256: sealed.sha256 },
    }),
  );
  await emptyInbox(env.INBOX_BUCKET, receipt.inboxKey);
  log("MAIL_RECEIVED", { deliveryId, mailId: letter.mailId, saved, readable: letter.unreadable === null });
}

/** The inbox is emptied only after the row is written, so a missing object is either done or a fault to be seen. */
async function assertSaved(mailTable: string, deliveryId: string): Promise<void> {
  const delivery = await findDelivery(mailTable, deliveryId);
  if (delivery === undefined)
    throw new Error("the inbox has no such object, and no row says that it was handled");
}

async function readMail(raw: Uint8Array, receipt: Receipt, receiveCount: number): Promise<MailLetter> {
  const mailId = mailIdentity(raw);
  return receiveCount >= parserGivesUpAt
    ? unreadableLetter(mailId, raw, "parser-gave-up")
    : await parseMail(mailId, raw, receipt.recipients ?? []);
}

function receivedEvent(
  letter: MailLetter,
  receipt: Receipt,
  delivery: { deliveryId: string; bytes: number; ref: { key: string; sha256: string } },
) {
  const headerRecipients = [...letter.to, ...letter.cc].flatMap(({ address }) => address ?? []);
  const { addressee, unit } = addresseeOf(receipt.recipients ?? headerRecipients, ownAddresses());
  return mailReceived.make(
    { subject: letter.mailId, version: 1, at: receipt.receivedAt },
    {
      mailId: letter.mailId,
      deliveryId: delivery.deliveryId,
      receivedAt: receipt.receivedAt.toISOString(),
      channel: "email",
      addressee,
      unit,
      trust: trustOf(receipt.verdicts, receipt.envelopeFrom, letter.from?.address ?? null),
      writer: letter.writer,
      readable: letter.unreadable === null,
      bytes: delivery.bytes,
      attachments: letter.attachments.length,
      letter: delivery.ref,
    },
  );
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
