import * as z from "zod/mini";
import { municipality } from "#shared/config.ts";
import { defineEndpoint } from "#shared/http.ts";
import { refuse } from "#shared/refusal.ts";
import { localDate } from "#shared/time/working-time.ts";
import { id, noQuery } from "../book/fields.ts";
import { serviceOf } from "../book/take-time.ts";
import { apiEnv } from "../env.ts";
import { guestSessionSchema, isOutsideOpening } from "../hours/guest-session.ts";
import { daysLater } from "../hours/local-dates.ts";
import { openOn } from "../hours/opening-hours.ts";
import { listExceptions, listGuestSessions, removeGuestSession, saveGuestSession } from "./plan-table.ts";
import { placeOf, publishDays } from "./publish.ts";

const longestLookDays = 100;

/** When guest hosts receive visitors at an office. */
export const listOfficeGuestSessions = defineEndpoint({
  params: z.object({ office: id }),
  query: z.object({ from: z.iso.date(), to: z.iso.date() }),
  answer: z.object({ sessions: z.array(guestSessionSchema) }),
  run: async ({ params, query }) => {
    if (placeOf(params.office) === undefined) return refuse("not-found");
    if (query.to < query.from || query.to > daysLater(query.from, longestLookDays))
      return refuse("too-many-days");
    return { sessions: [...(await listGuestSessions(apiEnv().BOOKING_TABLE, params.office, query))] };
  },
});

/**
 * A guest host receives visitors on a day, otherwise than was said, or not at all; the office's published day follows at once. Meetings for
 * which there is no place any more need another time.
 */
export const saveOfficeGuestSession = defineEndpoint({
  params: z.object({ office: id, date: z.iso.date(), service: id }),
  query: noQuery,
  body: z.object({
    session: z.nullable(z.omit(guestSessionSchema, { date: true, service: true })),
  }),
  answer: z.object({
    days: z.int(),
    /** Some of the hours lie where the office is closed: nobody can book or come then. */
    outsideOpening: z.boolean(),
  }),
  run: async ({ params: { office, date, service }, body, now }) => {
    const place = placeOf(office);
    const known = serviceOf(service);
    if (place === undefined || known?.guestHost === undefined || !known.places.includes(office))
      return refuse("not-found");
    if (date < localDate(now)) return refuse("date-passed");
    const table = apiEnv().BOOKING_TABLE;
    if (body.session === null) await removeGuestSession(table, office, { date, service });
    else await saveGuestSession(table, office, { ...body.session, date, service });
    const days = await publishDays(table, office, { from: date, to: date }, now);
    if (body.session === null) return { days, outsideOpening: false };
    const { open } = openOn(
      date,
      place.calendar,
      await listExceptions(table, office),
      municipality().redDays,
    );
    return { days, outsideOpening: isOutsideOpening({ date, hours: body.session.hours }, open) };
  },
});
