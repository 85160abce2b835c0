import { municipality } from "#shared/config.ts";
import { idIn, isSameToken, macBytes, macOf, tokenOf } from "#shared/link-token.ts";

/** What a token opens: the citizen's page about a case, or the case's conversation for a mail. */
export type TokenPurpose = "page" | "reply";
export type CaseTokens = Record<TokenPurpose, string>;

type TheCase = { caseId: string; linkVersion: number };

/**
 * The tokens of a case, 52 letters and digits each: its id, and half of a MAC over id and link version with a key that
 * never leaves KMS. The halves tell nothing of each other, so one call makes both. Derived whenever they are needed and
 * stored nowhere; a case whose link version is raised makes all earlier ones void.
 */
export async function caseTokens(keyId: string, { caseId, linkVersion }: TheCase): Promise<CaseTokens> {
  const mac = await macOf(keyId, [municipality().organisation.id, caseId, linkVersion]);
  return {
    page: tokenOf(caseId, mac.subarray(0, macBytes)),
    reply: tokenOf(caseId, mac.subarray(macBytes)),
  };
}

/** The case that a token says it is of; undefined for what is no token. Whether it is genuine, `isTokenOf` says. */
export function caseIdIn(token: string): string | undefined {
  return idIn(token);
}

/** Whether a token is this case's own, for this purpose, now. Takes as long for a wrong one. */
export async function isTokenOf(
  keyId: string,
  purpose: TokenPurpose,
  theCase: TheCase,
  token: string,
): Promise<boolean> {
  return isSameToken((await caseTokens(keyId, theCase))[purpose], token);
}
