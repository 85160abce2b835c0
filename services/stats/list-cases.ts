import * as z from "zod/mini";
import { isSecretService, municipality } from "#shared/config.ts";
import { defineEndpoint } from "#shared/http.ts";
import { countedBehind } from "./counters-table.ts";
import { apiEnv } from "./env.ts";
import { hidesCases } from "./figures.ts";

const figureParam = z.string().check(z.regex(/^[a-z0-9-]{1,40}(\/[a-z0-9-]{1,64})?$/));
const cursorParam = z.string().check(z.regex(/^[0-9TZ:.-]{24}#[0-9a-f]{32}$/));

/** From a figure of a day to the cases or the bookings behind it, one line for each time that it was added to. */
export const listCases = defineEndpoint({
  params: z.object({ date: z.iso.date() }),
  query: z.object({ figure: figureParam, cursor: z.optional(cursorParam) }),
  answer: z.object({
    cases: z.array(z.object({ caseId: z.string(), caseNumber: z.string(), at: z.string() })),
    bookings: z.array(z.object({ bookingId: z.string(), startsAt: z.string(), at: z.string() })),
    /** So many more are not shown: that somebody meets whom they meet is secret. */
    withheld: z.int(),
    cursor: z.nullable(z.string()),
    hidden: z.boolean(),
  }),
  run: async ({ params: { date }, query: { figure, cursor } }) => {
    if (hidesCases(figure, municipality()))
      return { cases: [], bookings: [], withheld: 0, cursor: null, hidden: true };
    const page = await countedBehind(apiEnv().STATS_TABLE, { date, figure, after: cursor });
    const bookings = page.bookings.filter(({ service }) => !isSecretService(service));
    const withheld = page.bookings.length - bookings.length;
    return { cases: page.cases, bookings, withheld, cursor: page.cursor, hidden: false };
  },
});
