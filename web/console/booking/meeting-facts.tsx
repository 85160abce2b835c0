import type { ComponentChildren } from "preact";
import { Badge } from "../../ui/badge.tsx";
import { dateInSweden } from "../../ui/swedish-time.ts";
import { languageName } from "../mail-words.ts";
import { caseHref } from "../route.ts";
import {
  bookingStatus,
  equipmentText,
  interpreterText,
  whatText,
  whoText,
  withWhomText,
} from "./booking-words.ts";
import { clocks, longDate } from "./local-time.ts";
import type { Booking } from "./schemas.ts";
import type { Basics } from "./with-basics.tsx";

/** What is known of a booking, but for what is hidden. */
export function MeetingFacts({ booking, basics: { names } }: { booking: Booking; basics: Basics }) {
  const status = bookingStatus(booking.status);
  const { party, agreed, caseId, language, equipment } = booking;
  const needs = [
    ...(language === null ? [] : [languageName(language)]),
    ...equipment.map(equipmentText),
    ...(booking.seats > 1 ? [`${booking.seats} personer`] : []),
  ];
  return (
    <section class="case-strip" aria-label="Om bokningen">
      <p class="meeting-time">
        <strong>
          {longDate(dateInSweden(new Date(booking.startsAt)))} {clocks(booking)}
        </strong>{" "}
        <Badge tone={status.tone} icon={status.icon}>
          {status.text}
        </Badge>
      </p>
      <dl class="case-facts">
        <Fact term="Vad">{whatText(booking, names)}</Fact>
        <Fact term="Plats">{names.office(booking.office)}</Fact>
        {!booking.hidden && withWhomText(booking, names) !== "" && (
          <Fact term="Hos">{withWhomText(booking, names)}</Fact>
        )}
        <Fact term="Vem kommer">{whoText(booking)}</Fact>
        {party?.phone != null && <Fact term="Telefon">{party.phone}</Fact>}
        {party?.email != null && <Fact term="E-post">{party.email}</Fact>}
        {party?.about != null && <Fact term="Vill prata om">{party.about}</Fact>}
        {needs.length > 0 && <Fact term="Önskemål">{needs.join(", ")}</Fact>}
        {booking.interpreter !== null && (
          <Fact term="Tolk">{interpreterText(booking.interpreter, names)}</Fact>
        )}
        {booking.series !== null && (
          <Fact term="Serie">
            {booking.series.number} av {booking.series.of}
          </Fact>
        )}
        {booking.decision !== null && (
          <Fact term="Svar">
            {booking.decision.by === null
              ? "Ingen svarade i tid"
              : `${booking.decision.reason ?? "Ja"} (${booking.decision.by})`}
          </Fact>
        )}
        {agreed !== null && (
          <Fact term="Utanför öppettid">
            {agreed.reason} ({agreed.by})
          </Fact>
        )}
        {caseId !== null && (
          <Fact term="Ärende">
            <a class="ds-link" href={caseHref(caseId)}>
              Till ärendet
            </a>
          </Fact>
        )}
      </dl>
    </section>
  );
}

function Fact({ term, children }: { term: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
