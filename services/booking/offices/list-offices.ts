import * as z from "zod/mini";
import { municipality } from "#shared/config.ts";
import { defineEndpoint } from "#shared/http.ts";
import { noQuery } from "../book/fields.ts";
import { placeOf } from "./publish.ts";

/** The offices that receive visitors, with what can be booked there. */
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
        rooms: z.array(
          z.object({
            id: z.string(),
            name: z.string(),
            kind: z.string(),
            seats: z.int(),
            equipment: z.array(z.string()),
          }),
        ),
        services: z.array(
          z.object({
            id: z.string(),
            name: z.string(),
            unit: z.string(),
            minutes: z.int(),
            visibility: z.string(),
            seats: z.int(),
            needs: z.object({ person: z.boolean(), room: z.optional(z.string()) }),
            prepare: z.array(z.string()),
            guestHost: z.optional(z.object({ name: z.string() })),
          }),
        ),
      }),
    ),
    /** From whom an interpreter is ordered when no colleague can. */
    agency: z.nullable(z.object({ name: z.string(), phone: z.string(), languages: z.array(z.string()) })),
  }),
  run: async () => ({
    agency: municipality().booking.interpreterAgency ?? null,
    offices: municipality()
      .places.filter(({ id: office }) => placeOf(office) !== undefined)
      .map((place) => ({
        ...place,
        services: municipality().booking.services.filter(({ places }) => places.includes(place.id)),
      })),
  }),
});
