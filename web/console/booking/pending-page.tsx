import { useState } from "preact/hooks";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Field } from "../../ui/field.tsx";
import { Loading } from "../../ui/loading.tsx";
import { dateInSweden } from "../../ui/swedish-time.ts";
import { FetchFailure, useFetchedAt } from "../fetch-failure.tsx";
import { useFetched } from "../use-fetched.ts";
import { Alternatives } from "./alternatives.tsx";
import { useBookingDesk } from "./booking-desk.ts";
import { meetingHref } from "./booking-route.ts";
import { interpreterText, timeText, whatText, whoText } from "./booking-words.ts";
import type { Booking } from "./schemas.ts";
import { useMeetingChange } from "./use-meeting-change.ts";
import { type Basics, WithBasics } from "./with-basics.tsx";

/** What waits for somebody here: bookings to say yes or no to, and interpreters to order or call off. */
export function PendingPage({ focused }: { focused: boolean }) {
  return (
    <WithBasics title="Att svara på" focused={focused}>
      {(basics) => <Lists basics={basics} />}
    </WithBasics>
  );
}

const KEY = "pending";

function Lists({ basics }: { basics: Basics }) {
  const { pending } = useBookingDesk();
  const { data, error, loading } = useFetched(pending, KEY);
  const fetchedAt = useFetchedAt(data);
  const onDone = (): void => {
    void pending.revalidate(KEY);
    document.querySelector("h1")?.focus();
  };
  const nothing = data?.requests.length === 0 && data.interpreters.length === 0;
  return (
    <>
      <FetchFailure
        failed={error !== undefined}
        fetchedAt={fetchedAt}
        busy={loading}
        onRetry={() => void pending.revalidate(KEY)}
      />
      {data === undefined && error === undefined && <Loading what="Hämtar det som väntar …" />}
      {nothing && (
        <EmptyState title="Inget väntar på svar" icon="check">
          <p>Hit kommer bokningar som en enhet ska säga ja eller nej till, och tolkar som ska beställas.</p>
        </EmptyState>
      )}
      {data !== undefined && data.requests.length > 0 && (
        <section aria-labelledby="requests">
          <h2 id="requests" class="ds-heading" data-size="xs">
            Ja eller nej
          </h2>
          <p class="hint">Tiden hålls tills någon på enheten svarar, längst till två timmar före mötet.</p>
          <ul class="unsettled">
            {data.requests.map((booking) => (
              <li key={booking.bookingId} class="ds-card" data-color="neutral">
                <Request booking={booking} basics={basics} onDone={onDone} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {data !== undefined && data.interpreters.length > 0 && (
        <section aria-labelledby="interpreters">
          <h2 id="interpreters" class="ds-heading" data-size="xs">
            Tolkar
          </h2>
          {basics.agency !== null && (
            <p class="hint">
              {basics.agency.name}, telefon {basics.agency.phone}.
            </p>
          )}
          <ul class="unsettled">
            {data.interpreters.map((booking) => (
              <li key={booking.bookingId} class="ds-card" data-color="neutral">
                <Interpreter booking={booking} basics={basics} onDone={onDone} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

type OneProps = { booking: Booking; basics: Basics; onDone: () => void };

function Facts({ booking, basics: { names, today } }: Omit<OneProps, "onDone">) {
  return (
    <>
      <h3 class="ds-heading" data-size="2xs">
        <a class="ds-link" data-color="accent" href={meetingHref(booking.bookingId)}>
          {timeText(booking, dateInSweden(new Date(booking.startsAt)), today)}
        </a>
      </h3>
      <p class="unsettled-facts">
        {whatText(booking, names)}, {names.office(booking.office)}. {whoText(booking)}.
      </p>
    </>
  );
}

function Request({ booking, basics, onDone }: OneProps) {
  const { busy, no, decide } = useMeetingChange(booking, basics);
  const [reason, setReason] = useState<string | undefined>();
  const [fault, setFault] = useState<string | undefined>();
  const answer = async (yes: boolean): Promise<void> => {
    const why = reason?.trim() ?? "";
    if (!yes && why.length < 3) {
      setFault("Skriv varför, så att den som frågar förstår.");
      return;
    }
    if (await decide(yes, yes ? undefined : why)) onDone();
  };
  return (
    <>
      <Facts booking={booking} basics={basics} />
      {booking.party?.about != null && <p class="unsettled-facts">”{booking.party.about}”</p>}
      {!booking.mayDecide && <p class="hint">Väntar på den enhet som har tjänsten.</p>}
      {booking.mayDecide && reason !== undefined && (
        <Field label="Varför inte? Det här skickas i mejlet." error={fault}>
          {(control) => (
            <textarea
              {...control}
              class="ds-input"
              rows={3}
              maxLength={500}
              value={reason}
              onInput={(event) => setReason(event.currentTarget.value)}
            />
          )}
        </Field>
      )}
      {booking.mayDecide && (
        <div class="buttons">
          {reason === undefined ? (
            <>
              <Button busy={busy} onClick={() => void answer(true)}>
                Säg ja
              </Button>
              <Button variant="secondary" busy={busy} onClick={() => setReason("")}>
                Säg nej …
              </Button>
            </>
          ) : (
            <>
              <Button busy={busy} onClick={() => void answer(false)}>
                Skicka nej
              </Button>
              <Button variant="secondary" busy={busy} onClick={() => setReason(undefined)}>
                Ångra
              </Button>
            </>
          )}
        </div>
      )}
      <Alternatives no={no} today={basics.today} busy={busy} onChoose={() => undefined} />
    </>
  );
}

function Interpreter({ booking, basics, onDone }: OneProps) {
  const { busy, no, noteInterpreter } = useMeetingChange(booking, basics);
  const { interpreter } = booking;
  const [reference, setReference] = useState(interpreter?.ordered?.reference ?? "");
  const [fault, setFault] = useState<string | undefined>();
  if (interpreter === null) return null;
  const off = booking.status === "cancelled" || interpreter.person !== null;
  const note = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (reference.trim() === "") {
      setFault("Skriv beställningens nummer, eller vem du talade med.");
      return;
    }
    if (await noteInterpreter(reference.trim())) onDone();
  };
  return (
    <form noValidate onSubmit={(event) => void note(event)}>
      <Facts booking={booking} basics={basics} />
      <p>
        <strong>{off ? "Avbeställ tolken" : "Beställ tolk"}</strong>:{" "}
        {interpreterText(interpreter, basics.names)}
      </p>
      <Field label="Beställningsnummer" error={fault}>
        {(control) => (
          <input
            {...control}
            class="ds-input"
            maxLength={60}
            autocomplete="off"
            value={reference}
            onInput={(event) => setReference(event.currentTarget.value)}
          />
        )}
      </Field>
      <div class="buttons">
        <Button submit busy={busy}>
          {off ? "Avbeställd" : "Beställd"}
        </Button>
      </div>
      <Alternatives no={no} today={basics.today} busy={busy} onChoose={() => undefined} />
    </form>
  );
}
