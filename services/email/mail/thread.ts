/** The header fields that tie a mail to others (RFC 5322 §3.6.4). */
type ThreadFields = {
  messageId?: string | undefined;
  inReplyTo?: string | undefined;
  references?: string | undefined;
};

/**
 * Which thread a mail belongs to: the first id in References, else In-Reply-To, else its own Message-ID. All mails of a
 * thread give the same key, in whatever order they come. Undefined for a mail without any id.
 */
export function threadOf(mail: ThreadFields): { key: string; isReply: boolean } | undefined {
  const answered = firstId(mail.references) ?? firstId(mail.inReplyTo);
  if (answered !== undefined) return { key: answered, isReply: true };
  const own = firstId(mail.messageId);
  return own === undefined ? undefined : { key: own, isReply: false };
}

/** Ids are compared as they stand; what is longer than the 998 characters of a line is none. */
function firstId(field: string | undefined): string | undefined {
  return /<([^<>\s]{1,996})>/.exec(field ?? "")?.[1];
}
