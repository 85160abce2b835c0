import * as z from "zod/mini";
import { defineEndpoint, noInput } from "#shared/http.ts";
import { isRefused } from "#shared/refusal.ts";
import { figuresOfDays } from "./counters-table.ts";
import { apiEnv } from "./env.ts";
import { figuresSchema } from "./figures.ts";
import { daysOf } from "./period.ts";

/** What was counted on each day of a period of at most 92, and how many cases are open now. */
export const listDays = defineEndpoint({
  params: noInput,
  query: z.object({ from: z.iso.date(), to: z.iso.date() }),
  answer: z.object({
    days: z.array(z.object({ date: z.string(), figures: figuresSchema })),
    open: z.int(),
  }),
  run: async ({ query }) => {
    const dates = daysOf(query.from, query.to);
    return isRefused(dates) ? dates : await figuresOfDays(apiEnv().STATS_TABLE, dates);
  },
});
