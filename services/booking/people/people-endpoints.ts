import * as z from "zod/mini";
import { municipality } from "#shared/config.ts";
import { defineEndpoint } from "#shared/http.ts";
import { shortHash } from "#shared/ids.ts";
import { refuse } from "#shared/refusal.ts";
import { localDate } from "#shared/time/working-time.ts";
import { findParties, unsettledBookings } from "../book/booking-table.ts";
import { bookingView, bookingViewSchema, isHidden, slotView, slotViewSchema } from "../book/booking-view.ts";
import { id, instant, noQuery } from "../book/fields.ts";
import { slotsAt, type Wish } from "../book/offer.ts";
import { otherTimes, serviceOf, worldAt } from "../book/take-time.ts";
import { apiEnv } from "../env.ts";
import { placeOf, publishDays } from "../offices/publish.ts";
import { enterAbsence, liftAbsence } from "./absence.ts";
import {
  absenceSchema,
  findAbsences,
  type KeptAbsence,
  longestAbsenceDays,
  removeAbsence,
} from "./absence-table.ts";
import { listPeople, personSchema, savePerson } from "./people-table.ts";

/** Everybody who can be booked or works at an office. Whose calendar is read where is shown to nobody. */
const shownPerson = z.omit(personSchema, { calendarUrl: true });

export const listBookable = defineEndpoint({
  params: z.object({}),
  query: noQuery,
  answer: z.object({ people: z.array(shownPerson) }),
  run: async () => ({ people: [...(await listPeople(apiEnv().BOOKING_TABLE))] }),
});

export const savePersonProfile = defineEndpoint({
  params: z.object({ person: id }),
  query: noQuery,
  body: z.object({ person: personSchema }),
  answer: personSchema,
  run: async ({ params, body }) => {
    const { person } = body;
    if (person.person !== params.person) return refuse("not-found");
    const known = [municipality().serviceCentre.unit, ...municipality().units.map((unit) => unit.id)];
    if (!known.includes(person.unit)) return refuse("no-such-unit");
    if (person.services.some((service) => serviceOf(service) === undefined)) return refuse("no-such-service");
    if (person.calendarUrl !== null && !mayBeRead(person.calendarUrl)) return refuse("host-not-allowed");
    await savePerson(apiEnv().BOOKING_TABLE, person);
    return person;
  },
});

function mayBeRead(address: string): boolean {
  const parsed = URL.parse(address);
  return parsed?.protocol === "https:" && municipality().booking.calendarHosts.includes(parsed.hostname);
}

/** Themselves, or those who plan for others. */
const mayEnter = (person: string, caller: { sub: string; roles: readonly string[] }) =>
  person === caller.sub ||
  caller.roles.some((role) => role === "manager" || role === "floorCoordinator" || role === "agent");

/** Somebody is away. Their meetings then are not removed: they need another person or another time, and stand in a list until they have it. */
export const addAbsence = defineEndpoint({
  params: z.object({ person: id }),
  query: noQuery,
  body: z.object({ key: z.string().check(z.minLength(8), z.maxLength(100)), from: instant, to: instant }),
  answer: z.object({ absence: absenceSchema, unsettled: z.int() }),
  run: async ({ params, body, caller, now }) => {
    if (!mayEnter(params.person, caller)) return refuse("not-found");
    const [from, to] = [new Date(body.from), new Date(body.to)];
    if (from >= to || to.getTime() - from.getTime() > longestAbsenceDays * 86_400_000)
      return refuse("too-many-days");
    const absence: KeptAbsence = {
      absenceId: shortHash(["absence", params.person, caller.sub, body.key].join("|")),
      person: params.person,
      from: from.toISOString(),
      to: to.toISOString(),
      enteredBy: caller.name,
    };
    const table = apiEnv().BOOKING_TABLE;
    const unsettled = await enterAbsence(table, absence, now);
    await republish(table, absence, now);
    return { absence, unsettled: unsettled.length };
  },
});

/** Where the person works those days, what is offered and how many evenings there are is worked out again. */
async function republish(table: string, absence: KeptAbsence, now: Date): Promise<void> {
  const today = localDate(now);
  const first = localDate(new Date(absence.from));
  const period = {
    from: first > today ? first : today,
    to: localDate(new Date(Date.parse(absence.to) - 1)),
  };
  for (const { id: office } of municipality().places)
    if (placeOf(office) !== undefined) await publishDays(table, office, period, now);
}

export const listPersonAbsences = defineEndpoint({
  params: z.object({ person: id }),
  query: z.object({ from: z.iso.date(), to: z.iso.date() }),
  answer: z.object({ absences: z.array(absenceSchema) }),
  run: async ({ params, query, caller }) => {
    if (!mayEnter(params.person, caller)) return refuse("not-found");
    return { absences: [...(await findAbsences(apiEnv().BOOKING_TABLE, params.person, query))] };
  },
});

export const endAbsence = defineEndpoint({
  params: z.object({ person: id, absenceId: z.string().check(z.regex(/^[0-9a-f]{32}$/)) }),
  query: noQuery,
  body: z.object({ from: instant }),
  answer: z.object({ absence: absenceSchema }),
  run: async ({ params, body, caller, now }) => {
    if (!mayEnter(params.person, caller)) return refuse("not-found");
    const table = apiEnv().BOOKING_TABLE;
    const date = localDate(new Date(body.from));
    const found = await findAbsences(table, params.person, { from: date, to: date });
    const absence = found.find(({ absenceId }) => absenceId === params.absenceId);
    if (absence === undefined) return refuse("not-found");
    await liftAbsence(table, absence, now);
    await removeAbsence(table, absence);
    await republish(table, absence, now);
    return { absence };
  },
});

/** The same time with somebody else who can do it, and else the nearest times with anybody. */
export const listUnsettled = defineEndpoint({
  params: z.object({}),
  query: noQuery,
  answer: z.object({
    unsettled: z.array(z.object({ booking: bookingViewSchema, proposals: z.array(slotViewSchema) })),
  }),
  run: async ({ caller, now }) => {
    const table = apiEnv().BOOKING_TABLE;
    const all = (await unsettledBookings(table, now)).filter((one) => !isHidden(one, caller)).slice(0, 50);
    const parties = await findParties(
      table,
      all.map(({ bookingId }) => bookingId),
    );
    const unsettled = [];
    for (const booking of all) {
      const service = serviceOf(booking.service);
      if (service === undefined) continue;
      const start = new Date(booking.startsAt);
      const where = { service, office: booking.office };
      const wish: Wish = {
        language: booking.language ?? undefined,
        equipment: booking.equipment as Wish["equipment"],
        seats: booking.seats,
      };
      const world = await worldAt(table, where, { start, wish, also: booking.ledgers });
      const look = { now: now.getTime(), internal: true, except: booking.bookingId };
      const same = slotsAt(start, world, wish, look);
      const proposals =
        same.length > 0 ? same : await otherTimes(table, where, { start, wish, internal: true, now });
      unsettled.push({
        booking: bookingView(booking, parties.get(booking.bookingId), caller),
        proposals: proposals.slice(0, 3).map(slotView),
      });
    }
    return { unsettled };
  },
});
