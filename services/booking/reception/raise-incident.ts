import * as z from "zod/mini";
import { municipality } from "#shared/config.ts";
import { defineEndpoint } from "#shared/http.ts";
import { newId } from "#shared/ids.ts";
import { refuse } from "#shared/refusal.ts";
import { id, noQuery } from "../book/fields.ts";
import { apiEnv } from "../env.ts";
import { placeOf } from "./access.ts";
import { officeParams } from "./check-in.ts";
import { describeIncident, incidentSchema, latestIncidents, saveIncident } from "./incident-table.ts";

/** A threat or the like: one press, and what happened if there is time to say. */
export const raiseIncident = defineEndpoint({
  params: officeParams,
  query: noQuery,
  body: z.optional(z.object({ text: z.optional(z.string().check(z.trim(), z.maxLength(2_000))) })),
  answer: z.object({ incidentId: z.string(), at: z.string() }),
  run: async ({ params: { office }, body, caller, now }) => {
    if (placeOf(office) === undefined) return refuse("not-found");
    const text = body?.text === undefined || body.text === "" ? null : body.text;
    const incident = { incidentId: newId(), at: now.toISOString(), by: caller.sub, text };
    await saveIncident(apiEnv().BOOKING_TABLE, office, incident);
    return { incidentId: incident.incidentId, at: incident.at };
  },
});

/** What happened, said afterwards by whoever raised it, once. */
export const noteIncident = defineEndpoint({
  params: z.object({ office: id, incidentId: id }),
  query: noQuery,
  body: z.object({
    /** When it was raised, as that was answered. */
    at: z.iso.datetime(),
    text: z.string().check(z.trim(), z.minLength(1), z.maxLength(2_000)),
  }),
  answer: z.object({ incidentId: z.string(), at: z.string() }),
  run: async ({ params: { office, incidentId }, body: { at, text }, caller }) => {
    if (placeOf(office) === undefined) return refuse("not-found");
    const incident = { incidentId, at, by: caller.sub, text };
    const done = await describeIncident(apiEnv().BOOKING_TABLE, office, incident);
    return done ? { incidentId, at } : refuse("not-found");
  },
});

/** For whoever leads the servicecenter, to follow up. */
export const listIncidents = defineEndpoint({
  params: officeParams,
  query: noQuery,
  answer: z.object({ incidents: z.array(incidentSchema) }),
  run: async ({ params: { office }, caller }) => {
    if (placeOf(office) === undefined || !caller.units.includes(municipality().serviceCentre.unit))
      return refuse("not-found");
    return { incidents: [...(await latestIncidents(apiEnv().BOOKING_TABLE, office))] };
  },
});
