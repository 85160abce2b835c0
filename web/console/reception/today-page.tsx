import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../ui/button.tsx";
import { Loading } from "../../ui/loading.tsx";
import { PageHeading } from "../../ui/page-heading.tsx";
import { Problem } from "../../ui/problem.tsx";
import { failureKind } from "../api/failure.ts";
import { useDesk } from "../desk.ts";
import { FetchFailure, useFetchedAt } from "../fetch-failure.tsx";
import { NotFoundPage } from "../not-found-page.tsx";
import { receptionHref } from "../route.ts";
import { useFetched, useNow } from "../use-fetched.ts";
import type { Arrival } from "./arrival.ts";
import { CheckInPanel } from "./check-in-panel.tsx";
import { EndedVisits } from "./ended-visits.tsx";
import { EntryList, useEntryKeys } from "./entry-list.tsx";
import { GuestList } from "./guest-list.tsx";
import { LendPanel } from "./lending/lend-panel.tsx";
import { itemText, whenText } from "./lending/lending-words.ts";
import { useReception } from "./reception-desk.ts";
import { floorText } from "./reception-words.ts";
import type { Expected, Today, Visit } from "./schemas.ts";
import { SearchForm } from "./search-form.tsx";
import { Slip } from "./slip.tsx";
import { StepDialog } from "./step-dialog.tsx";
import { entriesOf, isCode, matching } from "./today.ts";
import { useCallNext } from "./use-call-next.ts";
import { usePolled } from "./use-polled.ts";
import { focusEntry, focusSearch } from "./use-row-keys.ts";
import { useSteps } from "./use-steps.ts";

export const TODAY_POLL_MS = 10_000;

/** Who is expected and who has come, in the order in which something must be done. */
export function TodayPage({ focused }: { focused: boolean }) {
  const { today, office, parts, screened } = useReception();
  const { say } = useDesk();
  const now = useNow();
  const { data, error, loading } = usePolled(today, office.id, TODAY_POLL_MS);
  const fetchedAt = useFetchedAt(data);
  const [typed, setTyped] = useState("");
  const [arrival, setArrival] = useState<Arrival | undefined>();
  const [keyFor, setKeyFor] = useState<Expected | undefined>();
  const [slip, setSlip] = useState<Visit | undefined>();
  const steps = useSteps((visit, step) => {
    // Whoever was sought is found: the line keeps the focus among all the others.
    setTyped("");
    if (step.command === "handIn") setSlip(visit);
    if (step.command === "leave") say({ text: leftText(visit) });
  });
  useClearances(data?.visits, parts.receives);
  const all = data === undefined ? [] : entriesOf(screened ? withoutNames(data) : data, now);
  const entries = matching(all, arrival === undefined ? typed : "");
  const checkIn = (expected: Expected): void => setArrival({ kind: "booked", expected });
  const onCheckIn = parts.receives ? checkIn : undefined;
  const onKey = parts.receives ? setKeyFor : undefined;
  useEntryKeys(entries, steps, onCheckIn, onKey);

  if (error !== undefined && failureKind(error) === "not-found") {
    return (
      <NotFoundPage focused={focused} title="Listan är inte din">
        Ditt konto får inte se besöken här.
      </NotFoundPage>
    );
  }
  const onEnter = (): void => {
    const [first] = typed.trim() === "" ? [] : entries;
    if (first?.kind === "expected") setArrival({ kind: "booked", expected: original(data, first.expected) });
    else if (first?.kind === "visit") focusEntry(first.id);
    else if (isCode(typed)) setArrival({ kind: "code", code: typed.trim() });
    else setArrival({ kind: "drop-in", name: typed.trim() });
  };
  const arrived = (visit: Visit): void => {
    setArrival(undefined);
    setTyped("");
    const badge = visit.badge === null ? "" : `, bricka ${visit.badge}`;
    say({ text: `Nummer ${visit.number} till ${floorText(visit.floor)}${badge}.` });
  };
  return (
    <>
      <PageHeading focused={focused && !parts.receives}>
        {parts.receives ? `Besök i dag, ${office.name}` : "Mina besök i dag"}
      </PageHeading>
      <FetchFailure
        failed={error !== undefined}
        fetchedAt={fetchedAt}
        busy={loading}
        onRetry={() => void today.revalidate(office.id)}
      />
      {slip !== undefined && (
        <Slip
          visit={slip}
          onClose={() => {
            setSlip(undefined);
            focusSearch();
          }}
        />
      )}
      {keyFor !== undefined && (
        <LendPanel
          key={keyFor.bookingId}
          items={keyFor.keys.map(({ item }) => item)}
          bookingId={keyFor.bookingId}
          onDone={(loan, item) => {
            setKeyFor(undefined);
            setTyped("");
            void today.revalidate(office.id);
            say({ text: `${itemText(item)}: åter senast ${whenText(loan.dueAt, now)}.` });
          }}
          onCancel={() => setKeyFor(undefined)}
        />
      )}
      {parts.receives &&
        keyFor === undefined &&
        (arrival === undefined ? (
          <SearchForm
            label="Vem kommer?"
            hint="Namn, klockslag, kod, nummer eller bricka. Enter tar den översta; tomt fält och Enter är en besökare utan bokning."
            screened={screened}
            typed={typed}
            onType={setTyped}
            onEnter={onEnter}
          />
        ) : (
          <CheckInPanel
            key={arrivalKey(arrival)}
            arrival={arrival}
            floors={data?.floors ?? []}
            hosts={data?.guests.filter(({ visitors }) => visitors !== "booked") ?? []}
            onDone={arrived}
            onCancel={() => setArrival(undefined)}
          />
        ))}
      {parts.receives && <CallNext visits={data?.visits ?? []} guests={data?.guests ?? []} />}
      {parts.receives && <Forgotten />}
      {data === undefined ? (
        error === undefined && <Loading what="Hämtar …" />
      ) : (
        <EntryList
          label="Väntade och besökare"
          entries={entries}
          steps={steps}
          now={now}
          empty={typed === "" ? "Ingen väntas och ingen är här" : "Ingen passar in på det du skrev"}
          {...(onCheckIn === undefined ? {} : { onCheckIn })}
          {...(onKey === undefined ? {} : { onKey })}
        />
      )}
      <EndedVisits visits={data?.visits ?? []} onSlip={setSlip} />
      <StepDialog steps={steps} />
    </>
  );
}

const leftText = ({ number, badge }: Visit): string =>
  badge === null ? `Nummer ${number} är ute.` : `Nummer ${number} är ute. Ta tillbaka bricka ${badge}.`;

const arrivalKey = (arrival: Arrival): string =>
  arrival.kind === "booked" ? arrival.expected.bookingId : arrival.kind;

/** As the list is searched while names are hidden: a name that nobody sees finds nobody. */
function withoutNames(today: Today): Today {
  return {
    ...today,
    expected: today.expected.map((one) => ({ ...one, name: null })),
    visits: today.visits.map((one) => ({ ...one, name: null })),
  };
}

function original(today: Today | undefined, expected: Expected): Expected {
  return today?.expected.find(({ bookingId }) => bookingId === expected.bookingId) ?? expected;
}

/** Says of each visitor who gets clearance that they may go up. */
function useClearances(visits: readonly Visit[] | undefined, on: boolean): void {
  const { say } = useDesk();
  const known = useRef<ReadonlySet<number> | undefined>(undefined);
  useEffect(() => {
    if (visits === undefined || !on) return;
    const cleared = visits.filter(({ state }) => state === "cleared");
    for (const { number, floor } of cleared)
      if (known.current?.has(number) === false)
        say({ text: `Nummer ${number} har klartecken. Skicka upp till ${floorText(floor)}.` });
    known.current = new Set(cleared.map(({ number }) => number));
  }, [visits, on]);
}

function CallNext({ visits, guests }: Pick<Today, "guests"> & { visits: readonly Visit[] }) {
  const { callNext, busy, problem } = useCallNext();
  const atGuests = new Set(guests.map(({ host }) => host));
  const waiting = visits.filter(
    ({ state, floor, host }) => state === "waiting" && floor === null && !atGuests.has(host ?? ""),
  ).length;
  return (
    <>
      {waiting > 0 && (
        <p class="call-next">
          <Button variant="secondary" busy={busy} onClick={() => void callNext(null)}>
            Kalla nästa till servicecentret
          </Button>{" "}
          <span class="subtle">{waiting === 1 ? "1 väntar" : `${waiting} väntar`}</span>
        </p>
      )}
      <GuestList guests={guests} busy={busy} onCallNext={(host) => void callNext(host)} />
      <Problem text={problem} />
    </>
  );
}

/** That somebody has not checked out, and where that is seen to. */
function Forgotten() {
  const { house, office } = useReception();
  const { data } = useFetched(house, office.id);
  const count = data?.inside.filter(({ forgotten }) => forgotten).length ?? 0;
  if (count === 0) return null;
  return (
    <p class="forgotten-note">
      <a class="ds-link" href={receptionHref("huset")}>
        {count === 1 ? "1 besökare borde ha checkat ut" : `${count} besökare borde ha checkat ut`}
      </a>
    </p>
  );
}
