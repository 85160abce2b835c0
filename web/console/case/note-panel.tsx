import { FormDialog } from "../../ui/form-dialog.tsx";
import { DraftField } from "../draft-field.tsx";
import { useDraft } from "../use-draft.ts";
import type { PanelProps } from "./panel-props.ts";
import { empty, usePanel } from "./use-panel.ts";

/** A working note: for colleagues alone. */
export function NotePanel(props: PanelProps) {
  const draft = useDraft(props.file.case.caseId, "note");
  const { problem, faults, send } = usePanel(props);
  const submit = (): void => {
    const found = { text: empty(draft.text, "Skriv något att anteckna.") };
    void send(found, { action: "notes", done: "Anteckningen är sparad.", box: "note" }, { text: draft.text });
  };
  return (
    <FormDialog
      title="Anteckna"
      submit="Spara anteckningen"
      busy={props.busy}
      problem={problem}
      onSubmit={submit}
      onClose={props.onClose}
    >
      <DraftField
        label="Anteckning"
        hint="Bara för kollegor. Invånaren och enheterna ser den inte."
        error={faults["text"]}
        rows={5}
        draft={draft}
      />
    </FormDialog>
  );
}
