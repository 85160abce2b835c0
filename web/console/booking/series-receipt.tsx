import { useLayoutEffect, useRef } from "preact/hooks";
import { Alert } from "../../ui/alert.tsx";
import { Button } from "../../ui/button.tsx";
import { dateInSweden } from "../../ui/swedish-time.ts";
import type { No } from "./alternatives.tsx";
import { meetingHref } from "./booking-route.ts";
import { confirmationText, refusedText, timeText, whatText, withWhomText } from "./booking-words.ts";
import { clocks, longDate } from "./local-time.ts";
import { outcomeOf, seriesAloud } from "./repeat.ts";
import type { Occurrence, Party, Slot } from "./schemas.ts";
import type { Basics } from "./with-basics.tsx";

type Props = {
  occurrences: readonly Occurrence[];
  party: Party | undefined;
  basics: Basics;
  no: No | undefined;
  busy: boolean;
  onInstead: (number: number, slot: Slot) => void;
  onAnother: () => void;
};

/** Which of a series' meetings are booked, what is free where one could not be, and what to say to whoever comes. */
export function SeriesReceipt({ occurrences, party, basics, no, busy, onInstead, onAnother }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { booked, without } = outcomeOf(occurrences);
  // What was pressed is gone with its row: the count is what has changed.
  useLayoutEffect(() => heading.current?.focus(), [booked.length]);
  const { names, today } = basics;
  const [first] = booked;
  const toldBy = first?.toldBy ?? null;
  return (
    <section class="receipt" aria-labelledby="series">
      <Alert tone={without.length === 0 ? "success" : "warning"}>
        <h2 id="series" ref={heading} tabIndex={-1} class="ds-heading" data-size="xs">
          {without.length === 0
            ? `Bokat: ${booked.length} gånger`
            : `Bokat: ${booked.length} av ${occurrences.length} gånger`}
        </h2>
        {first !== undefined && (
          <p>
            {whatText(first, names)}, {names.office(first.office)}
            {party?.name == null ? "" : `, för ${party.name}`}
          </p>
        )}
      </Alert>
      <div role="alert">
        {no !== undefined && (
          <Alert tone="warning">
            <p>{no.text}</p>
          </Alert>
        )}
      </div>
      <ol class="occurrences">
        {occurrences.map(({ number, date, booking, refused, alternatives }) => (
          <li key={number}>
            {booking === null ? (
              <>
                <strong>{longDate(date)}</strong>: {refusedText(refused ?? "")}
                {alternatives.length > 0 && (
                  <div class="buttons">
                    {alternatives.map((slot) => (
                      <Button
                        key={slot.startsAt}
                        variant="secondary"
                        busy={busy}
                        onClick={() => onInstead(number, slot)}
                      >
                        Boka {timeText(slot, dateInSweden(new Date(slot.startsAt)), today)}
                      </Button>
                    ))}
                  </div>
                )}
              </>
            ) : (
              <>
                {booking.hidden ? (
                  whenText(booking)
                ) : (
                  <a class="ds-link" href={meetingHref(booking.bookingId)}>
                    {whenText(booking)}
                  </a>
                )}
                {booking.hidden ? "" : ` ${withWhomText(booking, names)}`}
              </>
            )}
          </li>
        ))}
      </ol>
      <h3 class="ds-heading" data-size="2xs">
        Läs upp
      </h3>
      <p class="read-aloud">{seriesAloud(booked, names)}</p>
      <p class="hint">{confirmationText(toldBy, { email: party?.email ?? "", phone: party?.phone ?? "" })}</p>
      <div class="buttons">
        <Button onClick={onAnother}>Boka ett möte till</Button>
      </div>
    </section>
  );
}

function whenText(slot: Pick<Slot, "startsAt" | "endsAt">): string {
  return `${longDate(dateInSweden(new Date(slot.startsAt)))} ${clocks(slot)}`;
}
