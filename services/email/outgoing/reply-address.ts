import { caseToken } from "#shared/case-token.ts";
import { municipality } from "#shared/config.ts";

type TheCase = { caseId: string; linkVersion: number };

/**
 * Where a citizen's answer goes: an address at our own subdomain that leads to the case. 57 characters before the @, of the
 * 64 that RFC 5321 §4.5.3.1.1 allows.
 */
export async function replyAddress(linkKey: string, theCase: TheCase): Promise<string> {
  return `svar+${await caseToken(linkKey, "reply", theCase)}@${municipality().mail.subdomain}`;
}

/** The citizen's page about the case. Whoever has the address can read it. */
export async function pageAddress(linkKey: string, theCase: TheCase): Promise<string> {
  return `${municipality().citizenPages.url}/m/${await caseToken(linkKey, "page", theCase)}`;
}
