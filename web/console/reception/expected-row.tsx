import { Badge } from "../../ui/badge.tsx";
import { clockInSweden } from "../../ui/swedish-time.ts";
import { KeyHint } from "./key-hint.tsx";
import { useReception } from "./reception-desk.ts";
import { floorText } from "./reception-words.ts";
import type { Expected } from "./schemas.ts";
import { slipCode } from "./today.ts";
import { capital } from "./visit-row.tsx";

type Props = {
  expected: Expected;
  now: Date;
  onCheckIn: ((expected: Expected) => void) | undefined;
  onKey: ((expected: Expected) => void) | undefined;
};

/** Whether they have hired premises to which a key is in. */
export const offersKey = ({ keys }: Expected): boolean => keys.length > 0;

/** Somebody who is booked and has not come yet. Of a hidden one only when, where, and the code on their slip. */
export function ExpectedRow({ expected, now, onCheckIn, onKey }: Props) {
  const { screened, personName } = useReception();
  const { bookingId, startsAt, floor, name, hidden, unsettled } = expected;
  const host = personName(expected.host);
  const clock = clockInSweden(new Date(startsAt));
  return (
    <li id={bookingId} class="entry expected" data-entry>
      <p class="entry-number">{clock}</p>
      <div class="entry-who">
        <p>
          <strong>{capital(floorText(floor))}</strong>
          {!screened && name !== null && ` · ${name}`}
          {!screened && host !== undefined && <span class="subtle"> · till {host}</span>}
        </p>
        {(hidden || screened || name === null) && <p class="subtle">Kod {slipCode(bookingId)}</p>}
      </div>
      <div class="entry-state">
        {unsettled ? (
          <Badge tone="danger" icon="warning">
            Värden kan inte – säg till
          </Badge>
        ) : (
          <span class="subtle">{startsAt < now.toISOString() ? "Väntad, har inte kommit" : "Väntad"}</span>
        )}
      </div>
      <div class="entry-steps">
        {onKey !== undefined && offersKey(expected) && (
          <button
            type="button"
            class="ds-button entry-main"
            data-variant="primary"
            onClick={() => onKey(expected)}
          >
            Lämna ut nyckel
            <span class="ds-sr-only"> {clock}</span>
            <KeyHint keys={["n"]} />
          </button>
        )}
        {onCheckIn !== undefined && (
          <button
            type="button"
            class="ds-button entry-main"
            data-variant="secondary"
            onClick={() => onCheckIn(expected)}
          >
            Checka in
            <span class="ds-sr-only">
              {" "}
              {floorText(floor)} {clock}
            </span>
            <KeyHint keys={["c"]} />
          </button>
        )}
      </div>
    </li>
  );
}
