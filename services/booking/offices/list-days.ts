import * as z from "zod/mini";
import { defineEndpoint } from "#shared/http.ts";
import { refuse } from "#shared/refusal.ts";
import { id } from "../book/fields.ts";
import { apiEnv } from "../env.ts";
import { daysLater } from "../hours/local-dates.ts";
import { officeDaySchema } from "../hours/office-day.ts";
import { listOfficeDays } from "./day-table.ts";
import { placeOf } from "./publish.ts";

/** What an office has published, a month at a time. */
export const listDays = defineEndpoint({
  params: z.object({ office: id }),
  query: z.object({ from: z.iso.date(), to: z.iso.date() }),
  answer: z.object({ days: z.array(officeDaySchema) }),
  run: async ({ params, query }) => {
    if (placeOf(params.office) === undefined) return refuse("not-found");
    if (query.to < query.from || query.to > daysLater(query.from, 62)) return refuse("too-many-days");
    return { days: [...(await listOfficeDays(apiEnv().BOOKING_TABLE, params.office, query))] };
  },
});
