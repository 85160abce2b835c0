import * as z from "zod/mini";
import { defineEndpoint } from "#shared/http.ts";
import { refuse } from "#shared/refusal.ts";
import { noQuery } from "../book/fields.ts";
import { apiEnv } from "../env.ts";
import { mayKnow, placeOf, sees } from "./access.ts";
import { closingOf } from "./change-visit.ts";
import { officeParams } from "./check-in.ts";
import { isForgotten } from "./house.ts";
import { insideNow, nameKey } from "./visit-table.ts";
import { namesFor } from "./visit-view.ts";

/** Who is in the house, for when it must be emptied: who has an access card is not among them. */
export const listHouse = defineEndpoint({
  params: officeParams,
  query: noQuery,
  answer: z.object({
    inside: z.array(
      z.object({
        date: z.string(),
        number: z.int(),
        badge: z.nullable(z.int()),
        floor: z.nullable(z.int()),
        since: z.string(),
        /** They should have checked out: see whether they are still here, and close the visit. */
        forgotten: z.boolean(),
        /** That they are here is secret: whoever keeps a copy of the list keeps it without their name. */
        secret: z.boolean(),
        hidden: z.boolean(),
        name: z.nullable(z.string()),
      }),
    ),
  }),
  run: async ({ params: { office }, caller, now }) => {
    const table = apiEnv().BOOKING_TABLE;
    if (placeOf(office) === undefined) return refuse("not-found");
    const [all, closesAt] = await Promise.all([insideNow(table, office), closingOf(office, now)]);
    const inside = all.filter((one) => sees(caller, one));
    const names = await namesFor(table, inside, caller);
    return {
      inside: inside.map((one) => ({
        ...one,
        forgotten: isForgotten(one, closesAt, now),
        hidden: !mayKnow(caller, one),
        name: names.get(nameKey(one)) ?? null,
      })),
    };
  },
});
