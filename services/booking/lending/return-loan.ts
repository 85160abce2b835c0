import * as z from "zod/mini";
import { defineEndpoint } from "#shared/http.ts";
import type { Booking } from "../book/booking.ts";
import { findBooking } from "../book/booking-table.ts";
import { noQuery } from "../book/fields.ts";
import { changeLoan, loanAnswers, loanParams } from "./change-loan.ts";
import { giveBack, type Loan } from "./loan.ts";
import { saveReturn } from "./loan-table.ts";

/** Takes an item back, with what is to be said of it: damaged, or something is missing. */
export const returnLoan = defineEndpoint({
  params: loanParams,
  query: noQuery,
  body: z.optional(
    z.object({ note: z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(500))) }),
  ),
  ...loanAnswers,
  run: async ({ params, body, caller, now }) =>
    await changeLoan(
      { ...params, caller, now },
      (loan) => giveBack(loan, { by: caller.sub, now }),
      async (table, change) =>
        await saveReturn(table, change, {
          note: body?.note ?? null,
          hire: await hireThatIsOver(table, change.next, now),
        }),
    ),
});

/** The hire that ends with its key. One that goes on, or whose visitor has checked out, is left as it is. */
async function hireThatIsOver(table: string, { bookingId }: Loan, now: Date): Promise<Booking | undefined> {
  const booking = bookingId === null ? undefined : await findBooking(table, bookingId);
  return booking?.status === "arrived" && booking.endsAt <= now.toISOString() ? booking : undefined;
}
