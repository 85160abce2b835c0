import { useLayoutEffect, useRef } from "preact/hooks";
import { Alert } from "../../ui/alert.tsx";
import { dateInSweden } from "../../ui/swedish-time.ts";
import { timeText } from "./booking-words.ts";
import type { Slot } from "./schemas.ts";

/** Why a time was not to be had, and what is free instead. */
export type No = { text: string; alternatives: readonly Slot[] };

type Props = { no: No | undefined; today: string; busy: boolean; onChoose: (slot: Slot) => void };

/** A no, with the nearest free times a press away: the first of them has the focus. */
export function Alternatives({ no, today, busy, onChoose }: Props) {
  const first = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => first.current?.focus(), [no]);
  return (
    <div role="alert">
      {no !== undefined && (
        <Alert tone="warning">
          <p>
            {no.text}
            {no.alternatives.length > 0 && " Närmast lediga:"}
          </p>
          {no.alternatives.length > 0 && (
            <div class="buttons alternatives">
              {no.alternatives.map((slot, place) => (
                <button
                  key={slot.startsAt}
                  ref={place === 0 ? first : null}
                  type="button"
                  class="ds-button"
                  data-variant={place === 0 ? "primary" : "secondary"}
                  aria-disabled={busy}
                  onClick={() => {
                    if (!busy) onChoose(slot);
                  }}
                >
                  {timeText(slot, dateInSweden(new Date(slot.startsAt)), today)}
                </button>
              ))}
            </div>
          )}
        </Alert>
      )}
    </div>
  );
}
