import * as z from "zod/mini";
import { defineEndpoint } from "#shared/http.ts";
import { refuse } from "#shared/refusal.ts";
import type { Staff } from "#shared/staff.ts";
import { localDate } from "#shared/time/working-time.ts";
import { bookingsOfDay } from "../book/booking-table.ts";
import { isHidden } from "../book/booking-view.ts";
import { noQuery } from "../book/fields.ts";
import { apiEnv } from "../env.ts";
import { daysLater } from "../hours/local-dates.ts";
import { placeOf } from "../offices/publish.ts";
import { officeParams } from "../reception/check-in.ts";
import { partiesOf } from "../reception/visit-view.ts";
import { byDue } from "./loan.ts";
import { loansOut } from "./loan-table.ts";
import { loanViewSchema, mayRead, shownLoans } from "./loan-view.ts";
import { openDaysFrom } from "./open-days.ts";

const itemSchema = z.object({
  item: z.string(),
  name: z.string(),
  kind: z.nullable(z.enum(["key", "item"])),
  number: z.nullable(z.string()),
  room: z.nullable(z.string()),
  /** Of one that is out. */
  loan: z.nullable(loanViewSchema),
});

/** A hire whose hirer may come for a key. */
const hireSchema = z.object({
  bookingId: z.string(),
  room: z.string(),
  startsAt: z.string(),
  endsAt: z.string(),
  name: z.nullable(z.string()),
  phone: z.nullable(z.string()),
  email: z.nullable(z.string()),
});

/** A key is fetched on the last day before the hire on which the office is open: so many days are looked ahead, over Easter. */
const hireDays = 5;

/** What an office lends: what is out, overdue first, and then what is in. */
export const listItems = defineEndpoint({
  params: officeParams,
  query: noQuery,
  answer: z.object({
    items: z.array(itemSchema),
    hires: z.array(hireSchema),
    /** The next date after today on which the office is open. */
    nextOpen: z.nullable(z.string()),
  }),
  run: async ({ params: { office }, caller, now }) => {
    const place = placeOf(office);
    if (place === undefined || !mayRead(caller)) return refuse("not-found");
    const [out, hires, openDays] = await Promise.all([
      loansOut(apiEnv().BOOKING_TABLE, office),
      hiresOf(place, caller, now),
      openDaysFrom(place, now),
    ]);
    const loans = await shownLoans(byDue(out), caller, now);
    const known = new Map(place.items.map((item) => [item.id, item]));
    const view = (item: string, loan: (typeof loans)[number] | null) => {
      const { name = item, kind = null, number = null, room = null } = known.get(item) ?? {};
      return { item, name, kind, number, room, loan };
    };
    const isOut = new Set(out.map(({ item }) => item));
    const today = localDate(now);
    return {
      // What the config has no longer is shown as long as somebody has it.
      items: [
        ...loans.map((loan) => view(loan.item, loan)),
        ...place.items.filter(({ id }) => !isOut.has(id)).map(({ id }) => view(id, null)),
      ],
      hires: [...hires],
      nextOpen: openDays.find(({ date, open }) => date > today && open.length > 0)?.date ?? null,
    };
  },
});

type Place = NonNullable<ReturnType<typeof placeOf>>;

/** Hires of premises that have keys, from now and some days ahead, by time. */
async function hiresOf(place: Place, caller: Staff, now: Date) {
  const rooms = new Set(place.items.flatMap(({ room }) => room ?? []));
  if (rooms.size === 0) return [];
  const table = apiEnv().BOOKING_TABLE;
  const dates = Array.from({ length: hireDays }, (_, day) => daysLater(localDate(now), day));
  const days = await Promise.all(dates.map((date) => bookingsOfDay(table, place.id, date)));
  const hires = days
    .flat()
    .filter(({ status, endsAt }) => ["confirmed", "arrived"].includes(status) && endsAt > now.toISOString())
    .filter((booking) => !isHidden(booking, caller))
    .flatMap(({ bookingId, room, startsAt, endsAt }) =>
      room !== null && rooms.has(room) ? [{ bookingId, room, startsAt, endsAt }] : [],
    );
  const parties = await partiesOf(
    table,
    hires.map(({ bookingId }) => bookingId),
  );
  return hires.map((hire) => {
    const { name = null, phone = null, email = null } = parties.get(hire.bookingId) ?? {};
    return { ...hire, name, phone, email };
  });
}
