import { useState } from "preact/hooks";
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
  onCancel: () => Promise<boolean>;
  onClose: () => void;
};

/** Asks once before a meeting is cancelled: others may have its time at once. */
export function CancelDialog({ booking, basics: { names, today }, busy, onCancel, onClose }: Props) {
  const [problem, setProblem] = useState<string | undefined>();
  const submit = async (): Promise<void> => {
    if (await onCancel()) onClose();
    else setProblem("Mötet gick inte att avboka.");
  };
  const when = timeText(booking, dateInSweden(new Date(booking.startsAt)), today);
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
    </FormDialog>
  );
}
