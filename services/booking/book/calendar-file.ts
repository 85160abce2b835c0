import { municipality } from "#shared/config.ts";
import { type Invitation, invitation } from "../invitation/ics.ts";
import type { Booking } from "./booking.ts";
import type { BookingService } from "./offer.ts";

/**
 * A booking for the citizen's calendar, in its version of now. Without the personal link and without their name: a calendar is
 * often seen by others, and whoever has the link may cancel. Of a secret service only the time.
 */
export function calendarFile(
  booking: Booking,
  service: BookingService,
  { method, attendee, at }: { method: Invitation["method"]; attendee?: string; at: Date },
): string {
  const { organisation, mail } = municipality();
  return invitation({
    uid: uidOf(booking),
    sequence: booking.sequence,
    method,
    start: new Date(booking.startsAt),
    end: new Date(booking.endsAt),
    summary: service.name,
    ...(service.prepare.length === 0 ? {} : { description: service.prepare.join("\n") }),
    location: whereOf(booking),
    organizer: { name: organisation.name, address: mail.official },
    attendee: { address: attendee ?? mail.official },
    stamp: at,
    quiet: service.visibility === "secret",
    tentative: booking.status === "requested",
  });
}

/** What a booking is in every calendar. */
export const uidOf = ({ bookingId }: Booking) => `${bookingId}@${municipality().mail.domain}`;

/** Office and room, by their names. */
export function whereOf({ office, room }: Booking): string {
  const place = municipality().places.find(({ id }) => id === office);
  const name = place?.rooms.find(({ id }) => id === room)?.name;
  return [place?.name ?? office, ...(name === undefined ? [] : [name])].join(", ");
}
