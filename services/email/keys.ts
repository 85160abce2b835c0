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

/** Events lie with what they tell of, so that its history is one Query. */
export function mailEventKey(mailId: string, version: number) {
  return { pk: mailKey(mailId).pk, sk: `EVENT#${String(version).padStart(6, "0")}` };
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
