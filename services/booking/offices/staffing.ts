import * as z from "zod/mini";
import { municipality } from "#shared/config.ts";
import { defineEndpoint } from "#shared/http.ts";
import { refuse } from "#shared/refusal.ts";
import { localDate } from "#shared/time/working-time.ts";
import { id, instant, noQuery } from "../book/fields.ts";
import { apiEnv } from "../env.ts";
import { openOn } from "../hours/opening-hours.ts";
import { type Rota, rosterOn } from "../hours/rota.ts";
import { type Surroundings, stepInFor } from "../hours/staffing-gaps.ts";
import { isGuestHost } from "../people/guest-hosts.ts";
import { type StaffingToday, staffingToday, stretchesOf } from "./check-staffing.ts";
import { listRotas } from "./plan-table.ts";
import { placeOf } from "./publish.ts";
import { findRaisedGap, raisedGapSchema, raisedGaps, saveRaisedGap, solutions } from "./staffing-table.ts";

const officeParams = z.object({ office: id });

/** What an office is short of today, and who could step in. */
export const showStaffing = defineEndpoint({
  params: officeParams,
  query: noQuery,
  answer: z.object({
    date: z.string(),
    gaps: z.array(
      z.object({
        from: z.string(),
        to: z.string(),
        present: z.int(),
        minimum: z.int(),
        stepIn: z.array(z.object({ person: z.string(), why: z.enum(["stand-in", "not-on-duty"]) })),
      }),
    ),
    /** All that was raised today, and what was done about it. */
    raised: z.array(raisedGapSchema),
  }),
  run: async ({ params: { office }, now }) => {
    const table = apiEnv().BOOKING_TABLE;
    const found = await staffingToday(table, office, now);
    if (found === undefined) return refuse("not-found");
    const around = found.gaps.length === 0 ? undefined : await surroundings(table, office, found, now);
    const gaps = found.gaps.map((gap) => ({
      from: gap.from.toISOString(),
      to: gap.to.toISOString(),
      present: gap.present,
      minimum: gap.minimum,
      stepIn: around === undefined ? [] : [...stepInFor(gap, around, now)],
    }));
    const date = localDate(now);
    return { date, gaps, raised: [...(await raisedGaps(table, date, office))] };
  },
});

/** Those of the unit that keeps the office, and all who work there on any day, with what they do elsewhere. */
async function surroundings(
  table: string,
  office: string,
  { plan, rostered, absences }: StaffingToday,
  now: Date,
): Promise<Surroundings> {
  const date = localDate(now);
  const others = municipality().places.filter((place) => place.id !== office);
  const rotas = (await Promise.all(others.map((place) => listRotas(table, place.id)))).flat();
  const inForce = rotas.flatMap((kept) => kept.inForce ?? []);
  const { unit } = municipality().serviceCentre;
  const own = plan.rotas.flatMap(({ shifts }) => shifts.map(({ person }) => person));
  // Whoever comes from outside is there for their own visitors.
  const staff = plan.people.filter(({ person }) => !isGuestHost(person));
  const ofUnit = staff.filter((one) => one.unit === unit).map(({ person }) => person);
  const people = staff.map(({ person }) => person);
  const [away, busy] = await Promise.all([
    stretchesOf(table, date, people, (kind) => kind === "block"),
    stretchesOf(table, date, people, (kind) => kind === "meeting" || kind === "hold"),
  ]);
  const elsewhere = inForce.flatMap((rota) => rosteredAt(rota, date));
  return {
    people: staff,
    rostered,
    absences: [...absences, ...away],
    taken: [...elsewhere, ...busy],
    known: new Set([...own, ...ofUnit]),
  };
}

function rosteredAt(rota: Rota, date: string) {
  const place = placeOf(rota.office);
  if (place === undefined) return [];
  return rosterOn(date, rota, openOn(date, place.calendar, [], municipality().redDays));
}

/** Notes what was done about a gap, and by whom. `present`: how many were there as whoever did it saw. */
export const solveStaffing = defineEndpoint({
  params: officeParams,
  query: noQuery,
  body: z.object({
    from: instant,
    to: instant,
    present: z.int().check(z.nonnegative()),
    how: z.enum(solutions),
    text: z.optional(z.string().check(z.trim(), z.maxLength(200))),
  }),
  answer: raisedGapSchema,
  current: raisedGapSchema,
  run: async ({ params: { office }, body, caller, now }) => {
    const table = apiEnv().BOOKING_TABLE;
    const { from, to, present, how, text } = body;
    const known = await findRaisedGap(table, { date: localDate(now), office, from, to });
    if (known === undefined) return refuse("not-found");
    if (known.over || known.solved !== null || known.present !== present) return refuse("changed", known);
    const said = text === undefined || text === "" ? null : text;
    const solved = { how, text: said, by: caller.name, at: now.toISOString() };
    const next = { ...known, version: known.version + 1, solved };
    return (await saveRaisedGap(table, next, false)) ? next : refuse("changed", known);
  },
});
