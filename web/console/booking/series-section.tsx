import { useEffect } from "preact/hooks";
import { Badge } from "../../ui/badge.tsx";
import { Loading } from "../../ui/loading.tsx";
import { dateInSweden } from "../../ui/swedish-time.ts";
import { FetchFailure, useFetchedAt } from "../fetch-failure.tsx";
import { useFetched } from "../use-fetched.ts";
import { seriesPath } from "./api.ts";
import { useBookingDesk } from "./booking-desk.ts";
import { meetingHref } from "./booking-route.ts";
import { bookingStatus, timeText } from "./booking-words.ts";
import { everyText } from "./repeat.ts";
import type { Booking } from "./schemas.ts";

type Props = { booking: Booking; everyWeeks: number; today: string };

/** The other meetings that were booked together with one, as they stand now. */
export function SeriesSection({ booking, everyWeeks, today }: Props) {
  const { series } = useBookingDesk();
  const path = seriesPath(booking.bookingId);
  const { data, error, loading } = useFetched(series, path);
  const fetchedAt = useFetchedAt(data);
  // What was done to this one may have been done to those after it.
  useEffect(() => void series.revalidate(path), [booking.version]);
  return (
    <section aria-labelledby="series">
      <h2 id="series" class="ds-heading" data-size="2xs">
        Alla gånger, {everyText(everyWeeks)}
      </h2>
      <FetchFailure
        failed={error !== undefined}
        fetchedAt={fetchedAt}
        busy={loading}
        onRetry={() => void series.revalidate(path)}
      />
      {data === undefined && error === undefined && <Loading what="Hämtar serien …" />}
      <ol class="occurrences">
        {data?.bookings.map((one) => {
          const status = bookingStatus(one.status);
          const when = timeText(one, dateInSweden(new Date(one.startsAt)), today);
          return (
            <li key={one.bookingId} value={one.series?.number}>
              {one.bookingId === booking.bookingId ? (
                <strong aria-current="true">{when}</strong>
              ) : (
                <a class="ds-link" href={meetingHref(one.bookingId)}>
                  {when}
                </a>
              )}{" "}
              <Badge tone={status.tone} icon={status.icon}>
                {status.text}
              </Badge>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
