import { useEffect, useState } from "preact/hooks";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Field } from "../../ui/field.tsx";
import { Loading } from "../../ui/loading.tsx";
import { addDays, dateInSweden } from "../../ui/swedish-time.ts";
import { FetchFailure, useFetchedAt } from "../fetch-failure.tsx";
import { useFetched } from "../use-fetched.ts";
import { sessionsPath, type Wish } from "./api.ts";
import { useBookingDesk } from "./booking-desk.ts";
import { seatsLeftText, timeText, withWhomText } from "./booking-words.ts";
import type { Session } from "./schemas.ts";
import type { Basics } from "./with-basics.tsx";

type Props = {
  wish: Wish;
  /** The first date that is looked at. */
  from: string;
  basics: Basics;
  busy: boolean;
  /** Changes when seats were not to be had: what is left is asked for again. */
  lost: unknown;
  onJoin: (session: Session, seats: number) => void;
};

/** Days looked at in one request. */
const MONTH = 30;
const MOST = 10;

/** A service's meetings for groups, with the seats that are left in each. */
export function GroupList({ wish, from, basics: { names, today }, busy, lost, onJoin }: Props) {
  const { sessions } = useBookingDesk();
  const path = sessionsPath(wish, from, addDays(from, MONTH));
  const { data, error, loading } = useFetched(sessions, path);
  const fetchedAt = useFetchedAt(data);
  const [seats, setSeats] = useState(1);
  useEffect(() => {
    if (lost !== undefined) void sessions.revalidate(path);
  }, [lost]);
  return (
    <section aria-labelledby="groups">
      <h2 id="groups" class="ds-heading" data-size="2xs">
        Planerade träffar
      </h2>
      <FetchFailure
        failed={error !== undefined}
        fetchedAt={fetchedAt}
        busy={loading}
        onRetry={() => void sessions.revalidate(path)}
      />
      {data === undefined && error === undefined && <Loading what="Hämtar träffar …" />}
      {data?.sessions.length === 0 && (
        <EmptyState title="Inga träffar den närmaste månaden" icon="calendar">
          <p>Välj en annan plats eller ett senare datum, eller ordna en ny träff.</p>
        </EmptyState>
      )}
      {data !== undefined && data.sessions.length > 0 && (
        <>
          <div class="wish">
            <Field label="Hur många kommer?">
              {(control) => (
                <select
                  {...control}
                  class="ds-input"
                  value={String(seats)}
                  onChange={(event) => setSeats(Number(event.currentTarget.value))}
                >
                  {Array.from({ length: MOST }, (_, n) => String(n + 1)).map((number) => (
                    <option key={number} value={number}>
                      {number}
                    </option>
                  ))}
                </select>
              )}
            </Field>
          </div>
          <ul class="occurrences groups">
            {data.sessions.map((session) => (
              <li key={session.bookingId}>
                <span>
                  <strong>{timeText(session, dateInSweden(new Date(session.startsAt)), today)}</strong>{" "}
                  {withWhomText(session, names)} · {seatsLeftText(session.seatsLeft)}
                </span>
                {session.seatsLeft >= seats && (
                  <Button variant="secondary" busy={busy} onClick={() => onJoin(session, seats)}>
                    {seats === 1 ? "Boka plats" : `Boka ${seats} platser`}
                    <span class="ds-sr-only">
                      {" "}
                      {timeText(session, dateInSweden(new Date(session.startsAt)), today)}
                    </span>
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
