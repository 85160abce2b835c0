import { municipality } from "#shared/config.ts";
import { idIn, isSameToken, macBytes, macOf, tokenOf } from "#shared/link-token.ts";

type TheWaiting = { waitingId: string; linkVersion: number };

/**
 * The token of the personal link of somebody in line, made as a booking's is (`booking-token.ts`) with a word of its own in the MAC: no
 * booking's or case's token fits.
 */
export async function waitingToken(keyId: string, { waitingId, linkVersion }: TheWaiting): Promise<string> {
  const mac = await macOf(keyId, [municipality().organisation.id, "waiting", waitingId, linkVersion]);
  return tokenOf(waitingId, mac.subarray(0, macBytes));
}

/** Of whose place in line a token says that it is; undefined for what is no token. */
export function waitingIdIn(token: string): string | undefined {
  return idIn(token);
}

/** Whether a token is of this place in line, now. Takes as long for a wrong one. */
export async function isTokenOfWaiting(keyId: string, waiting: TheWaiting, token: string): Promise<boolean> {
  return isSameToken(await waitingToken(keyId, waiting), token);
}
