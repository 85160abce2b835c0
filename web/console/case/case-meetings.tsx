import { Badge } from "../../ui/badge.tsx";
import { dateInSweden, shortDate } from "../../ui/swedish-time.ts";
import type { CaseMeeting } from "../api/case-schemas.ts";
import { meetingHref } from "../booking/booking-route.ts";
import { bookingStatus } from "../booking/booking-words.ts";
import { clocks } from "../booking/local-time.ts";

type Props = { meetings: readonly CaseMeeting[]; now: Date };

/** The meetings about a case, each a way to the booking itself. */
export function CaseMeetings({ meetings, now }: Props) {
  return (
    <ul class="case-meetings">
      {meetings.map((meeting) => {
        const { bookingId, service, office, startsAt, status } = meeting;
        const { text, tone, icon } = bookingStatus(status);
        const day = shortDate(dateInSweden(new Date(startsAt)), dateInSweden(now));
        return (
          <li key={bookingId}>
            <a class="ds-link" href={meetingHref(bookingId)}>
              {day} {clocks(meeting)}, {service}
            </a>{" "}
            <span class="subtle">{office}</span>{" "}
            <Badge tone={tone} icon={icon}>
              {text}
            </Badge>
          </li>
        );
      })}
    </ul>
  );
}
