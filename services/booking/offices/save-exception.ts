import * as z from "zod/mini";
import { defineEndpoint } from "#shared/http.ts";
import { refuse } from "#shared/refusal.ts";
import { localDate } from "#shared/time/working-time.ts";
import { id, noQuery } from "../book/fields.ts";
import { apiEnv } from "../env.ts";
import { openingExceptionSchema } from "../hours/opening-hours.ts";
import { checkStaffing } from "./check-staffing.ts";
import { removeException, saveException } from "./plan-table.ts";
import { placeOf, publishDays } from "./publish.ts";

/** An office is open otherwise on a day, or closed; its published day follows at once. */
export const saveOpeningException = defineEndpoint({
  params: z.object({ office: id, date: z.iso.date() }),
  query: noQuery,
  body: z.object({ exception: z.nullable(openingExceptionSchema) }),
  answer: z.object({ days: z.int() }),
  run: async ({ params, body, now }) => {
    if (placeOf(params.office) === undefined) return refuse("not-found");
    if (body.exception !== null && body.exception.date !== params.date) return refuse("not-found");
    if (params.date < localDate(now)) return refuse("date-passed");
    const table = apiEnv().BOOKING_TABLE;
    if (body.exception === null) await removeException(table, params.office, params.date);
    else await saveException(table, params.office, body.exception);
    const period = { from: params.date, to: params.date };
    const days = await publishDays(table, params.office, period, now);
    if (params.date === localDate(now)) await checkStaffing(table, params.office, now);
    return { days };
  },
});
