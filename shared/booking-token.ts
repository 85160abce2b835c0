import { municipality } from "#shared/config.ts";
import { idIn, isSameToken, macBytes, macOf, tokenOf } from "#shared/link-token.ts";

type TheBooking = { bookingId: string; linkVersion: number };

/**
 * The token of a booking's personal link, 52 letters and digits: its id, and 128 bits of a MAC over id and link version with a
 * key that never leaves KMS. Derived whenever it is needed and stored nowhere; no case's token is ever a booking's.
 */
export async function bookingToken(keyId: string, { bookingId, linkVersion }: TheBooking): Promise<string> {
  const mac = await macOf(keyId, [municipality().organisation.id, "booking", bookingId, linkVersion]);
  return tokenOf(bookingId, mac.subarray(0, macBytes));
}

/** The booking that a token says it is of; undefined for what is no token. */
export function bookingIdIn(token: string): string | undefined {
  return idIn(token);
}

/** Whether a token is this booking's own, now. Takes as long for a wrong one. */
export async function isTokenOfBooking(keyId: string, booking: TheBooking, token: string): Promise<boolean> {
  return isSameToken(await bookingToken(keyId, booking), token);
}
