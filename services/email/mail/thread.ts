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

/**
 * The ids of mails of ours that a mail names: SES sets the Message-ID of all that we send, `<id@region.amazonses.com>`
 * (https://docs.aws.amazon.com/ses/latest/dg/header-fields.html). The nearest first, at most five.
 */
export function sesIdsIn(fields: readonly (string | undefined)[]): readonly string[] {
  const ids = fields.flatMap((field) =>
    [...(field ?? "").slice(0, 20_000).matchAll(/<([\w-]{10,100})@([\w.-]{1,100})>/g)].reverse(),
  );
  const ours = ids.flatMap(([, id, domain]) =>
    /(^|\.)amazonses\.com$/i.test(domain ?? "") && id ? [id] : [],
  );
  return [...new Set(ours)].slice(0, 5);
}
