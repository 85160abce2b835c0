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
  const { organisation, mail, places } = municipality();
  const place = places.find(({ id }) => id === booking.office);
  const room = place?.rooms.find(({ id }) => id === booking.room)?.name;
  return invitation({
    uid: `${booking.bookingId}@${mail.domain}`,
    sequence: booking.sequence,
    method,
    start: new Date(booking.startsAt),
    end: new Date(booking.endsAt),
    summary: service.name,
    ...(service.prepare.length === 0 ? {} : { description: service.prepare.join("\n") }),
    location: [place?.name ?? booking.office, ...(room === undefined ? [] : [room])].join(", "),
    organizer: { name: organisation.name, address: mail.official },
    attendee: { address: attendee ?? mail.official },
    stamp: at,
    quiet: service.visibility === "secret",
    tentative: booking.status === "requested",
  });
}
