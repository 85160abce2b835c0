import * as z from "zod/mini";
import { defineEndpoint } from "#shared/http.ts";
import { refuse } from "#shared/refusal.ts";
import { localDate } from "#shared/time/working-time.ts";
import { id, noQuery } from "../book/fields.ts";
import { apiEnv } from "../env.ts";
import { daysLater } from "../hours/local-dates.ts";
import { rotaSchema } from "../hours/rota.ts";
import { listPeople } from "../people/people-table.ts";
import { checkStaffing } from "./check-staffing.ts";
import { findRota, type KeptRota, keptRotaSchema, listRotas, saveRota } from "./plan-table.ts";
import { placeOf, publishDays } from "./publish.ts";
import { checked, checkSchema, written } from "./rota-meaning.ts";

/** As far as a rota may be published at once: half a year. */
const longestDays = 185;

const rotaParams = z.object({ office: id, rotaId: id });

export const listOfficeRotas = defineEndpoint({
  params: z.object({ office: id }),
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
      // What is in force stays so until the draft is published.
      status: "draft",
      publishedTo: before?.publishedTo ?? null,
      inForce: before?.inForce ?? null,
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
    const inForce: KeptRota = {
      ...before,
      version: before.version + 1,
      status: "published",
      inForce: before.rota,
    };
    if (!(await saveRota(table, inForce, before.version)))
      return refuse("changed", await findRota(table, params.office, params.rotaId));
    const days = await publishDays(table, params.office, daysAbout(before, localDate(now)), now);
    await checkStaffing(table, params.office, now);
    const done: KeptRota = { ...inForce, version: inForce.version + 1, publishedTo: before.rota.validTo };
    if (await saveRota(table, done, inForce.version)) return { rota: done, days };
    return refuse("changed", await findRota(table, params.office, params.rotaId));
  },
});

/** Which days a new rota makes anew, from today on: its own, and those of what it takes the place of. */
function daysAbout({ rota, inForce, publishedTo }: KeptRota, today: string): { from: string; to: string } {
  const first = [rota.validFrom, inForce?.validFrom ?? rota.validFrom].toSorted((a, b) =>
    a.localeCompare(b),
  )[0];
  const last = [rota.validTo, inForce?.validTo ?? "", publishedTo ?? ""].toSorted((a, b) =>
    b.localeCompare(a),
  )[0];
  return { from: first === undefined || first < today ? today : first, to: last ?? rota.validTo };
}
