import { useEffect } from "preact/hooks";
import { DateField } from "../../ui/date-field.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Loading } from "../../ui/loading.tsx";
import { addDays, shortDate } from "../../ui/swedish-time.ts";
import { FetchFailure, useFetchedAt } from "../fetch-failure.tsx";
import { useFetched } from "../use-fetched.ts";
import { dayPath, roomClosuresPath } from "./api.ts";
import { useBookingDesk } from "./booking-desk.ts";
import { dayHref } from "./booking-route.ts";
import { DayTable } from "./day-table.tsx";
import { longDate } from "./local-time.ts";
import { OfficeSelect } from "./office-select.tsx";
import { stretchText } from "./stretch.ts";
import { type Basics, WithBasics } from "./with-basics.tsx";

/** How often an open day is asked for again. */
const POLL_MS = 30_000;

type Props = { office: string | undefined; date: string | undefined; focused: boolean };

/** An office's bookings of a day. */
export function DayPage({ office, date, focused }: Props) {
  return (
    <WithBasics title="Dagen" focused={focused}>
      {(basics) => (
        <Day
          key={`${office ?? ""} ${date ?? ""}`}
          basics={basics}
          office={office ?? basics.ownOffice}
          date={date ?? basics.today}
        />
      )}
    </WithBasics>
  );
}

function Day({ basics, office, date }: { basics: Basics; office: string; date: string }) {
  const { days } = useBookingDesk();
  const path = dayPath(office, date);
  const { data, error, loading } = useFetched(days, path);
  const fetchedAt = useFetchedAt(data);
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") void days.revalidate(path);
    }, POLL_MS);
    return () => clearInterval(timer);
  }, [days, path]);
  const { today, offices, names } = basics;
  const go = (place: string, day: string): void => location.assign(dayHref(place, day));
  const step = (days: number) => {
    const to = addDays(date, days);
    return (
      <a class="ds-button" data-variant="secondary" href={dayHref(office, to)}>
        {days < 0 ? "←" : "→"}
        <span class="ds-sr-only">{shortDate(to, today)}</span>
      </a>
    );
  };
  return (
    <>
      <div class="wish">
        <OfficeSelect offices={offices} value={office} onChoose={(place) => go(place, date)} />
        <DateField
          label="Dag"
          error={undefined}
          min="2026-01-01"
          value={date}
          onInput={(day) => day !== "" && go(office, day)}
        />
        <div class="buttons day-steps">
          {step(-1)}
          <a
            class="ds-button"
            data-variant="secondary"
            href={dayHref(office, today)}
            aria-current={date === today ? "date" : undefined}
          >
            I dag
          </a>
          {step(1)}
        </div>
      </div>
      <h2 class="ds-heading" data-size="xs">
        {names.office(office)}, {longDate(date)}
      </h2>
      <FetchFailure
        failed={error !== undefined}
        fetchedAt={fetchedAt}
        busy={loading}
        onRetry={() => void days.revalidate(path)}
      />
      <ClosedRooms basics={basics} office={office} date={date} />
      {data === undefined && error === undefined && <Loading what="Hämtar dagens bokningar …" />}
      {data?.bookings.length === 0 && <EmptyState title="Inga bokningar den dagen" icon="calendar" />}
      {data !== undefined && data.bookings.length > 0 && (
        <DayTable bookings={data.bookings} names={names} caption={`Bokningar ${longDate(date)}`} />
      )}
    </>
  );
}

/** Rooms that cannot be had that day, and why. Without them the day is shown all the same. */
function ClosedRooms({
  basics: { names, today },
  office,
  date,
}: {
  basics: Basics;
  office: string;
  date: string;
}) {
  const { roomClosures } = useBookingDesk();
  const { data } = useFetched(roomClosures, roomClosuresPath(office, date, date));
  if (data === undefined || data.closures.length === 0) return null;
  return (
    <ul class="absences">
      {data.closures.map((closure) => (
        <li key={closure.closureId}>
          {names.room(closure.room)} är stängt {stretchText(closure, today)}: {closure.reason}
        </li>
      ))}
    </ul>
  );
}
