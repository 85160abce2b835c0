import { Button } from "../../ui/button.tsx";
import { clockInSweden } from "../../ui/swedish-time.ts";
import type { Guests } from "./schemas.ts";

type Props = { guests: readonly Guests[]; busy: boolean; onCallNext: (host: string) => void };

/** Who from outside receives visitors today, until when, and for whom it is time. */
export function GuestList({ guests, busy, onCallNext }: Props) {
  if (guests.length === 0) return null;
  return (
    <section class="guests-today" aria-labelledby="guests-today">
      <h2 id="guests-today" class="ds-heading" data-size="2xs">
        Gäster i dag
      </h2>
      <ul>
        {guests.map((one) => (
          <li key={one.host}>
            <span>
              <strong>{one.name}</strong> {hoursToday(one)}
              <span class="subtle"> {comingText(one)}</span>
            </span>
            {one.waiting > 0 && (
              <Button variant="secondary" busy={busy} onClick={() => onCallNext(one.host)}>
                Kalla nästa till {one.name}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function hoursToday({ hours }: Guests): string {
  if (hours.length === 0) return "stängt";
  const clock = (at: string) => clockInSweden(new Date(at));
  return hours.map(({ from, to }) => `${clock(from)}–${clock(to)}`).join(", ");
}

const VISITORS: Readonly<Record<string, string>> = {
  both: "bokade och drop-in",
  booked: "bara bokade",
  "drop-in": "bara drop-in",
};

function comingText({ visitors, expected, waiting }: Guests): string {
  return [
    VISITORS[visitors] ?? visitors,
    ...(expected > 0 ? [expected === 1 ? "1 väntad" : `${expected} väntade`] : []),
    ...(waiting > 0 ? [waiting === 1 ? "1 väntar" : `${waiting} väntar`] : []),
  ].join(" · ");
}
