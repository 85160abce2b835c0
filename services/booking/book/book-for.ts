import * as z from "zod/mini";
import { municipality } from "#shared/config.ts";
import { shortHash } from "#shared/ids.ts";
import { isRefused, refuse } from "#shared/refusal.ts";
import type { Staff } from "#shared/staff.ts";
import { apiEnv } from "../env.ts";
import { type Asked, type Booking, join, sessionLedger, take } from "./booking.ts";
import { findBooking } from "./booking-table.ts";
import { bookingView } from "./booking-view.ts";
import { instead, shown } from "./change-booking.ts";
import { id, instant, minutes, partyShape, reason, wishOf, wishShape } from "./fields.ts";
import { bookingIdInSeries } from "./series.ts";
import { decideAndSave, ledgersOf, madeBefore, serviceOf, worldAt } from "./take-time.ts";
import { madeEvent } from "./tell.ts";
import { telling } from "./telling.ts";

/** What somebody here asks for when they book for somebody. */
export const askedShape = {
  key: z.string().check(z.minLength(8), z.maxLength(100)),
  service: id,
  office: id,
  startsAt: instant,
  hold: z._default(z.boolean(), false),
  party: z.optional(partyShape),
  caseId: z.optional(z.string().check(z.regex(/^[0-9a-f]{32}$/))),
  agreed: reason,
  /** How long a room is wanted, in whole quarters of an hour; a meeting with a person is as long as its service. */
  minutes,
  /** The meeting for a group in which seats are taken; without it, such a meeting is arranged. */
  session: z.optional(z.string().check(z.regex(/^[0-9a-f]{32}$/))),
  ...wishShape,
};
export type AskedFor = z.infer<z.ZodMiniObject<typeof askedShape>>;

/**
 * Books a time for somebody, or holds it while they make up their mind. The same key makes the same booking, however often. `silent`: they
 * have been told with another of the series.
 */
export async function bookFor(
  body: AskedFor,
  {
    caller,
    now,
    series,
    silent = false,
  }: {
    caller: Staff;
    now: Date;
    series?: Booking["series"];
    silent?: boolean;
  },
) {
  const table = apiEnv().BOOKING_TABLE;
  const known = serviceOf(body.service);
  if (known === undefined || !known.places.includes(body.office)) return refuse("not-found");
  if (body.minutes !== undefined && known.needs.person) return refuse("length-is-given");
  const service = { ...known, minutes: body.minutes ?? known.minutes };
  const { key, party, hold, ...wished } = body;
  const asked: Asked = {
    bookingId:
      series === undefined
        ? shortHash(["booking", municipality().organisation.id, caller.sub, key].join("|"))
        : bookingIdInSeries(series.seriesId, series.number),
    office: body.office,
    start: new Date(body.startsAt),
    wish: wishOf(body),
    audience: "internal",
    byUnit: caller.units.includes(service.unit),
    holdMinutes: hold ? municipality().booking.holdMinutes : null,
    agreed: body.agreed === undefined ? null : { reason: body.agreed, by: caller.name },
    caseId: body.caseId ?? null,
    asked: shortHash(JSON.stringify(wished)),
    series,
  };
  const before = await madeBefore(table, asked.bookingId, asked.asked);
  if (isRefused(before)) return refuse("other-wish");
  if (before !== undefined) return await shown(before, caller);
  const taken = await decideAndSave(
    table,
    now,
    async () => {
      if (body.session === undefined)
        return take(asked, await worldAt(table, { service, office: body.office }, asked), now);
      const host = await findBooking(table, body.session);
      if (host === undefined || host.service !== service.id) return refuse("not-found");
      return join(asked, host, service, await ledgersOf(table, [sessionLedger(host)]), now);
    },
    await telling(
      apiEnv(),
      { service, party, silent, everyWeeks: series?.everyWeeks, now },
      (change, letter) => (hold ? [] : [madeEvent(change, letter, now)]),
    ),
  );
  if (!isRefused(taken)) return bookingView(taken, party, caller);
  // It may be this very key that has the time, a moment ago.
  const again = await madeBefore(table, asked.bookingId, asked.asked);
  if (again !== undefined) return isRefused(again) ? refuse("other-wish") : await shown(again, caller);
  if (body.session !== undefined) return taken;
  return await instead(taken, { service, office: body.office, start: asked.start, wish: asked.wish, now });
}
