import * as z from "zod/mini";
import { municipality } from "#shared/config.ts";
import { apiEnv } from "../env.ts";
import { daysLater } from "../hours/local-dates.ts";
import { checkRota, type RotaCheck } from "../hours/rota-check.ts";
import { listAbsences } from "../people/absence-table.ts";
import { listPeople } from "../people/people-table.ts";
import { type KeptRota, listExceptions, listRotas } from "./plan-table.ts";
import { evening, placeOf } from "./publish.ts";

const instant = z.string();
/** What a rota would mean, as the API says it. */
export const checkSchema = z.object({
  /** What refuses publishing: promises that would be broken. */
  faults: z.array(
    z.object({
      code: z.enum(["too-few-evenings", "same-person-two-offices", "not-approved"]),
      date: z.optional(z.string()),
      month: z.optional(z.string()),
      person: z.optional(z.string()),
      manager: z.optional(z.nullable(z.string())),
      has: z.optional(z.number()),
      needs: z.optional(z.number()),
    }),
  ),
  /** What does not, and makes times that are not offered. */
  flags: z.array(
    z.object({
      code: z.enum(["below-minimum", "absent", "outside-opening"]),
      date: z.string(),
      from: z.optional(instant),
      to: z.optional(instant),
      has: z.optional(z.number()),
      needs: z.optional(z.number()),
      person: z.optional(z.string()),
      kind: z.optional(z.string()),
    }),
  ),
  /** In each whole month that the rota reaches. */
  evenings: z.array(z.object({ month: z.string(), has: z.int(), needs: z.int() })),
  coverage: z.array(
    z.object({
      date: z.string(),
      stretches: z.array(z.object({ from: instant, to: instant, count: z.int() })),
    }),
  ),
});

export const written = (check: RotaCheck) => JSON.parse(JSON.stringify(check)) as z.infer<typeof checkSchema>;

/** What a rota would mean, worked out against all that is in force beside it. Answers at once: nothing is saved. */
export async function checked(rotaId: string, rota: KeptRota["rota"]): Promise<RotaCheck | undefined> {
  const table = apiEnv().BOOKING_TABLE;
  const place = placeOf(rota.office);
  if (place === undefined) return undefined;
  const period = { from: `${rota.validFrom.slice(0, 7)}-01`, to: lastOfMonth(rota.validTo) };
  const [people, exceptions, ...ofPlaces] = await Promise.all([
    listPeople(table),
    listExceptions(table, place.id),
    ...municipality().places.map(({ id: office }) => listRotas(table, office)),
  ]);
  const rostered = [...new Set(rota.shifts.map(({ person }) => person))];
  const absences = await Promise.all(rostered.map((person) => listAbsences(table, person, period)));
  return checkRota(rota, {
    period,
    office: { minimumStaff: place.minimumStaff, eveningsPerMonth: place.eveningsPerMonth, evening },
    calendar: place.calendar,
    exceptions,
    redDays: municipality().redDays,
    absences: absences.flat(),
    otherRotas: ofPlaces
      .flat()
      // An id is an office's own: another office's rota of the same name stays in force.
      .filter((other) => other.rotaId !== rotaId || other.rota.office !== rota.office)
      .flatMap(({ inForce }) => inForce ?? []),
    people: people.flatMap(({ person, manager }) => (manager === null ? [] : [{ person, manager }])),
  });
}

function lastOfMonth(date: string): string {
  const next = daysLater(`${date.slice(0, 7)}-28`, 4);
  return daysLater(`${next.slice(0, 7)}-01`, -1);
}
