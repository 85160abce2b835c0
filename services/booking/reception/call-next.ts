import * as z from "zod/mini";
import { defineEndpoint } from "#shared/http.ts";
import { isRefused, refuse } from "#shared/refusal.ts";
import { localDate } from "#shared/time/working-time.ts";
import { id, noQuery } from "../book/fields.ts";
import { apiEnv } from "../env.ts";
import { guestHostIn } from "../people/guest-hosts.ts";
import { may } from "./access.ts";
import { save } from "./change-visit.ts";
import { officeParams } from "./check-in.ts";
import { call, inTurn } from "./visit.ts";
import { visitsOfDay } from "./visit-table.ts";
import { shownVisit, visitViewSchema } from "./visit-view.ts";

const rounds = 10;

/**
 * Calls whoever has waited longest: for a floor, for a guest host, or without either for the servicecenter itself. Two who call at once get
 * two visitors.
 */
export const callNext = defineEndpoint({
  params: officeParams,
  query: noQuery,
  body: z.object({
    floor: z._default(z.nullable(z.int()), null),
    guestHost: z._default(z.nullable(id), null),
  }),
  answer: visitViewSchema,
  run: async ({ params: { office }, body, caller, now }) => {
    const table = apiEnv().BOOKING_TABLE;
    for (let round = 0; round < rounds; round += 1) {
      const visits = await visitsOfDay(table, office, localDate(now));
      const theirs = visits.filter(
        (visit) =>
          visit.floor === body.floor &&
          guestHostIn(visit.host) === body.guestHost &&
          may(caller, "call", visit),
      );
      const waiting = inTurn(theirs);
      if (waiting.length === 0) return refuse("nobody-waits");
      for (const visit of waiting) {
        const called = call(visit, { by: caller.sub, now });
        if (isRefused(called) || (await save(table, called)) === "changed") continue;
        return await shownVisit(table, called.next, caller, now);
      }
    }
    return refuse("busy");
  },
});
