import { useState } from "preact/hooks";
import { DateField } from "../../ui/date-field.tsx";
import { FreeTimes } from "./free-times.tsx";
import { OfficeSelect } from "./office-select.tsx";
import type { Booking, Slot } from "./schemas.ts";
import { mailedText } from "./use-meeting-change.ts";
import type { Basics } from "./with-basics.tsx";

type Props = {
  booking: Booking;
  basics: Basics;
  busy: boolean;
  lost: unknown;
  onChoose: (office: string, slot: Slot) => void;
};

/** Another time for a booking: choosing it moves the meeting. */
export function MovePanel({ booking, basics, busy, lost, onChoose }: Props) {
  const { offices, today } = basics;
  const [office, setOffice] = useState(booking.office);
  const [from, setFrom] = useState(today);
  const offering = offices.filter(({ services }) => services.some(({ id }) => id === booking.service));
  // Whoever may move it sees what it is for.
  const { service, language, equipment, seats } = { ...booking, service: booking.service ?? "" };
  const wish = { service, office, equipment, seats, ...(language === null ? {} : { language }) };
  return (
    <>
      <p class="hint">Välj en ny tid: mötet flyttas dit på en gång.{mailedText(booking)}</p>
      <div class="wish">
        <OfficeSelect offices={offering} value={office} onChoose={setOffice} />
        <DateField label="Tidigast" error={undefined} min={today} value={from} onInput={setFrom} />
      </div>
      {from !== "" && (
        <FreeTimes
          wish={wish}
          from={from}
          today={today}
          busy={busy}
          lost={lost}
          onChoose={(slot) => onChoose(office, slot)}
        />
      )}
    </>
  );
}
