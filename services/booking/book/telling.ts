import type { Event } from "#shared/event.ts";
import { writeLetter } from "#shared/letter.ts";
import { listPeople } from "../people/people-table.ts";
import type { BookingChange } from "./booking.ts";
import type { Party } from "./booking-table.ts";
import type { BookingService } from "./offer.ts";
import type { Along } from "./take-time.ts";
import { letterOf } from "./tell.ts";

type Stores = { BOOKING_TABLE: string; LETTERS_BUCKET: string };

/**
 * Who comes and what is told, written before what names it. `saves`: who comes is new, and kept with the booking. `silent`: they are told
 * nothing of this one, because another of its series does, so many weeks apart.
 */
export async function telling(
  stores: Stores,
  about: {
    service: BookingService;
    party: Party | undefined;
    saves?: boolean;
    silent?: boolean;
    everyWeeks?: number | undefined;
    now: Date;
  },
  events: (change: BookingChange, letter: ReturnType<typeof letterOf>) => readonly Event[],
): Promise<Along> {
  const { service, party, saves = true, silent = false, everyWeeks, now } = about;
  const people = party?.email == null ? [] : await listPeople(stores.BOOKING_TABLE);
  return {
    party: saves ? party : undefined,
    events: async (change) => {
      const host = people.find(({ person }) => person === change.next.person)?.name;
      const letter = silent
        ? undefined
        : letterOf(change.next, service, party, { host, everyWeeks, at: now });
      const told = events(change, letter);
      if (letter !== undefined && told.length > 0) await writeLetter(stores.LETTERS_BUCKET, letter);
      return told;
    },
  };
}
