import { useState } from "preact/hooks";
import { Choices } from "../../ui/choice.tsx";
import { FormDialog } from "../../ui/form-dialog.tsx";
import { dateInSweden } from "../../ui/swedish-time.ts";
import { timeText, whatText } from "./booking-words.ts";
import type { Booking } from "./schemas.ts";
import { mailedText } from "./use-meeting-change.ts";
import type { Basics } from "./with-basics.tsx";

type Props = {
  booking: Booking;
  basics: Basics;
  busy: boolean;
  /** `following`: those after it in its series as well. */
  onCancel: (following: boolean) => Promise<boolean>;
  onClose: () => void;
};

/** Asks once before a meeting is cancelled: others may have its time at once. Of a series it asks how much of it. */
export function CancelDialog({ booking, basics: { names, today }, busy, onCancel, onClose }: Props) {
  const [problem, setProblem] = useState<string | undefined>();
  const [which, setWhich] = useState("one");
  const submit = async (): Promise<void> => {
    if (await onCancel(which === "following")) onClose();
    else setProblem("Mötet gick inte att avboka.");
  };
  const when = timeText(booking, dateInSweden(new Date(booking.startsAt)), today);
  const { series } = booking;
  return (
    <FormDialog
      title="Avboka mötet?"
      submit="Avboka"
      leave="Behåll mötet"
      busy={busy}
      problem={problem}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <p>
        {whatText(booking, names)}, {when}. Tiden blir ledig för andra på en gång.{mailedText(booking)}
      </p>
      {series !== null && series.number < series.of && (
        <Choices
          legend="Mötet är ett av flera"
          value={which}
          choices={[
            { value: "one", label: "Avboka bara det här mötet" },
            { value: "following", label: "Avboka det här och alla senare" },
          ]}
          onChoose={setWhich}
        />
      )}
    </FormDialog>
  );
}
