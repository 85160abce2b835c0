import * as z from "zod/mini";
import { defineEndpoint } from "#shared/http.ts";
import { refuse } from "#shared/refusal.ts";
import { apiEnv } from "../env.ts";
import { slotView, slotViewSchema } from "./booking-view.ts";
import { equipmentOf, id, language } from "./fields.ts";
import type { Wish } from "./offer.ts";
import { serviceOf, timesAndCalendars } from "./take-time.ts";

/** The free times of an office, a fortnight at a time. */
export const listFreeTimes = defineEndpoint({
  params: z.object({}),
  query: z.object({
    service: id,
    office: id,
    from: z.iso.date(),
    to: z.iso.date(),
    person: z.optional(id),
    language: z.optional(language),
    interpreter: z.optional(language),
    equipment: z.optional(z.string()),
    minutes: z.optional(
      z.coerce.number().check(z.int(), z.minimum(15), z.maximum(12 * 60), z.multipleOf(15)),
    ),
    seats: z.optional(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(500))),
  }),
  answer: z.object({
    times: z.array(slotViewSchema),
    /** When each person's own calendar was last seen: times rest on it. */
    calendars: z.array(z.object({ person: z.string(), checkedAt: z.string() })),
  }),
  run: async ({ query, now }) => {
    const known = serviceOf(query.service);
    if (known === undefined || !known.places.includes(query.office)) return refuse("not-found");
    if (query.minutes !== undefined && known.needs.person) return refuse("length-is-given");
    const service = { ...known, minutes: query.minutes ?? known.minutes };
    if (daysBetween(query.from, query.to) > longestLookDays || query.to < query.from)
      return refuse("too-many-days");
    const wish: Wish = {
      person: query.person,
      language: query.language,
      interpreter: query.interpreter,
      equipment: equipmentOf((query.equipment ?? "").split(",").filter((one) => one !== "")),
      seats: query.seats ?? 1,
    };
    const { times, calendars } = await timesAndCalendars(
      apiEnv().BOOKING_TABLE,
      { service, office: query.office },
      { ...query, wish, internal: true, now },
    );
    return {
      times: times.map(slotView),
      calendars: [...calendars].map(([person, { checkedAt }]) => ({ person, checkedAt })),
    };
  },
});

const longestLookDays = 31;
function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}
