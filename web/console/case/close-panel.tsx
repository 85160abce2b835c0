import { useState } from "preact/hooks";
import { Choices } from "../../ui/choice.tsx";
import { FormDialog } from "../../ui/form-dialog.tsx";
import { CLOSE_REASONS, closeReasonText } from "../case-words.ts";
import type { PanelProps } from "./panel-props.ts";
import { usePanel } from "./use-panel.ts";

/** Why a reason that the API does not offer cannot be chosen now. */
function missing(reason: string): string {
  return reason === "transferred"
    ? "Först ska nämnden ha bekräftat och invånaren ha fått veta det."
    : "Skriv först vad invånaren har fått veta.";
}

/** Ends the case for a reason of the closed list. */
export function ClosePanel(props: PanelProps) {
  const { closeReasons } = props.file;
  const [reason, setReason] = useState<string | undefined>(
    CLOSE_REASONS.find(([code]) => code === "answered" && closeReasons.includes(code))?.[0],
  );
  const { problem, faults, send } = usePanel(props);
  const submit = (): void => {
    const found = { reason: reason === undefined ? "Välj varför ärendet är klart." : undefined };
    const done = `Ärendet är avslutat: ${closeReasonText(reason ?? null)}.`;
    void send(found, { action: "close", done }, { reason });
  };
  return (
    <FormDialog
      title="Avsluta ärendet"
      submit="Avsluta"
      busy={props.busy}
      problem={problem}
      onSubmit={submit}
      onClose={props.onClose}
    >
      <Choices
        legend="Varför är det klart?"
        choices={CLOSE_REASONS.map(([value, label]) => ({
          value,
          label,
          disabled: closeReasons.includes(value) ? undefined : missing(value),
        }))}
        value={reason}
        error={faults["reason"]}
        onChoose={setReason}
      />
    </FormDialog>
  );
}
