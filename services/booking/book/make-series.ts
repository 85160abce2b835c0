import * as z from "zod/mini";
import { municipality } from "#shared/config.ts";
import { defineEndpoint } from "#shared/http.ts";
import { shortHash } from "#shared/ids.ts";
import { isRefused, type Refused, refuse } from "#shared/refusal.ts";
import { localDate } from "#shared/time/working-time.ts";
import { daysLater } from "../hours/local-dates.ts";
import { instantOf, localOf } from "../hours/local-time.ts";
import { askedShape, bookFor } from "./book-for.ts";
import { bookingViewSchema, slotViewSchema } from "./booking-view.ts";
import { noQuery } from "./fields.ts";

const { hold: _once, session: _seats, ...asked } = askedShape;

const occurrenceSchema = z.object({
  number: z.int(),
  /** The local date. */
  date: z.string(),
  booking: z.nullable(bookingViewSchema),
  /** Why there is none on that date, and what could be had instead. */
  refused: z.nullable(z.string()),
  alternatives: z.array(slotViewSchema),
});
type Occurrence = z.infer<typeof occurrenceSchema>;

/**
 * Books the same local time again every so many weeks: each a booking of its own, that can be moved or cancelled alone. What cannot be had on one
 * date does not stop the others; it is answered with what can. Asked again with the same key, it goes on where it was broken off.
 */
export const makeSeries = defineEndpoint({
  params: z.object({}),
  query: noQuery,
  body: z.object({
    ...asked,
    everyWeeks: z.int().check(z.minimum(1), z.maximum(8)),
    times: z.int().check(z.minimum(2), z.maximum(26)),
  }),
  answer: z.object({ seriesId: z.string(), occurrences: z.array(occurrenceSchema) }),
  run: async ({ body, caller, now }) => {
    const { everyWeeks, times, key, ...each } = body;
    const seriesId = shortHash(["series", municipality().organisation.id, caller.sub, key].join("|"));
    const first = new Date(body.startsAt);
    const occurrences: Occurrence[] = [];
    for (let number = 1; number <= times; number += 1) {
      const date = daysLater(localDate(first), (number - 1) * everyWeeks * 7);
      const start = instantOf(date, localOf(first).time);
      if (isRefused(start)) {
        occurrences.push(without(number, date, refuse("outside-hours")));
        continue;
      }
      const one = { ...each, key, startsAt: start.toISOString(), hold: false };
      // Whoever comes is told with the first that there is; the day before each later one a reminder comes.
      const silent = occurrences.some(({ booking }) => booking !== null);
      const series = { seriesId, number, of: times, everyWeeks };
      const outcome = await bookFor(one, { caller, now, series, silent });
      if (isRefused(outcome) && endsSeries(outcome.refused)) return outcome;
      occurrences.push(
        isRefused(outcome)
          ? without(number, date, outcome)
          : { number, date, booking: outcome, refused: null, alternatives: [] },
      );
    }
    return { seriesId, occurrences };
  },
});

/** What would be refused on every date, or should be asked again. */
const reasonsForAll = ["not-found", "length-is-given", "other-wish", "which-interpreter", "busy"] as const;
type ForAll = (typeof reasonsForAll)[number];

function endsSeries(code: string): code is ForAll {
  return reasonsForAll.some((one) => one === code);
}

function without(number: number, date: string, refusal: Refused<string>): Occurrence {
  const { alternatives = [] } = (refusal.current ?? {}) as { alternatives?: Occurrence["alternatives"] };
  return { number, date, booking: null, refused: refusal.refused, alternatives };
}
