import * as z from "zod/mini";
import { municipality } from "#shared/config.ts";
import { defineEndpoint } from "#shared/http.ts";
import type { Staff } from "#shared/staff.ts";
import { getAll } from "#shared/table.ts";
import { localDate } from "#shared/time/working-time.ts";
import { id } from "../book/fields.ts";
import { apiEnv } from "../env.ts";
import { officeDayKey, personKey } from "../keys.ts";
import { raisedGaps } from "../offices/staffing-table.ts";
import { latestIncidents } from "./incident-table.ts";

/** For how long the others are shown that somebody has raised an incident. */
const alarmMs = 30 * 60_000;

/**
 * What those of an office must know at once, whatever they look at: that a colleague has called for help in the last half hour, and that
 * too few are on duty and nobody has seen to it. `office`: one more that they have before them.
 */
export const showAlerts = defineEndpoint({
  params: z.object({}),
  query: z.object({ office: z.optional(id) }),
  answer: z.object({
    incidents: z.array(
      z.object({
        incidentId: z.string(),
        office: z.string(),
        place: z.string(),
        at: z.string(),
        by: z.string(),
        /** What they are called; null for who has no profile. */
        name: z.nullable(z.string()),
      }),
    ),
    staffing: z.array(
      z.object({
        office: z.string(),
        place: z.string(),
        from: z.string(),
        to: z.string(),
        present: z.int(),
        minimum: z.int(),
      }),
    ),
  }),
  run: async ({ query, caller, now }) => {
    const table = apiEnv().BOOKING_TABLE;
    const offices = await officesOf(table, caller, query.office, now);
    const since = new Date(now.getTime() - alarmMs).toISOString();
    const [gaps, ...raised] = await Promise.all([
      raisedGaps(table, localDate(now)),
      ...offices.map((office) => latestIncidents(table, office.id, 5)),
    ]);
    const incidents = offices.flatMap((office, n) =>
      (raised[n] ?? [])
        .filter(({ at }) => at > since)
        .map(({ incidentId, at, by }) => ({ incidentId, at, by, office: office.id, place: office.name })),
    );
    const names = await namesOf(
      table,
      incidents.map(({ by }) => by),
    );
    return {
      incidents: incidents.map((one) => ({ ...one, name: names.get(one.by) ?? null })),
      staffing: gaps
        .filter(({ over, solved, to }) => !over && solved === null && to > now.toISOString())
        .flatMap((gap) => {
          const place = offices.find((office) => office.id === gap.office);
          return place === undefined ? [] : [{ ...gap, place: place.name }];
        }),
    };
  },
});

const seatSchema = z.object({ office: z.nullable(z.string()) });
const daySchema = z.object({ office: z.string(), people: z.array(z.object({ person: z.string() })) });

/**
 * The offices that are somebody's: where they have their desk or work today. Of who has neither, and of who leads the servicecenter, all.
 */
async function officesOf(table: string, caller: Staff, before: string | undefined, now: Date) {
  const open = municipality().places.filter(({ enabled }) => enabled);
  const rows = await getAll(table, [
    personKey(caller.sub),
    ...open.map(({ id: office }) => officeDayKey(office, localDate(now))),
  ]);
  const profile = rows.find(({ sk }) => sk === personKey(caller.sub).sk);
  const seat = profile === undefined ? null : seatSchema.parse(profile).office;
  const days = rows.filter((row) => row !== profile).map((row) => daySchema.parse(row));
  const own = new Set([
    ...(seat === null ? [] : [seat]),
    ...days
      .filter(({ people }) => people.some(({ person }) => person === caller.sub))
      .map(({ office }) => office),
  ]);
  const leads = caller.roles.includes("manager") && caller.units.includes(municipality().serviceCentre.unit);
  if (leads || own.size === 0) return open;
  return open.filter((office) => own.has(office.id) || office.id === before);
}

async function namesOf(table: string, people: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await getAll(table, [...new Set(people)].map(personKey));
  return new Map(rows.map((row) => [String(row["person"]), String(row["name"])]));
}
