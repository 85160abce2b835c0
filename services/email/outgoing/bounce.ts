/** What SES says of a mail that came back (https://docs.aws.amazon.com/ses/latest/dg/notification-contents.html#bounce-object). */
export type Bounce = {
  bounceType: string;
  bounceSubType?: string | undefined;
  /** The enhanced status of each recipient, RFC 3463: `5.1.1`. */
  statuses: readonly string[];
};

/** A full mailbox is emptied some day, whatever class the receiver gives it (RFC 3463 §3.3, X.2.2). */
const mailboxFull = /^[45]\.2\.2$/;

/** Whether the address is of no use any more. What is not permanent is a delay. */
export function isPermanent({ bounceType, bounceSubType, statuses }: Bounce): boolean {
  if (bounceType !== "Permanent") return false;
  return bounceSubType !== "MailboxFull" && !statuses.some((status) => mailboxFull.test(status));
}

const blockDays = 60;

/** Until when an address that bounced or complained gets no automatic mail. ISO 8601. */
export function blockedUntil(now: Date): string {
  return new Date(now.getTime() + blockDays * 24 * 3_600_000).toISOString();
}
