import * as z from "zod/mini";
import { defineEndpoint } from "#shared/http.ts";
import { refuse } from "#shared/refusal.ts";
import { apiEnv } from "../env.ts";
import { datesOf, daysLater } from "../hours/local-dates.ts";
import { seatsLeft, sessionLedger } from "./booking.ts";
import { bookingsOfDay } from "./booking-table.ts";
import { id } from "./fields.ts";
import { ledgerName } from "./offer.ts";
import { ledgersOf, serviceOf } from "./take-time.ts";

const longestLookDays = 31;

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
    const table = apiEnv().BOOKING_TABLE;
    const days = await Promise.all(datesOf(from, to).map((date) => bookingsOfDay(table, office, date)));
    const hosts = days
      .flat()
      .filter((one) => one.service === of && one.status === "confirmed" && one.session === undefined);
    const ledgers = await ledgersOf(table, hosts.map(sessionLedger));
    return {
      sessions: hosts.map((host) => {
        const ledger = ledgers.get(ledgerName(sessionLedger(host)));
        return { ...host, seatsLeft: ledger === undefined ? 0 : seatsLeft(ledger, service.seats, now) };
      }),
    };
  },
});
