import * as z from "zod/mini";
import { isSecretService, municipality } from "#shared/config.ts";
import type { Event } from "#shared/event.ts";
import { defineEndpoint } from "#shared/http.ts";
import { shortHash } from "#shared/ids.ts";
import { isRefused, type Refused, refuse } from "#shared/refusal.ts";
import type { Staff } from "#shared/staff.ts";
import { localDate } from "#shared/time/working-time.ts";
import type { Booking } from "../book/booking.ts";
import { bookingsOfDay, findBooking } from "../book/booking-table.ts";
import { id, noQuery } from "../book/fields.ts";
import { apiEnv } from "../env.ts";
import { bookedVisitorArrived, visitPurposeCodes } from "../events.ts";
import { guestHostIn, serviceOfGuestHost } from "../people/guest-hosts.ts";
import { type Floor, floorOf, ownerOf, type Place, placeOf, receives } from "./access.ts";
import { type Arrival, arrive } from "./visit.ts";
import { findCheckIn, findVisit, nextTicket, saveArrival } from "./visit-table.ts";
import { shownVisit, visitViewSchema } from "./visit-view.ts";

export const officeParams = z.object({ office: id });

const bookingIdShape = z.string().check(z.regex(/^[0-9a-f]{32}$/));
/** The beginning of the booking's id, as on the slip: at least six of its digits, with or without spaces and hyphens. */
const codeShape = z.pipe(
  z.string().check(z.maxLength(50)),
  z.pipe(
    z.transform((text: string) => text.toLowerCase().replaceAll(/[\s-]/g, "")),
    z.string().check(z.regex(/^[0-9a-f]{6,32}$/)),
  ),
);
const plateShape = z.pipe(
  z.string().check(z.maxLength(20)),
  z.pipe(
    z.transform((text: string) => text.toUpperCase().replaceAll(/[\s-]/g, "")),
    z.string().check(z.regex(/^[A-ZÅÄÖ0-9]{2,10}$/)),
  ),
);

const bodySchema = z.object({
  key: z.string().check(z.minLength(8), z.maxLength(100)),
  /** One of these three says why they come. */
  bookingId: z.optional(bookingIdShape),
  code: z.optional(codeShape),
  purpose: z.optional(z.enum(visitPurposeCodes)),
  /** Of a visit to a floor, and of a document for one. */
  floor: z.optional(z.int()),
  /** Whom an unbooked visitor asks for. */
  host: z.optional(id),
  /** Left out when the visitor would not say. */
  name: z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(200))),
  plate: z.optional(plateShape),
  badge: z.optional(z.int().check(z.minimum(1), z.maximum(9_999))),
});
type Body = z.infer<typeof bodySchema>;

/** Somebody else may be at the same booking; each round decides on what stands then. */
const rounds = 10;

/**
 * A visitor arrives: with a booking, by the code on their slip, or unbooked. They get a number, and the badge that was given them. The
 * same key makes one visit, however often.
 */
export const checkIn = defineEndpoint({
  params: officeParams,
  query: noQuery,
  body: bodySchema.check(
    z.refine(
      ({ bookingId, code, purpose }) => [bookingId, code, purpose].filter(Boolean).length === 1,
      "one of bookingId, code and purpose",
    ),
    z.refine(({ purpose, floor }) => (purpose === "floor" ? floor !== undefined : true), "which floor"),
  ),
  answer: visitViewSchema,
  run: async ({ params: { office }, body, caller, now }) => {
    const table = apiEnv().BOOKING_TABLE;
    const place = placeOf(office);
    if (place === undefined || !receives(caller)) return refuse("not-found");
    const visitId = shortHash(["visit", municipality().organisation.id, caller.sub, body.key].join("|"));
    const { key, name, plate, ...wished } = body;
    const asked = shortHash(JSON.stringify(wished));
    const before = () => madeBefore(office, { visitId, asked }, caller, now);
    const made = await before();
    if (made !== undefined) return made;
    let number: number | undefined;
    for (let round = 0; round < rounds; round += 1) {
      const booking = await bookingOf(office, body, now);
      if (isRefused(booking)) return booking;
      const fault = booking === undefined ? undefined : notExpected(booking, office, now);
      // It may be this very key that has used the booking, a moment ago.
      if (fault !== undefined) return (await before()) ?? fault;
      const to = whereTo(place, body, booking);
      if (isRefused(to)) return to;
      number ??= await nextTicket(table, office, localDate(now));
      const change = arrive(
        { visitId, office, number, badge: body.badge ?? null, asked, ...to, booking },
        now,
      );
      const saved = await saveArrival(table, change, {
        // What nobody here may know is not kept.
        name: to.secret && guestHostIn(to.host) !== null ? undefined : name,
        plate,
        booking: booking === undefined ? undefined : { seen: booking, event: arrivedEvent(booking, now) },
      });
      if (saved === "saved") return await shownVisit(table, change.next, caller, now);
      if (saved === "badge-taken") return refuse("badge-taken");
      if (saved === "there-already") return (await before()) ?? refuse("busy");
    }
    return refuse("busy");
  },
});

/** The visit that a key has made before, if what was asked is the same. Names are no part of that: their hashes are not kept. */
async function madeBefore(
  office: string,
  { visitId, asked }: { visitId: string; asked: string },
  caller: Staff,
  now: Date,
) {
  const table = apiEnv().BOOKING_TABLE;
  const made = await findCheckIn(table, office, visitId);
  if (made === undefined) return undefined;
  if (made.asked !== asked) return refuse("other-wish");
  const visit = await findVisit(table, office, made.date, made.number);
  return visit === undefined ? refuse("not-found") : await shownVisit(table, visit, caller, now);
}

/** The booking that a visitor comes for. A code counts among the office's bookings of the day, and only when it is one's alone. */
async function bookingOf(
  office: string,
  { bookingId, code }: Body,
  now: Date,
): Promise<Booking | undefined | Refused<"not-found">> {
  const table = apiEnv().BOOKING_TABLE;
  if (bookingId !== undefined) return (await findBooking(table, bookingId)) ?? refuse("not-found");
  if (code === undefined) return undefined;
  const today = await bookingsOfDay(table, office, localDate(now));
  const [found, another] = today.filter((one) => one.bookingId.startsWith(code));
  if (found === undefined || another !== undefined) return refuse("not-found");
  // The list of days is a moment behind.
  return (await findBooking(table, found.bookingId)) ?? refuse("not-found");
}

function notExpected(booking: Booking, office: string, now: Date) {
  if (booking.office !== office) return refuse("other-office");
  if (localDate(new Date(booking.startsAt)) !== localDate(now)) return refuse("other-day");
  if (booking.status === "arrived" || booking.status === "done") return refuse("arrived-already");
  return booking.status === "confirmed" || booking.status === "unsettled"
    ? undefined
    : refuse("wrong-status");
}

function whereTo(
  place: Place,
  body: Body,
  booking: Booking | undefined,
):
  | Pick<Arrival, "purpose" | "floor" | "reception" | "secret" | "unit" | "service" | "host">
  | Refused<"no-such-floor"> {
  if (booking !== undefined) {
    const { unit, service, person } = booking;
    const floor = floorOf(place, unit);
    return { ...taken(floor, isSecretService(service)), unit: ownerOf(booking), service, host: person };
  }
  const guests = body.host === undefined ? undefined : serviceOfGuestHost(body.host);
  if (guests !== undefined && body.floor === undefined && body.purpose === "service-centre")
    return {
      ...taken(floorOf(place, guests.unit), guests.visibility === "secret"),
      unit: ownerOf({ service: guests.id, unit: guests.unit }),
      service: guests.id,
      host: body.host ?? null,
    };
  const floor = place.floors.find(({ number }) => number === body.floor);
  if (body.floor !== undefined && (floor === undefined || body.purpose === "service-centre"))
    return refuse("no-such-floor");
  const to = { ...taken(floor, false), unit: null, service: null, host: body.host ?? null };
  return body.purpose === "hand-in" ? { ...to, purpose: "hand-in" } : to;
}

function taken(floor: Floor | undefined, secret: boolean) {
  return {
    purpose: floor === undefined ? ("service-centre" as const) : ("floor" as const),
    floor: floor?.number ?? null,
    reception: floor?.reception ?? ("host" as const),
    secret: secret || floor?.secret === true,
  };
}

/** Whoever booked has come. */
export function arrivedEvent(seen: Booking, now: Date): Event {
  const { bookingId, version, service, unit, office, startsAt, endsAt, audience, caseId } = seen;
  return bookedVisitorArrived.make(
    { subject: bookingId, version: version + 1, at: now },
    {
      bookingId,
      bookingVersion: version + 1,
      service,
      unit,
      office,
      startsAt,
      endsAt,
      audience,
      ...(caseId === null ? {} : { caseId }),
      arrivedAt: now.toISOString(),
    },
  );
}
