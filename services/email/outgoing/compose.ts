import MailComposer from "nodemailer/lib/mail-composer";

export type Outgoing = {
  from: { name: string; address: string };
  to: string;
  /** Where an answer goes: an address of ours that leads back to the case. */
  replyTo: string | undefined;
  subject: string;
  text: string;
  /** The same in HTML, for people; a unit's notice has none. */
  html: string | undefined;
  /** Message-ID of the mail that this one answers; SES sets our own. */
  inReplyTo: string | undefined;
  /** Nobody wrote it: marked so (RFC 3834 §3.1, and Microsoft's wish for silence), so that no machine that keeps to the rules answers it. */
  automatic: boolean;
  /** Files that go along. Each says its name and type: nothing here looks a kind up. */
  attachments?: readonly { filename: string; contentType: string; content: Uint8Array }[];
};

/** A mail of ours, raw. The composer folds and encodes; a line break in a field cannot start another field. */
export function compose(mail: Outgoing): Promise<Uint8Array> {
  const references =
    mail.inReplyTo === undefined ? {} : { inReplyTo: mail.inReplyTo, references: mail.inReplyTo };
  const marks = { "Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All" };
  const composer = new MailComposer({
    from: mail.from,
    to: { name: "", address: mail.to },
    ...(mail.replyTo === undefined ? {} : { replyTo: { name: mail.from.name, address: mail.replyTo } }),
    subject: mail.subject,
    text: mail.text,
    ...(mail.html === undefined ? {} : { html: mail.html }),
    ...references,
    attachments: (mail.attachments ?? []).map(({ content, ...file }) => ({
      ...file,
      content: Buffer.from(content),
      contentDisposition: "attachment",
    })),
    headers: mail.automatic ? marks : {},
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}
