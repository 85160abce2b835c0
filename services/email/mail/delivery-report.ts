/** What became of the mail, in a form with UTF-8 addresses too (RFC 6533 §3). */
const statusTypes = ["message/delivery-status", "message/global-delivery-status"];
/** The mail that the report is about, or its header alone. */
const aboutTypes = ["message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers"];
/** A delivery report's parts that we read (RFC 3462 §1): what became of it, and the mail that it is about. */
export const reportTypes = [...statusTypes, ...aboutTypes];

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
  const status = parts.find(({ mimeType }) => statusTypes.includes(mimeType));
  if (status === undefined) return undefined;
  const about = parts.find(({ mimeType }) => aboutTypes.includes(mimeType));
  return {
    recipients: recipientsIn(status.text).map((fields) => ({
      address: addressIn(fields.get("final-recipient") ?? fields.get("original-recipient")),
      action: actions.find((action) => action === fields.get("action")?.trim().toLowerCase()) ?? "unknown",
      status: /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(fields.get("status") ?? "")?.[0] ?? null,
    })),
    messageId: about === undefined ? undefined : firstOfEach(blocksOf(about.text)[0] ?? []).get("message-id"),
  };
}

/**
 * Whether somebody's mailbox will never take the mail: a permanent failure that is not of the mailbox's fullness, which passes
 * (RFC 3463 §3.3: 5.2.2).
 */
export function isPermanent({ action, status }: DeliveryReport["recipients"][number]): boolean {
  return action === "failed" && (status?.startsWith("5.") ?? false) && status !== "5.2.2";
}

const addressFields = ["original-recipient", "final-recipient"];
/** Fields that a status has for each recipient, and never for the mail as a whole (RFC 3464 §2.2, §2.3). */
const recipientFields = [...addressFields, "action", "status"];

type Fields = ReadonlyMap<string, string>;

/**
 * What is said of each recipient, known by its fields: not every server says something of the mail as a whole first, or leaves
 * an empty line after it and between two recipients.
 */
function recipientsIn(text: string): readonly Fields[] {
  return blocksOf(text)
    .flatMap(splitAtAddresses)
    .map(firstOfEach)
    .filter((fields) => recipientFields.some((name) => fields.has(name)))
    .slice(0, mostRecipients);
}

type Line = { name: string; value: string };

/** A new recipient begins at an address, when the one before has that address already or all that is asked of one. */
function splitAtAddresses(block: readonly Line[]): Line[][] {
  const recipients: Line[][] = [[]];
  let told = new Set<string>();
  for (const line of block) {
    if (addressFields.includes(line.name) && (told.has(line.name) || isWhole(told))) {
      recipients.push([]);
      told = new Set();
    }
    recipients.at(-1)?.push(line);
    told.add(line.name);
  }
  return recipients;
}

function isWhole(told: ReadonlySet<string>): boolean {
  return addressFields.some((name) => told.has(name)) && told.has("action") && told.has("status");
}

/** Of several fields of a name the first. */
function firstOfEach(lines: readonly Line[]): Fields {
  return new Map(lines.map(({ name, value }): [string, string] => [name, value]).reverse());
}

/** Blocks of fields, an empty line between; names in lower case. */
function blocksOf(text: string): readonly (readonly Line[])[] {
  return text
    .slice(0, 200_000)
    .replace(/\r\n?/g, "\n")
    .replace(/\n[ \t]+/g, " ")
    .split(/\n\n+/)
    .map((block) => block.split("\n").flatMap(lineOf))
    .filter((lines) => lines.length > 0);
}

function lineOf(line: string): Line[] {
  const colon = line.indexOf(":");
  if (colon <= 0) return [];
  return [{ name: line.slice(0, colon).trim().toLowerCase(), value: line.slice(colon + 1).trim() }];
}

/** `rfc822; asa@example.org` (RFC 3464 §2.3.2). */
function addressIn(field: string | undefined): string | null {
  const address = field?.split(";").at(-1)?.trim().replace(/^<|>$/g, "").toLowerCase().slice(0, 300) ?? "";
  return address.includes("@") ? address : null;
}
