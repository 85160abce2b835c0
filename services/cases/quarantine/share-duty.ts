import * as z from "zod/mini";
import { municipality } from "#shared/config.ts";
import { defineEndpoint, noInput } from "#shared/http.ts";
import { isRefused, refuse } from "#shared/refusal.ts";
import { findStaff } from "#shared/staff.ts";
import { localDate } from "#shared/time/working-time.ts";
import { apiEnv } from "../env.ts";
import { dateField } from "../handle/change-case.ts";
import { daysOffAfter, dutyDates, dutySchema, heldBefore, mayCallDone, mayShareOut } from "./duty.ts";
import { callDone, findDuties, giveDuty, heldArrivals } from "./duty-table.ts";

const answer = z.object({
  today: z.string(),
  /** The working days of two weeks, today first when it is one. `daysOffAfter`: so many days off follow. */
  days: z.array(z.extend(dutySchema, { daysOffAfter: z.int() })),
  /** All that lies in quarantine, and what of it came before today. */
  held: z.int(),
  heldBeforeToday: z.int(),
});

async function standing(now: Date): Promise<z.infer<typeof answer>> {
  const { CASES_TABLE } = apiEnv();
  const { redDays } = municipality();
  const today = localDate(now);
  const [duties, arrivals] = await Promise.all([
    findDuties(CASES_TABLE, dutyDates(today, redDays)),
    heldArrivals(CASES_TABLE),
  ]);
  return {
    today,
    days: duties.map((duty) => ({ ...duty, daysOffAfter: daysOffAfter(duty.date, redDays) })),
    held: arrivals.length,
    heldBeforeToday: heldBefore(arrivals, today),
  };
}

/** Who looks through the quarantine and when, and how much lies there. */
export const listDuties = defineEndpoint({
  params: noInput,
  query: noInput,
  answer,
  run: async ({ now }) => await standing(now),
});

/** Takes a day, gives it to another agent or to nobody. `was`: who had it on the screen; if somebody else has it now, `changed`. */
export const shareDuty = defineEndpoint({
  params: z.object({ date: dateField }),
  query: noInput,
  body: z.object({ sub: z.nullable(z.string()), was: z.nullable(z.string()) }),
  answer,
  current: answer,
  run: async ({ params, body, now }) => {
    const no = mayShareOut(params.date, now, municipality().redDays);
    if (no !== undefined) return no;
    const { CASES_TABLE } = apiEnv();
    const person = await agentCalled(body.sub, now);
    if (isRefused(person)) return person;
    const given = await giveDuty(CASES_TABLE, params.date, person, body.was);
    return given ? await standing(now) : refuse("changed", await standing(now));
  },
});

/** Somebody has looked through what lies in quarantine today, whoever's day it is. */
export const finishDuty = defineEndpoint({
  params: z.object({ date: dateField }),
  query: noInput,
  answer,
  run: async ({ params, caller, now }) => {
    const no = mayCallDone(params.date, now, municipality().redDays);
    if (no !== undefined) return no;
    await callDone(apiEnv().CASES_TABLE, params.date, now, caller);
    return await standing(now);
  },
});

async function agentCalled(sub: string | null, now: Date) {
  if (sub === null) return null;
  const staff = await findStaff(apiEnv().STAFF_TABLE, sub, now);
  if (staff === undefined || !staff.roles.includes("agent")) return refuse("no-such-agent");
  return { sub: staff.sub, name: staff.name };
}
