import * as z from "zod/mini";
import { defineEndpoint } from "#shared/http.ts";
import { refuse } from "#shared/refusal.ts";
import { localDate } from "#shared/time/working-time.ts";
import { noQuery } from "../book/fields.ts";
import { apiEnv } from "../env.ts";
import { placeOf, receives } from "./access.ts";
import { officeParams } from "./check-in.ts";
import { platesOfDay } from "./visit-table.ts";

/** For the firm that looks after the car park: which cars are today's visitors'. Of other days nothing is shown to anybody. */
export const listParking = defineEndpoint({
  params: officeParams,
  query: noQuery,
  answer: z.object({ date: z.string(), place: z.string(), plates: z.array(z.string()) }),
  run: async ({ params: { office }, caller, now }) => {
    const place = placeOf(office);
    if (place === undefined || !receives(caller)) return refuse("not-found");
    const date = localDate(now);
    const plates = await platesOfDay(apiEnv().BOOKING_TABLE, office, date);
    return { date, place: place.name, plates: [...plates] };
  },
});
