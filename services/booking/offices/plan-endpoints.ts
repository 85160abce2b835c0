import * as z from "zod/mini";
import { municipality } from "#shared/config.ts";
import { defineEndpoint } from "#shared/http.ts";
import { refuse } from "#shared/refusal.ts";
import { localDate } from "#shared/time/working-time.ts";
import { id, noQuery } from "../book/fields.ts";
import { apiEnv } from "../env.ts";
import { daysLater } from "../hours/local-dates.ts";
import { officeDaySchema } from "../hours/office-day.ts";
import { openingExceptionSchema } from "../hours/opening-hours.ts";
import { rotaSchema } from "../hours/rota.ts";
import { checkRota, type RotaCheck } from "../hours/rota-check.ts";
import { listAbsences } from "../people/absence-table.ts";
import { listPeople } from "../people/people-table.ts";
import {
  findRota,
  type KeptRota,
  keptRotaSchema,
  listExceptions,
  listOfficeDays,
  listRotas,
  removeException,
  saveException,
  saveRota,
} from "./plan-table.ts";
import { evening, placeOf, publishDays } from "./publish.ts";

const officeParams = z.object({ office: id });
const rotaParams = z.object({ office: id, rotaId: id });

/** As far as a rota may be published at once: half a year. */
const longestDays = 185;

const instant = z.string();
const checkSchema = z.object({
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
  coverage: z.array(
    z.object({
      date: z.string(),
      stretches: z.array(z.object({ from: instant, to: instant, count: z.int() })),
    }),
  ),
});

const written = (check: RotaCheck) => JSON.parse(JSON.stringify(check)) as z.infer<typeof checkSchema>;

/** What a rota would mean, worked out against all that is in force beside it. Answers at once: nothing is saved. */
async function checked(rotaId: string, rota: KeptRota["rota"]): Promise<RotaCheck | undefined> {
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
      .filter((other) => other.status === "published" && other.rotaId !== rotaId)
      .map((other) => other.rota),
    people: people.flatMap(({ person, manager }) => (manager === null ? [] : [{ person, manager }])),
  });
}

function lastOfMonth(date: string): string {
  const next = daysLater(`${date.slice(0, 7)}-28`, 4);
  return daysLater(`${next.slice(0, 7)}-01`, -1);
}

export const listOffices = defineEndpoint({
  params: z.object({}),
  query: noQuery,
  answer: z.object({
    offices: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        kind: z.string(),
        minimumStaff: z.int(),
        eveningsPerMonth: z.int(),
        rooms: z.array(z.object({ id: z.string(), name: z.string(), kind: z.string(), seats: z.int() })),
        services: z.array(
          z.object({ id: z.string(), name: z.string(), minutes: z.int(), visibility: z.string() }),
        ),
      }),
    ),
  }),
  run: async () => ({
    offices: municipality()
      .places.filter(({ id: office }) => placeOf(office) !== undefined)
      .map((place) => ({
        ...place,
        services: municipality().booking.services.filter(({ places }) => places.includes(place.id)),
      })),
  }),
});

/** What an office has published, a month at a time. */
export const listDays = defineEndpoint({
  params: officeParams,
  query: z.object({ from: z.iso.date(), to: z.iso.date() }),
  answer: z.object({ days: z.array(officeDaySchema) }),
  run: async ({ params, query }) => {
    if (placeOf(params.office) === undefined) return refuse("not-found");
    if (query.to < query.from || query.to > daysLater(query.from, 62)) return refuse("too-many-days");
    return { days: [...(await listOfficeDays(apiEnv().BOOKING_TABLE, params.office, query))] };
  },
});

export const listOfficeRotas = defineEndpoint({
  params: officeParams,
  query: noQuery,
  answer: z.object({ rotas: z.array(keptRotaSchema) }),
  run: async ({ params }) => ({ rotas: [...(await listRotas(apiEnv().BOOKING_TABLE, params.office))] }),
});

/** Tells what a rota would mean, without saving it. */
export const checkDraft = defineEndpoint({
  params: rotaParams,
  query: noQuery,
  body: z.object({ rota: rotaSchema }),
  answer: checkSchema,
  run: async ({ params, body }) => {
    if (body.rota.office !== params.office) return refuse("not-found");
    if (tooLong(body.rota)) return refuse("too-many-days");
    const check = await checked(params.rotaId, body.rota);
    return check === undefined ? refuse("not-found") : written(check);
  },
});

const tooLong = ({ validFrom, validTo }: KeptRota["rota"]) => validTo > daysLater(validFrom, longestDays);

/** Saves a draft over the version that was seen. What managers have approved stays, for the people who are still in it. */
export const saveDraft = defineEndpoint({
  params: rotaParams,
  query: noQuery,
  body: z.object({ seen: z.int().check(z.nonnegative()), rota: rotaSchema }),
  answer: keptRotaSchema,
  current: keptRotaSchema,
  run: async ({ params, body }) => {
    const { rota, seen } = body;
    if (placeOf(params.office) === undefined || rota.office !== params.office) return refuse("not-found");
    if (tooLong(rota)) return refuse("too-many-days");
    const table = apiEnv().BOOKING_TABLE;
    const before = await findRota(table, params.office, params.rotaId);
    if ((before?.version ?? 0) !== seen) return refuse("changed", before);
    const people = new Set(rota.shifts.map(({ person }) => person));
    const kept: KeptRota = {
      rotaId: params.rotaId,
      version: seen + 1,
      // A rota in force that is changed is a draft again; its days stand until the new ones are published.
      status: "draft",
      publishedTo: before?.publishedTo ?? null,
      rota: {
        ...rota,
        // Nobody approves by saving.
        approvals: (before?.rota.approvals ?? []).filter(({ person }) => people.has(person)),
      },
    };
    if (await saveRota(table, kept, seen)) return kept;
    return refuse("changed", await findRota(table, params.office, params.rotaId));
  },
});

/** A manager says yes to a person's working at another office. Only that person's own. */
export const approveShifts = defineEndpoint({
  params: rotaParams,
  query: noQuery,
  body: z.object({ seen: z.int().check(z.positive()), person: id }),
  answer: keptRotaSchema,
  current: keptRotaSchema,
  run: async ({ params, body, caller, now }) => {
    const table = apiEnv().BOOKING_TABLE;
    const before = await findRota(table, params.office, params.rotaId);
    const person = (await listPeople(table)).find((one) => one.person === body.person);
    if (before === undefined || person?.manager !== caller.sub) return refuse("not-found");
    if (before.version !== body.seen) return refuse("changed", before);
    const others = before.rota.approvals.filter((one) => one.person !== body.person);
    const approval = { manager: caller.sub, person: body.person, at: now.toISOString() };
    const kept: KeptRota = {
      ...before,
      version: before.version + 1,
      rota: { ...before.rota, approvals: [...others, approval] },
    };
    if (await saveRota(table, kept, before.version)) return kept;
    return refuse("changed", await findRota(table, params.office, params.rotaId));
  },
});

/**
 * Puts a rota in force: its days are made, from today on. Refused, with what is wrong and when, where it would break a promise. Repeated,
 * it goes on where it was broken off.
 */
export const publishRota = defineEndpoint({
  params: rotaParams,
  query: noQuery,
  body: z.object({ seen: z.int().check(z.positive()) }),
  answer: z.object({ rota: keptRotaSchema, days: z.int() }),
  current: z.union([keptRotaSchema, checkSchema]),
  run: async ({ params, body, now }) => {
    const table = apiEnv().BOOKING_TABLE;
    const before = await findRota(table, params.office, params.rotaId);
    if (before === undefined) return refuse("not-found");
    if (before.version !== body.seen) return refuse("changed", before);
    const check = await checked(params.rotaId, before.rota);
    if (check === undefined) return refuse("not-found");
    if (check.faults.length > 0) return refuse("breaks-promise", written(check));
    const inForce: KeptRota = { ...before, version: before.version + 1, status: "published" };
    if (!(await saveRota(table, inForce, before.version)))
      return refuse("changed", await findRota(table, params.office, params.rotaId));
    const today = localDate(now);
    const from = before.rota.validFrom > today ? before.rota.validFrom : today;
    const days = await publishDays(table, params.office, { from, to: before.rota.validTo }, now);
    const done: KeptRota = { ...inForce, version: inForce.version + 1, publishedTo: before.rota.validTo };
    if (await saveRota(table, done, inForce.version)) return { rota: done, days };
    return refuse("changed", await findRota(table, params.office, params.rotaId));
  },
});

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
    return { days: await publishDays(table, params.office, period, now) };
  },
});
