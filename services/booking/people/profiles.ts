import * as z from "zod/mini";
import { municipality } from "#shared/config.ts";
import { defineEndpoint } from "#shared/http.ts";
import { refuse } from "#shared/refusal.ts";
import { id, noQuery } from "../book/fields.ts";
import { serviceOf } from "../book/take-time.ts";
import { apiEnv } from "../env.ts";
import { isGuestHost } from "./guest-hosts.ts";
import { listPeople, personSchema, savePerson } from "./people-table.ts";

/** Everybody who can be booked or works at an office. Whose calendar is read where is shown to nobody. */
const shownPerson = z.extend(z.omit(personSchema, { calendarUrl: true }), {
  /** From outside, without a sign-in. */
  guestHost: z.boolean(),
});

export const listBookable = defineEndpoint({
  params: z.object({}),
  query: noQuery,
  answer: z.object({ people: z.array(shownPerson) }),
  run: async () => {
    const people = await listPeople(apiEnv().BOOKING_TABLE);
    return { people: people.map((one) => ({ ...one, guestHost: isGuestHost(one.person) })) };
  },
});

export const savePersonProfile = defineEndpoint({
  params: z.object({ person: id }),
  query: noQuery,
  body: z.object({ person: personSchema }),
  answer: personSchema,
  run: async ({ params, body }) => {
    const { person } = body;
    if (person.person !== params.person || isGuestHost(person.person)) return refuse("not-found");
    const known = [municipality().serviceCentre.unit, ...municipality().units.map((unit) => unit.id)];
    if (!known.includes(person.unit)) return refuse("no-such-unit");
    if (person.services.some((service) => serviceOf(service) === undefined)) return refuse("no-such-service");
    if (person.calendarUrl !== null && !mayBeRead(person.calendarUrl)) return refuse("host-not-allowed");
    await savePerson(apiEnv().BOOKING_TABLE, person);
    return person;
  },
});

function mayBeRead(address: string): boolean {
  const parsed = URL.parse(address);
  return parsed?.protocol === "https:" && municipality().booking.calendarHosts.includes(parsed.hostname);
}
