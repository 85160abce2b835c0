import { useLayoutEffect, useRef } from "preact/hooks";
import { Alert } from "../../ui/alert.tsx";
import { Button } from "../../ui/button.tsx";
import { dateInSweden } from "../../ui/swedish-time.ts";
import { caseHref } from "../route.ts";
import { meetingHref } from "./booking-route.ts";
import { confirmationText, readAloud, whatText } from "./booking-words.ts";
import { clocks, longDate } from "./local-time.ts";
import type { Booking } from "./schemas.ts";
import type { Basics } from "./with-basics.tsx";

type Props = {
  booking: Booking;
  party: { name: string; email: string; phone: string };
  basics: Basics;
  caseId: string | undefined;
  onAnother: () => void;
};

/** That it is booked, what to say to whoever has booked, and what they should bring. */
export function Receipt({ booking, party, basics, caseId, onAnother }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => heading.current?.focus(), []);
  const { names, offices } = basics;
  const date = dateInSweden(new Date(booking.startsAt));
  const service = offices.flatMap((office) => office.services).find(({ id }) => id === booking.service);
  const prepare = service?.prepare ?? [];
  return (
    <section class="receipt" aria-labelledby="receipt">
      <Alert tone="success">
        <h2 id="receipt" ref={heading} tabIndex={-1} class="ds-heading" data-size="xs">
          Bokat: {longDate(date)} {clocks(booking)}
        </h2>
        <p>
          {whatText(booking, names)}, {names.office(booking.office)}
          {party.name.trim() === "" ? "" : `, för ${party.name.trim()}`}
        </p>
      </Alert>
      <h3 class="ds-heading" data-size="2xs">
        Läs upp
      </h3>
      <p class="read-aloud">{readAloud(booking, { names, date, prepare })}</p>
      {prepare.length > 0 && (
        <>
          <h3 class="ds-heading" data-size="2xs">
            Att ha med sig
          </h3>
          <ul>
            {prepare.map((what) => (
              <li key={what}>{what}</li>
            ))}
          </ul>
        </>
      )}
      <p class="hint">{confirmationText(booking.toldBy, party)}</p>
      <div class="buttons">
        <Button onClick={onAnother}>Boka ett möte till</Button>
        {!booking.hidden && (
          <a class="ds-link" href={meetingHref(booking.bookingId)}>
            Visa bokningen
          </a>
        )}
        {caseId !== undefined && (
          <a class="ds-link" href={caseHref(caseId)}>
            Till ärendet
          </a>
        )}
      </div>
    </section>
  );
}
