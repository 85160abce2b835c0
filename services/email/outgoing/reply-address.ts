import { caseTokens } from "#shared/case-token.ts";
import { municipality } from "#shared/config.ts";

/** The ways from a mail of ours back to its case. */
export type WaysBack = {
  /**
   * Where a citizen's answer goes: an address at our own subdomain that leads to the case. 57 characters before the @, of
   * the 64 that RFC 5321 §4.5.3.1.1 allows.
   */
  replyTo: string;
  /** The citizen's page about the case. Whoever has the address can read it. */
  page: string;
};

export async function waysBack(
  linkKey: string,
  theCase: { caseId: string; linkVersion: number },
): Promise<WaysBack> {
  const { page, reply } = await caseTokens(linkKey, theCase);
  const { mail, citizenPages } = municipality();
  return { replyTo: `svar+${reply}@${mail.subdomain}`, page: `${citizenPages.url}/m/${page}` };
}
