import { Badge } from "../../ui/badge.tsx";
import { meetingHref } from "./booking-route.ts";
import { bookingStatus, type Names, whatText, whoText, withWhomText } from "./booking-words.ts";
import { clocks } from "./local-time.ts";
import type { Booking } from "./schemas.ts";

type Props = { bookings: readonly Booking[]; names: Names; caption: string };

/** Bookings by time, each a link to itself unless it is hidden. */
export function DayTable({ bookings, names, caption }: Props) {
  return (
    <table class="ds-table day-table" data-color="neutral">
      <caption class="ds-sr-only">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Tid</th>
          <th scope="col">Vad</th>
          <th scope="col">Vem kommer</th>
          <th scope="col">Hos</th>
          <th scope="col">Läge</th>
        </tr>
      </thead>
      <tbody>
        {bookings.map((booking) => {
          const status = bookingStatus(booking.status);
          return (
            <tr key={booking.bookingId}>
              <td class="clock">{clocks(booking)}</td>
              <td>
                {booking.hidden ? (
                  whatText(booking, names)
                ) : (
                  <a class="ds-link" data-color="accent" href={meetingHref(booking.bookingId)}>
                    {whatText(booking, names)}
                    <span class="ds-sr-only"> {clocks(booking)}</span>
                  </a>
                )}
              </td>
              <td>{whoText(booking)}</td>
              <td>{booking.hidden ? "" : withWhomText(booking, names)}</td>
              <td>
                <Badge tone={status.tone} icon={status.icon}>
                  {status.text}
                </Badge>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
