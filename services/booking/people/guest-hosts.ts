import { municipality } from "#shared/config.ts";
import type { BookingService } from "../book/offer.ts";
import type { Person } from "./people-table.ts";

const prefix = "guest-";

/** Whoever from outside gives a service, as a person: they have no sign-in. */
export const guestHostOf = (service: string): string => `${prefix}${service}`;

export const isGuestHost = (person: string): boolean => person.startsWith(prefix);

/** Of whoever somebody visits, a guest host alone: that they receive visitors is no secret, who comes may be. */
export function guestHostIn(person: string | null): string | null {
  return person !== null && isGuestHost(person) ? person : null;
}

/** The service that a guest host gives; undefined for anybody else. */
export function serviceOfGuestHost(person: string): BookingService | undefined {
  return municipality().booking.services.find(
    ({ id, guestHost }) => guestHost !== undefined && guestHostOf(id) === person,
  );
}

/** Who of the config comes from outside, each to be booked like anybody who works here. */
export function guestHosts(): readonly Person[] {
  return municipality().booking.services.flatMap(({ id, unit, guestHost }): Person[] =>
    guestHost === undefined
      ? []
      : [
          {
            person: guestHostOf(id),
            ...guestHost,
            unit,
            services: [id],
            interprets: [],
            manager: null,
            office: null,
            standIn: null,
            calendarUrl: null,
          },
        ],
  );
}
