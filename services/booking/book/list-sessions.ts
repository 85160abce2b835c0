import * as z from "zod/mini";
import { defineEndpoint } from "#shared/http.ts";
import { refuse } from "#shared/refusal.ts";
import { apiEnv } from "../env.ts";
import { daysLater } from "../hours/local-dates.ts";
import { instantOrNext } from "../hours/local-time.ts";
import { id } from "./fields.ts";
import { sessionsBetween } from "./sessions.ts";
import { serviceOf } from "./take-time.ts";

const longestLookDays = 31;
const startOf = (date: string) => instantOrNext(date, "00:00");

/** Meetings for a group, and how many seats each has left. */
export const listSessions = defineEndpoint({
  params: z.object({}),
  query: z.object({ service: id, office: id, from: z.iso.date(), to: z.iso.date() }),
  answer: z.object({
    sessions: z.array(
      z.object({
        bookingId: z.string(),
        startsAt: z.string(),
        endsAt: z.string(),
        person: z.nullable(z.string()),
        room: z.nullable(z.string()),
        seatsLeft: z.int(),
      }),
    ),
  }),
  run: async ({ query: { service: of, office, from, to }, now }) => {
    const service = serviceOf(of);
    if (service === undefined || service.seats === 1) return refuse("not-found");
    if (to < from || to > daysLater(from, longestLookDays)) return refuse("too-many-days");
    const period = { from: startOf(from), to: startOf(daysLater(to, 1)), now };
    const sessions = await sessionsBetween(apiEnv().BOOKING_TABLE, { service, office }, period);
    return { sessions: sessions.map(({ host, seatsLeft }) => ({ ...host, seatsLeft })) };
  },
});
