import { acknowledgementsPerDay, quietMs } from "./acknowledgement.ts";
import type { OutgoingKind } from "./outbox.ts";

/** Whoever books may write a stranger's address: so often we would write to them, and no oftener. */
const bookingMailsPerDay = 10;

/**
 * How many mails of a kind an address gets in a day, and how long it is left alone after each. What is told of bookings is counted
 * by itself: a time that is moved twice in five minutes is told of twice, and a case's acknowledgement comes all the same.
 */
export function daily(kind: OutgoingKind): { apart: boolean; most: number; quietMs: number } {
  if (kind === "booking") return { apart: true, most: bookingMailsPerDay, quietMs: 0 };
  return { apart: false, most: acknowledgementsPerDay, quietMs };
}
