import * as z from "zod/mini";
import { municipality } from "#shared/config.ts";
import { defineEndpoint } from "#shared/http.ts";
import { shortHash } from "#shared/ids.ts";
import { isRefused, type Refused, refuse } from "#shared/refusal.ts";
import type { Staff } from "#shared/staff.ts";
import type { Booking } from "../book/booking.ts";
import { findBooking } from "../book/booking-table.ts";
import { isHidden } from "../book/booking-view.ts";
import { id, language, noQuery } from "../book/fields.ts";
import { apiEnv } from "../env.ts";
import { placeOf } from "../offices/publish.ts";
import { receives } from "../reception/access.ts";
import { arrivedEvent, officeParams } from "../reception/check-in.ts";
import { dueAfter, dueOn, identifications, lend } from "./loan.ts";
import { findLoan, saveLending } from "./loan-table.ts";
import { itemOf, loanViewSchema, shownLoan } from "./loan-view.ts";
import { openDaysFrom, openDaysOn } from "./open-days.ts";

const line = z.string().check(z.trim(), z.minLength(1), z.maxLength(200));

/** The hire may be changed by somebody else; each round decides on what stands then. */
const rounds = 10;

/**
 * Hands an item out. A key for a hire is due some opening hours after it, anything else when the office closes on a date. Whoever
 * fetches the key of their hire has come to it. The same key makes one loan, however often.
 */
export const lendItem = defineEndpoint({
  params: officeParams,
  query: noQuery,
  body: z
    .object({
      key: z.string().check(z.minLength(8), z.maxLength(100)),
      item: id,
      /** One of these two says when it is due. */
      bookingId: z.optional(z.string().check(z.regex(/^[0-9a-f]{32}$/))),
      dueOn: z.optional(z.iso.date()),
      borrower: z.object({
        name: line,
        phone: z._default(z.nullable(line), null),
        email: z._default(z.nullable(z.email()), null),
        language: z._default(z.nullable(language), null),
        identifiedBy: z.enum(identifications),
      }),
    })
    .check(
      z.refine(
        ({ bookingId, dueOn: date }) => (bookingId === undefined) !== (date === undefined),
        "one of bookingId and dueOn",
      ),
    ),
  answer: loanViewSchema,
  current: loanViewSchema,
  run: async ({ params: { office }, body, caller, now }) => {
    const table = apiEnv().BOOKING_TABLE;
    if (!receives(caller) || itemOf(office, body.item) === undefined) return refuse("not-found");
    const loanId = shortHash(["loan", municipality().organisation.id, caller.sub, body.key].join("|"));
    const { key, borrower, ...wished } = body;
    const asked = shortHash(JSON.stringify({ office, ...wished }));
    const before = () => madeBefore({ loanId, asked }, caller, now);
    const made = await before();
    if (made !== undefined) return made;
    for (let round = 0; round < rounds; round += 1) {
      const hire = await hireOf(office, body, caller, now);
      if (isRefused(hire)) return hire;
      const dueAt = await dueOf(office, body.dueOn, hire);
      if (isRefused(dueAt)) return dueAt;
      const bookingId = hire?.bookingId ?? null;
      const change = lend(
        { loanId, office, item: body.item, bookingId, asked, dueAt },
        { by: caller.sub, now },
      );
      if (isRefused(change)) return change;
      const saved = await saveLending(table, change, {
        borrower: { ...borrower, language: borrower.language ?? hire?.language ?? null, note: null },
        // Of a hire that has more keys, the first tells that its hirer has come.
        hire: hire?.status === "confirmed" ? { seen: hire, event: arrivedEvent(hire, now) } : undefined,
      });
      if (saved === "saved") return await shownLoan(change.next, caller, now);
      // It may be this very key that has the item, a moment ago.
      if (saved !== "changed") return (await before()) ?? refuse("item-out");
    }
    return refuse("busy");
  },
});

/** The loan that a key has made before, if what was asked is the same. Names are no part of that: their hashes are not kept. */
async function madeBefore({ loanId, asked }: { loanId: string; asked: string }, caller: Staff, now: Date) {
  const loan = await findLoan(apiEnv().BOOKING_TABLE, loanId);
  if (loan === undefined) return undefined;
  return loan.asked === asked ? await shownLoan(loan, caller, now) : refuse("other-wish");
}

type HireRefusal = "not-found" | "other-office" | "other-room" | "wrong-status" | "hire-over";

/** The hire that a key is for: of the premises that it opens, and neither called off nor over. */
async function hireOf(
  office: string,
  { item, bookingId }: { item: string; bookingId?: string | undefined },
  caller: Staff,
  now: Date,
): Promise<Booking | undefined | Refused<HireRefusal>> {
  if (bookingId === undefined) return undefined;
  const booking = await findBooking(apiEnv().BOOKING_TABLE, bookingId);
  if (booking === undefined || isHidden(booking, caller)) return refuse("not-found");
  if (booking.office !== office) return refuse("other-office");
  const room = itemOf(office, item)?.room;
  if (room === undefined || booking.room !== room) return refuse("other-room");
  if (booking.status !== "confirmed" && booking.status !== "arrived") return refuse("wrong-status");
  return booking.endsAt <= now.toISOString() ? refuse("hire-over") : booking;
}

async function dueOf(office: string, date: string | undefined, hire: Booking | undefined) {
  const place = placeOf(office);
  if (place === undefined) return refuse("not-found");
  if (date !== undefined) return dueOn(date, await openDaysOn(place, date));
  if (hire === undefined) throw new Error("the body says when it is due, by a date or by a hire");
  const end = new Date(hire.endsAt);
  return dueAfter(end, await openDaysFrom(place, end), place.lending.returnHours);
}
