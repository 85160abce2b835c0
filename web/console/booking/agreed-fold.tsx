import { useState } from "preact/hooks";
import { Button } from "../../ui/button.tsx";
import { DateField } from "../../ui/date-field.tsx";
import { Field } from "../../ui/field.tsx";
import { Fold } from "../../ui/fold.tsx";
import { instantInSweden } from "./local-time.ts";

type Props = { today: string; busy: boolean; onAgree: (startsAt: string, reason: string) => void };

const SHORTEST_REASON = 3;

/** A time outside the opening hours, by agreement: the reason is kept with the booking, and who agreed. */
export function AgreedFold({ today, busy, onAgree }: Props) {
  const [date, setDate] = useState(today);
  const [clock, setClock] = useState("");
  const [reason, setReason] = useState("");
  const [faults, setFaults] = useState<{ clock?: string; reason?: string }>({});
  const submit = (event: Event): void => {
    event.preventDefault();
    const startsAt = instantInSweden(date, clock);
    const found = {
      ...(startsAt === undefined ? { clock: "Välj en dag och en tid som finns." } : {}),
      ...(reason.trim().length < SHORTEST_REASON ? { reason: "Skriv varför." } : {}),
    };
    setFaults(found);
    if (startsAt !== undefined && found.reason === undefined && !busy) onAgree(startsAt, reason.trim());
  };
  return (
    <Fold show="Utanför öppettid" hide="Dölj utanför öppettid">
      <form class="agreed" noValidate onSubmit={submit}>
        <p class="hint">
          Bara när båda sidor har kommit överens. Den som tar emot måste vara ledig. Orsaken sparas med ditt
          namn.
        </p>
        <div class="wish">
          <DateField label="Dag" error={undefined} min={today} value={date} onInput={setDate} />
          <Field label="Klockan" error={faults.clock}>
            {(control) => (
              <input
                {...control}
                class="ds-input"
                type="time"
                value={clock}
                onInput={(event) => setClock(event.currentTarget.value)}
              />
            )}
          </Field>
          <Field label="Orsak" error={faults.reason}>
            {(control) => (
              <input
                {...control}
                class="ds-input"
                maxLength={200}
                value={reason}
                onInput={(event) => setReason(event.currentTarget.value)}
              />
            )}
          </Field>
        </div>
        <Button submit variant="secondary" busy={busy}>
          Håll tiden
        </Button>
      </form>
    </Fold>
  );
}
