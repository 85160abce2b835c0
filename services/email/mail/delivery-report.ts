/** A delivery report's parts that we read (RFC 3462 §1): what became of it, and the mail that it is about. */
export const reportTypes = ["message/delivery-status", "message/rfc822", "text/rfc822-headers"];

const actions = ["failed", "delayed", "delivered", "relayed", "expanded"] as const;
type Action = (typeof actions)[number] | "unknown";

export type DeliveryReport = {
  recipients: readonly { address: string | null; action: Action; status: string | null }[];
  /** Message-ID of the mail that it reports on, angle brackets and all. */
  messageId: string | undefined;
};

const mostRecipients = 50;

/** What a report says, recipient by recipient (RFC 3464 §2.3). Undefined when no part of it is a status. */
export function reportIn(parts: readonly { mimeType: string; text: string }[]): DeliveryReport | undefined {
  const status = parts.find(({ mimeType }) => mimeType === "message/delivery-status");
  if (status === undefined) return undefined;
  const about = parts.find(
    ({ mimeType }) => mimeType === "message/rfc822" || mimeType === "text/rfc822-headers",
  );
  const [, ...recipients] = blocksOf(status.text);
  return {
    recipients: recipients.slice(0, mostRecipients).map((fields) => ({
      address: addressIn(fields.get("final-recipient") ?? fields.get("original-recipient")),
      action: actions.find((action) => action === fields.get("action")?.trim().toLowerCase()) ?? "unknown",
      status: /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(fields.get("status") ?? "")?.[0] ?? null,
    })),
    messageId: about === undefined ? undefined : blocksOf(about.text)[0]?.get("message-id"),
  };
}

/**
 * Whether somebody's mailbox will never take the mail: a permanent failure that is not of the mailbox's fullness, which passes
 * (RFC 3463 §3.3: 5.2.2).
 */
export function isPermanent({ action, status }: DeliveryReport["recipients"][number]): boolean {
  return action === "failed" && (status?.startsWith("5.") ?? false) && status !== "5.2.2";
}

/** Blocks of fields, an empty line between; names in lower case, of several fields of a name the first. */
function blocksOf(text: string): readonly ReadonlyMap<string, string>[] {
  return text
    .slice(0, 200_000)
    .replace(/\r\n?/g, "\n")
    .replace(/\n[ \t]+/g, " ")
    .split(/\n\n+/)
    .map((block) => {
      const fields = new Map<string, string>();
      for (const line of block.split("\n")) {
        const colon = line.indexOf(":");
        const name = line.slice(0, colon).trim().toLowerCase();
        if (colon > 0 && !fields.has(name)) fields.set(name, line.slice(colon + 1).trim());
      }
      return fields;
    })
    .filter((fields) => fields.size > 0);
}

/** `rfc822; asa@example.org` (RFC 3464 §2.3.2). */
function addressIn(field: string | undefined): string | null {
  const address = field?.split(";").at(-1)?.trim().replace(/^<|>$/g, "").toLowerCase().slice(0, 300) ?? "";
  return address.includes("@") ? address : null;
}
