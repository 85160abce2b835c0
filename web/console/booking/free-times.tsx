import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Loading } from "../../ui/loading.tsx";
import { addDays, clockInSweden, shortDate } from "../../ui/swedish-time.ts";
import { FetchFailure, useFetchedAt } from "../fetch-failure.tsx";
import { useFetched } from "../use-fetched.ts";
import { timesPath, type Wish } from "./api.ts";
import { useBookingDesk } from "./booking-desk.ts";
import { longDate } from "./local-time.ts";
import type { Slot } from "./schemas.ts";
import { byDay, type DayOfTimes, firstOfEach, timeAfterKey } from "./times.ts";

type Props = {
  wish: Wish;
  /** The first date that is looked at. */
  from: string;
  today: string;
  busy: boolean;
  /** Changes when a time was not to be had: what is free is asked for again. */
  lost: unknown;
  onChoose: (slot: Slot) => void;
};

/** Days looked at in one request. */
const FORTNIGHT = 14;
const DAYS_SHOWN = 3;

/** The free times of an office, the next days first. The first is where Tab leads; the arrows move, Enter chooses. */
export function FreeTimes({ wish, from, today, busy, lost, onChoose }: Props) {
  const { times } = useBookingDesk();
  const path = timesPath(wish, from, addDays(from, FORTNIGHT - 1));
  const { data, error, loading } = useFetched(times, path);
  const fetchedAt = useFetchedAt(data);
  useEffect(() => {
    if (lost !== undefined) void times.revalidate(path);
  }, [lost]);
  const [more, setMore] = useState({ path, days: DAYS_SHOWN });
  const shown = more.path === path ? more.days : DAYS_SHOWN;
  const days = byDay(data?.times ?? []);
  const first = days[0]?.times[0];
  return (
    <section class="free-times" aria-labelledby="free-times">
      <h2 id="free-times" class="ds-heading" data-size="2xs">
        Lediga tider
      </h2>
      <FetchFailure
        failed={error !== undefined}
        fetchedAt={fetchedAt}
        busy={loading}
        onRetry={() => void times.revalidate(path)}
      />
      {data === undefined && error === undefined && <Loading what="Hämtar lediga tider …" />}
      <p role="status" class="first-free">
        {first !== undefined && days[0] !== undefined && (
          <>
            Första lediga:{" "}
            <strong>
              {longDate(days[0].date)} kl. {clockInSweden(new Date(first.startsAt))}
            </strong>
          </>
        )}
      </p>
      {data !== undefined && days.length === 0 && (
        <EmptyState title="Inga lediga tider de två veckorna" icon="calendar">
          <p>Välj en annan plats eller ett senare datum, eller ta bort önskemål om språk och utrustning.</p>
        </EmptyState>
      )}
      {days.length > 0 && (
        <TimeButtons key={path} days={days.slice(0, shown)} today={today} busy={busy} onChoose={onChoose} />
      )}
      {days.length > shown && (
        <Button variant="tertiary" accent onClick={() => setMore({ path, days: shown + DAYS_SHOWN })}>
          Visa fler dagar
        </Button>
      )}
    </section>
  );
}

type ButtonsProps = {
  days: readonly DayOfTimes[];
  today: string;
  busy: boolean;
  onChoose: (slot: Slot) => void;
};

function TimeButtons({ days, today, busy, onChoose }: ButtonsProps) {
  const [chosen, setAt] = useState(0);
  const group = useRef<HTMLDivElement>(null);
  const firsts = firstOfEach(days);
  const count = days.reduce((sum, { times }) => sum + times.length, 0);
  const at = Math.min(chosen, count - 1);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const next = timeAfterKey(days, at, event.key);
    if (next === undefined) return;
    event.preventDefault();
    setAt(next);
    group.current?.querySelector<HTMLElement>(`[data-place="${next}"]`)?.focus();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: buttons without a form are no fieldset
    <div ref={group} role="group" aria-label="Lediga tider, piltangenterna flyttar" onKeyDown={onKeyDown}>
      {days.map(({ date, times }, day) => (
        <div class="day-of-times" key={date}>
          <h3 class="ds-heading" data-size="2xs">
            {shortDate(date, today)}
          </h3>
          <ul>
            {times.map((slot, place) => {
              const own = (firsts[day] ?? 0) + place;
              return (
                <li key={slot.startsAt}>
                  <button
                    type="button"
                    class="time-button"
                    data-place={own}
                    data-first={own === 0 ? "" : undefined}
                    tabIndex={own === at ? 0 : -1}
                    aria-disabled={busy}
                    onFocus={() => setAt(own)}
                    onClick={() => {
                      if (!busy) onChoose(slot);
                    }}
                  >
                    <span class="ds-sr-only">{shortDate(date, today)} </span>
                    {clockInSweden(new Date(slot.startsAt))}
                  </button>
                </li>
              );
            })}
          </ul>
        </div>
      ))}
    </div>
  );
}
