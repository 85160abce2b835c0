import { type Block, blockTime, unblockTime } from "../book/block-time.ts";
import type { Booking } from "../book/booking.ts";
import { absenceKey } from "../keys.ts";
import type { KeptAbsence } from "./absence-table.ts";

/** Enters that a person is away: their time is blocked, and their meetings then are unsettled. Returns these. */
export async function enterAbsence(
  bookingTable: string,
  absence: KeptAbsence,
  now: Date,
): Promise<readonly Booking[]> {
  const Item = { ...absenceKey(absence.person, absence.from, absence.absenceId), ...absence };
  const row = { Put: { TableName: bookingTable, Item } };
  return await blockTime(bookingTable, blockOf(absence), { cause: "absence", row, now });
}

/** The person is back after all. */
export async function liftAbsence(bookingTable: string, absence: KeptAbsence, now: Date): Promise<void> {
  await unblockTime(bookingTable, blockOf(absence), now);
}

function blockOf({ absenceId, person, from, to }: KeptAbsence): Block {
  return { resource: `person:${person}`, id: `a-${absenceId}`, from, to };
}
