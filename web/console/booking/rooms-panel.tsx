import { useState } from "preact/hooks";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Fold } from "../../ui/fold.tsx";
import { Problem } from "../../ui/problem.tsx";
import { addDays } from "../../ui/swedish-time.ts";
import { failureText } from "../case/use-case-change.ts";
import { useDesk } from "../desk.ts";
import { useFetched } from "../use-fetched.ts";
import { roomClosuresPath } from "./api.ts";
import { useBookingDesk } from "./booking-desk.ts";
import { refusedText } from "./booking-words.ts";
import type { RoomClosure } from "./rota-schemas.ts";
import { stretchOf, stretchText } from "./stretch.ts";
import { StretchFields } from "./stretch-fields.tsx";
import { ToSettle } from "./to-settle.tsx";
import type { Basics } from "./with-basics.tsx";

const DAYS_AHEAD = 183;

type Props = { office: string; basics: Basics };

/** When rooms of an office cannot be had: closed, and opened again. Not there where there are no rooms. */
export function RoomsPanel({ office, basics: { offices, names, today } }: Props) {
  const rooms = offices.find(({ id }) => id === office)?.rooms ?? [];
  const { api, roomClosures } = useBookingDesk();
  const { say } = useDesk();
  const path = roomClosuresPath(office, today, addDays(today, DAYS_AHEAD));
  const { data } = useFetched(roomClosures, path);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | undefined>();
  const [hit, setHit] = useState<number | undefined>();
  if (rooms.length === 0) return null;

  const change = async <Answer,>(
    asked: Promise<{ answer: Answer } | { refused: string }>,
    done: (answer: Answer) => void,
  ): Promise<boolean> => {
    setBusy(true);
    setProblem(undefined);
    setHit(undefined);
    let saved = false;
    try {
      const outcome = await asked;
      saved = "answer" in outcome;
      if ("refused" in outcome) setProblem(refusedText(outcome.refused));
      else done(outcome.answer);
      await roomClosures.revalidate(path);
    } catch (failure) {
      setProblem(failureText(failure, true));
    }
    setBusy(false);
    return saved;
  };
  const close = async ({ room, ...body }: Closing): Promise<boolean> =>
    !busy && (await change(api.closeRoom(office, room, body), ({ unsettled }) => setHit(unsettled)));
  const open = ({ closureId, from }: RoomClosure): void => {
    if (busy) return;
    void change(api.openRoom(office, closureId, from), () =>
      say({ text: "Rummet kan bokas igen. Möten som har flyttats står kvar." }),
    );
  };
  const closures = data?.closures ?? [];
  return (
    <section aria-labelledby="closed-rooms">
      <h2 id="closed-rooms" class="ds-heading" data-size="2xs">
        Stängda rum
      </h2>
      {data !== undefined && closures.length === 0 && <p class="hint">Inga det närmaste halvåret.</p>}
      <ul class="absences">
        {closures.map((closure) => (
          <li key={closure.closureId}>
            <span>
              {names.room(closure.room)}, {stretchText(closure, today)}: {closure.reason}{" "}
              <span class="subtle">stängt av {closure.enteredBy}</span>
            </span>
            <Button variant="tertiary" accent busy={busy} onClick={() => open(closure)}>
              Öppna igen<span class="ds-sr-only"> {names.room(closure.room)}</span>
            </Button>
          </li>
        ))}
      </ul>
      <Problem text={problem} />
      <div role="status">{hit !== undefined && <ToSettle saved="Rummet är stängt." count={hit} />}</div>
      <Fold show="Stäng ett rum" hide="Dölj">
        <RoomForm rooms={rooms} today={today} busy={busy} onClose={close} />
      </Fold>
    </section>
  );
}

type Closing = { room: string; key: string; from: string; to: string; reason: string };

type FormProps = {
  rooms: readonly { id: string; name: string }[];
  today: string;
  busy: boolean;
  /** Whether it is closed now. */
  onClose: (closing: Closing) => Promise<boolean>;
};

function RoomForm({ rooms, today, busy, onClose }: FormProps) {
  const [room, setRoom] = useState(rooms[0]?.id ?? "");
  const [written, setWritten] = useState({ from: today, fromClock: "", to: today, toClock: "" });
  const [reason, setReason] = useState("");
  const [faults, setFaults] = useState<{ stretch?: string; reason?: string }>({});
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const stretch = stretchOf(written);
    const said = reason.trim();
    setFaults({
      ...(stretch === undefined ? { stretch: "Tiden slutar innan den börjar. Ändra den." } : {}),
      ...(said.length < 3 ? { reason: "Skriv varför, så att kollegorna vet." } : {}),
    });
    if (stretch === undefined || said.length < 3) return;
    // Pressed again it is another closure, with a reason of its own.
    if (await onClose({ room, key: crypto.randomUUID(), ...stretch, reason: said })) setReason("");
  };
  return (
    <form class="agreed" noValidate onSubmit={(event) => void submit(event)}>
      <div class="wish">
        <Field label="Vilket rum?">
          {(control) => (
            <select
              {...control}
              class="ds-input"
              value={room}
              onChange={(event) => setRoom(event.currentTarget.value)}
            >
              {rooms.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
        <StretchFields today={today} written={written} onChange={setWritten} />
        <Field label="Varför?" error={faults.reason}>
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
      <p class="hint">
        Utan klockslag gäller det hela dagar. Inget möte tas bort: de som inte får plats står under Behöver ny
        tid.
      </p>
      <Problem text={faults.stretch} />
      <Button submit variant="secondary" busy={busy}>
        Stäng rummet
      </Button>
    </form>
  );
}
