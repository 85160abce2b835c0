import { municipality } from "#shared/config.ts";

/** Every key begins with the organisation: nothing of one can be read with the key of another. */
function organisation(): string {
  return municipality().organisation.id;
}

export function mailKey(mailId: string) {
  return { pk: `${organisation()}#MAIL#${mailId}`, sk: "MAIL" };
}

export function deliveryKey(deliveryId: string) {
  return { pk: `${organisation()}#DELIVERY#${deliveryId}`, sk: "DELIVERY" };
}

/** Beside a delivery: whether its mail was being taken in when the function ended. */
export function attemptKey(deliveryId: string) {
  return { pk: deliveryKey(deliveryId).pk, sk: "ATTEMPT" };
}

/** Events lie with what they tell of, so that its history is one Query. */
export function mailEventKey(mailId: string, version: number) {
  return { pk: mailKey(mailId).pk, sk: `EVENT#${String(version).padStart(6, "0")}` };
}

export function outboxKey(outboxId: string) {
  return { pk: `${organisation()}#OUTBOX#${outboxId}`, sk: "OUTBOX" };
}

export function outboxEventKey(outboxId: string, version: number) {
  return { pk: outboxKey(outboxId).pk, sk: `EVENT#${String(version).padStart(6, "0")}` };
}

/** SES's own id of a mail that we sent: an answer to it names no other. */
export function sesMessageKey(sesMessageId: string) {
  return { pk: `${organisation()}#SES#${sesMessageId}`, sk: "SES" };
}

/**
 * What is known of an address: how many acknowledgements it has had on each day, and until when it gets none. By the hash
 * of the address: the row outlives the case.
 */
export function addressKey(addressHash: string) {
  return { pk: `${organisation()}#ADDRESS#${addressHash}`, sk: "ADDRESS" };
}

/** How many acknowledgements may have gone out in an hour (UTC), `2026-11-24T08`. */
export function hourKey(now: Date) {
  return { pk: `${organisation()}#ACKNOWLEDGED#${now.toISOString().slice(0, 13)}`, sk: "HOUR" };
}

/** The list of claims that nobody has settled yet. */
export function openClaims(): string {
  return `${organisation()}#CLAIMED`;
}

/** The list of mails of a kind that wait for their turn. */
export function queuedMails(kind: string): string {
  return `${organisation()}#QUEUED#${kind}`;
}

/** Where SES's rule puts a mail, and how the delivery is called: SES's own message id. */
export const inboxPrefix = "mail/";

export function deliveryIdOf(inboxKey: string): string {
  return inboxKey.slice(inboxPrefix.length).toLowerCase();
}

/** `mail/2026/11/24/<sha256>`: the archive by day of receipt (UTC), the name is the content. */
export function archiveKey(receivedAt: Date, digest: string): string {
  return `mail/${receivedAt.toISOString().slice(0, 10).replaceAll("-", "/")}/${digest}`;
}

/** A file that came with a mail, below the mail's own folder. `cases` knows the same form: it hands files out. */
export function mailFileKey(mailId: string, digest: string): string {
  return `email/${mailId}/${digest}`;
}
