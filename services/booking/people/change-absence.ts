import * as z from "zod/mini";
import { municipality } from "#shared/config.ts";
import { defineEndpoint } from "#shared/http.ts";
import { shortHash } from "#shared/ids.ts";
import { refuse } from "#shared/refusal.ts";
import { localDate } from "#shared/time/working-time.ts";
import { id, instant, noQuery } from "../book/fields.ts";
import { apiEnv } from "../env.ts";
import { checkStaffing } from "../offices/check-staffing.ts";
import { placeOf, publishDays } from "../offices/publish.ts";
import { enterAbsence, liftAbsence } from "./absence.ts";
import {
  absenceSchema,
  findAbsences,
  type KeptAbsence,
  longestAbsenceDays,
  removeAbsence,
} from "./absence-table.ts";

/** Themselves, or those who plan for others. */
const mayEnter = (person: string, caller: { sub: string; roles: readonly string[] }) =>
  person === caller.sub ||
  caller.roles.some((role) => role === "manager" || role === "floorCoordinator" || role === "agent");

/** Somebody is away. Their meetings then are not removed: they need another person or another time, and stand in a list until they have it. */
export const addAbsence = defineEndpoint({
  params: z.object({ person: id }),
  query: noQuery,
  body: z.object({ key: z.string().check(z.minLength(8), z.maxLength(100)), from: instant, to: instant }),
  answer: z.object({ absence: absenceSchema, unsettled: z.int() }),
  run: async ({ params, body, caller, now }) => {
    if (!mayEnter(params.person, caller)) return refuse("not-found");
    const [from, to] = [new Date(body.from), new Date(body.to)];
    if (from >= to || to.getTime() - from.getTime() > longestAbsenceDays * 86_400_000)
      return refuse("too-many-days");
    const absence: KeptAbsence = {
      absenceId: shortHash(["absence", params.person, caller.sub, body.key].join("|")),
      person: params.person,
      from: from.toISOString(),
      to: to.toISOString(),
      enteredBy: caller.name,
    };
    const table = apiEnv().BOOKING_TABLE;
    const unsettled = await enterAbsence(table, absence, now);
    await republish(table, absence, now);
    return { absence, unsettled: unsettled.length };
  },
});

/**
 * Where the person works those days, what is offered and how many evenings there are is worked out again; and today, whether enough are
 * left.
 */
async function republish(table: string, absence: KeptAbsence, now: Date): Promise<void> {
  const today = localDate(now);
  const first = localDate(new Date(absence.from));
  const period = {
    from: first > today ? first : today,
    to: localDate(new Date(Date.parse(absence.to) - 1)),
  };
  for (const { id: office } of municipality().places)
    if (placeOf(office) !== undefined) {
      await publishDays(table, office, period, now);
      if (period.from === today) await checkStaffing(table, office, now);
    }
}

export const listPersonAbsences = defineEndpoint({
  params: z.object({ person: id }),
  query: z.object({ from: z.iso.date(), to: z.iso.date() }),
  answer: z.object({ absences: z.array(absenceSchema) }),
  run: async ({ params, query, caller }) => {
    if (!mayEnter(params.person, caller)) return refuse("not-found");
    return { absences: [...(await findAbsences(apiEnv().BOOKING_TABLE, params.person, query))] };
  },
});

export const endAbsence = defineEndpoint({
  params: z.object({ person: id, absenceId: z.string().check(z.regex(/^[0-9a-f]{32}$/)) }),
  query: noQuery,
  body: z.object({ from: instant }),
  answer: z.object({ absence: absenceSchema }),
  run: async ({ params, body, caller, now }) => {
    if (!mayEnter(params.person, caller)) return refuse("not-found");
    const table = apiEnv().BOOKING_TABLE;
    const date = localDate(new Date(body.from));
    const found = await findAbsences(table, params.person, { from: date, to: date });
    const absence = found.find(({ absenceId }) => absenceId === params.absenceId);
    if (absence === undefined) return refuse("not-found");
    await liftAbsence(table, absence, now);
    await removeAbsence(table, absence);
    await republish(table, absence, now);
    return { absence };
  },
});
