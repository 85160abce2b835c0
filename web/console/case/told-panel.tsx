import { useState } from "preact/hooks";
import { Choices } from "../../ui/choice.tsx";
import { FormDialog } from "../../ui/form-dialog.tsx";
import { DraftField } from "../draft-field.tsx";
import { useDraft } from "../use-draft.ts";
import type { PanelProps } from "./panel-props.ts";
import { empty, usePanel } from "./use-panel.ts";

const HOW = [
  { value: "phone", label: "På telefon" },
  { value: "visit", label: "Vid ett besök" },
  { value: "letter", label: "I ett brev" },
] as const;

/** The record of what the citizen was told otherwise than by mail. */
export function ToldPanel(props: PanelProps) {
  const draft = useDraft(props.file.case.caseId, "told");
  const [how, setHow] = useState<string | undefined>();
  const { problem, faults, send } = usePanel(props);
  const submit = (): void => {
    const found = {
      how: how === undefined ? "Välj hur invånaren fick veta det." : undefined,
      text: empty(draft.text, "Skriv vad du berättade."),
    };
    const done = "Antecknat vad invånaren har fått veta.";
    void send(found, { action: "told", done, box: "told" }, { how, text: draft.text });
  };
  return (
    <FormDialog
      title="Berättat på annat sätt"
      submit="Spara"
      busy={props.busy}
      problem={problem}
      onSubmit={submit}
      onClose={props.onClose}
    >
      <Choices legend="Hur?" choices={HOW} value={how} error={faults["how"]} onChoose={setHow} />
      <DraftField label="Vad sa du?" error={faults["text"]} rows={5} draft={draft} />
    </FormDialog>
  );
}
