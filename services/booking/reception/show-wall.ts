import * as z from "zod/mini";
import { defineEndpoint } from "#shared/http.ts";
import { refuse } from "#shared/refusal.ts";
import { localDate } from "#shared/time/working-time.ts";
import { noQuery } from "../book/fields.ts";
import { apiEnv } from "../env.ts";
import { placeOf, receives } from "./access.ts";
import { officeParams } from "./check-in.ts";
import { instantOf, isUp, isWaiting } from "./visit.ts";
import { visitsOfDay } from "./visit-table.ts";

/** What hangs on the wall where visitors wait: numbers, and nothing by which one could be told from another. */
export const showWall = defineEndpoint({
  params: officeParams,
  query: noQuery,
  answer: z.object({
    /** The last called first. */
    called: z.array(z.int()),
    waiting: z.int(),
  }),
  run: async ({ params: { office }, caller, now }) => {
    if (placeOf(office) === undefined || !receives(caller)) return refuse("not-found");
    const visits = await visitsOfDay(apiEnv().BOOKING_TABLE, office, localDate(now));
    const upSince = (visit: (typeof visits)[number]) => instantOf(visit, "clear") ?? instantOf(visit, "call");
    return {
      called: visits
        .filter(isUp)
        .toSorted((a, b) => (upSince(b) ?? "").localeCompare(upSince(a) ?? ""))
        .map(({ number }) => number),
      waiting: visits.filter((visit) => isWaiting(visit, now)).length,
    };
  },
});
