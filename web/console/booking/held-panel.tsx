import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Fold } from "../../ui/fold.tsx";
import { focusFirstFault } from "../../ui/form-dialog.tsx";
import { clockInSweden, dateInSweden } from "../../ui/swedish-time.ts";
import type { Repeat } from "./api.ts";
import { emailFault, partyOf, whatText, withWhomText } from "./booking-words.ts";
import { clocks, longDate } from "./local-time.ts";
import { repeatOf } from "./repeat.ts";
import { RepeatFields } from "./repeat-fields.tsx";
import type { Booking, Party } from "./schemas.ts";
import type { Basics } from "./with-basics.tsx";

type Written = { name: string; phone: string; email: string; about: string };

const MODES = { name: "text", phone: "tel", email: "email" } as const;

type Props = {
  booking: Booking;
  basics: Basics;
  party: Written;
  busy: boolean;
  /** Seats in a meeting for a group are not. */
  repeatable: boolean;
  onParty: (party: Written) => void;
  onConfirm: (party: Party | undefined) => void;
  onRepeat: (party: Party | undefined, repeat: Repeat) => void;
  onExpired: () => void;
  onAgain: () => void;
};

/** A time that is held, and who comes: Enter in any of the fields books it. */
export function HeldPanel({
  booking,
  basics,
  party,
  busy,
  repeatable,
  onParty,
  onConfirm,
  onRepeat,
  onExpired,
  onAgain,
}: Props) {
  const form = useRef<HTMLFormElement>(null);
  const [often, setOften] = useState({ everyWeeks: "0", times: "4" });
  const repeat = repeatOf(often);
  const [fault, setFault] = useState<string | undefined>();
  const { names, offices } = basics;
  // What somebody wants of a guest host is between the two of them.
  const guest = offices
    .flatMap(({ services }) => services)
    .some(({ id, guestHost }) => id === booking.service && guestHost !== undefined);
  const date = dateInSweden(new Date(booking.startsAt));
  useLayoutEffect(() => form.current?.querySelector<HTMLElement>("input")?.focus(), []);
  const submit = (event: Event): void => {
    event.preventDefault();
    const found = emailFault(party.email);
    setFault(found);
    if (found !== undefined || repeat === "fault") focusFirstFault(form.current);
    else if (busy) return;
    else if (repeat === undefined) onConfirm(partyOf(party));
    else onRepeat(partyOf(party), repeat);
  };
  const input = (field: "name" | "phone" | "email", label: string) => (
    <Field label={label} error={field === "email" ? fault : undefined}>
      {(control) => (
        <input
          {...control}
          inputMode={MODES[field]}
          autocomplete="off"
          class="ds-input"
          maxLength={200}
          value={party[field]}
          onInput={(event) => onParty({ ...party, [field]: event.currentTarget.value })}
        />
      )}
    </Field>
  );
  return (
    <form ref={form} class="held" noValidate onSubmit={submit}>
      <h2 class="ds-heading" data-size="xs">
        {longDate(date)} {clocks(booking)}
      </h2>
      <p class="held-facts">
        {whatText(booking, names)}, {names.office(booking.office)}
        {booking.hidden ? "" : `. ${withWhomText(booking, names)}`}
      </p>
      <HeldUntil booking={booking} onExpired={onExpired} />
      <div class="wish">
        {input("name", "Namn (frivilligt)")}
        {input("phone", "Telefon (frivilligt)")}
        {input("email", "E-post (frivilligt)")}
      </div>
      {!guest && (
        <Fold show="Vad vill besökaren prata om?" hide="Dölj vad besökaren vill prata om">
          <Field label="Besökarens egna ord (frivilligt)">
            {(control) => (
              <textarea
                {...control}
                class="ds-input"
                rows={3}
                maxLength={2000}
                value={party.about}
                onInput={(event) => onParty({ ...party, about: event.currentTarget.value })}
              />
            )}
          </Field>
        </Fold>
      )}
      {repeatable && <RepeatFields often={often} first={date} onChange={setOften} />}
      <div class="buttons">
        <Button submit busy={busy}>
          {repeat === undefined ? "Boka tiden" : "Boka alla tider"}
        </Button>
        <Button variant="secondary" busy={busy} onClick={onAgain}>
          Välj en annan tid
        </Button>
      </div>
    </form>
  );
}

/** Until when nobody else can have the time, and how long that is. */
function HeldUntil({ booking, onExpired }: { booking: Booking; onExpired: () => void }) {
  const untilMs = Date.parse(booking.heldUntil ?? booking.startsAt);
  const [nowMs, setNowMs] = useState(() => Date.now());
  const tell = useRef(onExpired);
  tell.current = onExpired;
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const out = nowMs > untilMs;
  useEffect(() => {
    if (out) tell.current();
  }, [out]);
  return (
    <p class="held-until">
      {out ? (
        <>Tiden hölls till {clockInSweden(new Date(untilMs))}.</>
      ) : (
        <>
          Hålls till <strong>{clockInSweden(new Date(untilMs))}</strong>
          <span aria-hidden="true"> ({leftText(untilMs - nowMs)} kvar)</span>
        </>
      )}
    </p>
  );
}

function leftText(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return seconds >= 120 ? `${Math.floor(seconds / 60)} min` : `${seconds} s`;
}
