import type { Addressee } from "../events.ts";

/** Our own addresses, from the municipality's config. Lower case. */
export type OwnAddresses = {
  domains: readonly string[];
  official: string;
  internal: string;
  /** Mailbox → unit. */
  units: ReadonlyMap<string, string>;
};

/**
 * Which of our addresses a mail was sent to, from the envelope's recipients. Of several the one that says most: an
 * answer to us, the official address, a unit's mailbox, the address for news. A local part that nobody has is unknown.
 */
export function addresseeOf(
  recipients: readonly string[],
  own: OwnAddresses,
): { addressee: Addressee; unit: string | undefined } {
  const bare = recipients.map((recipient) => bareAddress(recipient, own));
  if (replyTokensOf(recipients).length > 0) return { addressee: "reply", unit: undefined };
  if (bare.includes(own.official)) return { addressee: "official", unit: undefined };
  const unit = bare.map((address) => own.units.get(address)).find((found) => found !== undefined);
  if (unit !== undefined) return { addressee: "unit", unit };
  return { addressee: bare.includes(own.internal) ? "internal" : "unknown", unit: undefined };
}

/** Lower case, without what stands after `+`, and at the main domain: the forwarder changes the domain only. */
function bareAddress(recipient: string, own: OwnAddresses): string {
  const [local = "", domain = ""] = splitAddress(recipient.toLowerCase());
  const main = own.domains[0] ?? "";
  return `${local.split("+")[0]}@${own.domains.includes(domain) ? main : domain}`;
}

/** Whether an address is at the municipality's own domain. */
export function isOwnDomain(address: string | null, own: OwnAddresses): boolean {
  return address !== null && own.domains.includes(splitAddress(address.toLowerCase())[1]);
}

function splitAddress(address: string): [string, string] {
  const at = address.lastIndexOf("@");
  return at < 0 ? [address, ""] : [address.slice(0, at), address.slice(at + 1)];
}

/** The tokens in our own addresses (`kommunen+<token>@…`), base32 of at least 128 bits. Whether one is ours, cases decides. */
export function replyTokensOf(recipients: readonly string[]): readonly string[] {
  return recipients.flatMap((recipient) => {
    const token = /^[^@+]{1,64}\+([a-z2-7]{26,56})$/.exec(splitAddress(recipient.toLowerCase())[0])?.[1];
    return token === undefined ? [] : [token];
  });
}
