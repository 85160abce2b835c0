import MailComposer from "nodemailer/lib/mail-composer";

export type Outgoing = {
  from: { name: string; address: string };
  to: string;
  subject: string;
  text: string;
  /** Message-ID of the mail that this one answers; SES sets our own. */
  inReplyTo: string | undefined;
};

/**
 * A mail of ours, raw. Marked as automatic (RFC 3834 §3.1, and Microsoft's wish for silence), so that no machine that
 * keeps to the rules answers it. The composer folds and encodes; a line break in a field cannot start another field.
 */
export function composeAutomatic(mail: Outgoing): Promise<Uint8Array> {
  const references =
    mail.inReplyTo === undefined ? {} : { inReplyTo: mail.inReplyTo, references: mail.inReplyTo };
  const composer = new MailComposer({
    from: mail.from,
    to: { name: "", address: mail.to },
    subject: mail.subject,
    text: mail.text,
    ...references,
    headers: { "Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All" },
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}
