import { EmptyState } from "../../ui/empty-state.tsx";
import { Loading } from "../../ui/loading.tsx";
import { dateInSweden } from "../../ui/swedish-time.ts";
import { FetchFailure, useFetchedAt } from "../fetch-failure.tsx";
import { useFetched } from "../use-fetched.ts";
import { Alternatives } from "./alternatives.tsx";
import { useBookingDesk } from "./booking-desk.ts";
import { meetingHref } from "./booking-route.ts";
import { timeText, toldText, whatText, whoText, withWhomText } from "./booking-words.ts";
import type { Slot, Unsettled } from "./schemas.ts";
import { useMeetingChange } from "./use-meeting-change.ts";
import { type Basics, WithBasics } from "./with-basics.tsx";

/** Meetings whose person or hours are gone: each with times that would do, one press away. */
export function UnsettledPage({ focused }: { focused: boolean }) {
  return (
    <WithBasics title="Behöver ny tid" focused={focused}>
      {(basics) => <List basics={basics} />}
    </WithBasics>
  );
}

const KEY = "unsettled";

function List({ basics }: { basics: Basics }) {
  const { unsettled } = useBookingDesk();
  const { data, error, loading } = useFetched(unsettled, KEY);
  const fetchedAt = useFetchedAt(data);
  return (
    <>
      <p class="hint">
        Möten som har förlorat sin person eller sin öppettid, genom frånvaro eller nytt schema. Ett tryck på
        en tid flyttar mötet, och invånaren får veta det en gång, med e-post.
      </p>
      <FetchFailure
        failed={error !== undefined}
        fetchedAt={fetchedAt}
        busy={loading}
        onRetry={() => void unsettled.revalidate(KEY)}
      />
      {data === undefined && error === undefined && <Loading what="Hämtar möten …" />}
      {data?.unsettled.length === 0 && (
        <EmptyState title="Alla möten har en tid som håller" icon="check">
          <p>När någon blir frånvarande kommer deras möten hit.</p>
        </EmptyState>
      )}
      <ul class="unsettled">
        {data?.unsettled.map((one) => (
          <li key={one.booking.bookingId} class="ds-card" data-color="neutral">
            <One
              one={one}
              basics={basics}
              onSettled={() => {
                void unsettled.revalidate(KEY);
                document.querySelector("h1")?.focus();
              }}
            />
          </li>
        ))}
      </ul>
    </>
  );
}

type OneProps = { one: Unsettled; basics: Basics; onSettled: () => void };

function One({ one: { booking, proposals }, basics, onSettled }: OneProps) {
  const { names, today } = basics;
  const { busy, no, move } = useMeetingChange(booking, basics);
  const when = (slot: Pick<Slot, "startsAt" | "endsAt">) =>
    timeText(slot, dateInSweden(new Date(slot.startsAt)), today);
  const moveTo = async ({ startsAt, person, room }: Slot): Promise<void> => {
    const where = { ...(person === null ? {} : { person }), ...(room === null ? {} : { room }) };
    if (await move({ office: booking.office, startsAt, ...where })) onSettled();
  };
  const sameTime = proposals.filter(({ startsAt }) => startsAt === booking.startsAt).length > 0;
  return (
    <>
      <h2 class="ds-heading" data-size="2xs">
        <a class="ds-link" data-color="accent" href={meetingHref(booking.bookingId)}>
          {when(booking)}
        </a>
      </h2>
      <p class="unsettled-facts">
        {whatText(booking, names)}, {names.office(booking.office)}. {whoText(booking)}. {toldText(booking)}
      </p>
      {proposals.length === 0 ? (
        <p class="hint">Ingen tid passar de närmaste två veckorna. Öppna bokningen och sök en annan plats.</p>
      ) : (
        <>
          <p class="hint">{sameTime ? "Samma tid hos någon annan:" : "Närmaste tider:"}</p>
          <div class="buttons">
            {proposals.map((slot) => (
              <button
                key={`${slot.startsAt} ${slot.person}`}
                type="button"
                class="ds-button"
                data-variant="secondary"
                data-color="accent"
                aria-disabled={busy}
                onClick={() => {
                  if (!busy) void moveTo(slot);
                }}
              >
                {when(slot)}
                {slot.person !== null && `, ${withWhomText({ person: slot.person, room: null }, names)}`}
              </button>
            ))}
          </div>
        </>
      )}
      <Alternatives no={no} today={today} busy={busy} onChoose={(slot) => void moveTo(slot)} />
    </>
  );
}
