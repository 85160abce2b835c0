import { useState } from "preact/hooks";
import { Check } from "../../ui/choice.tsx";
import { DateField } from "../../ui/date-field.tsx";
import { Field } from "../../ui/field.tsx";
import { FormDialog } from "../../ui/form-dialog.tsx";
import { addWeekdays, dateInSweden } from "../../ui/swedish-time.ts";
import { useDesk } from "../desk.ts";
import { DraftField } from "../draft-field.tsx";
import { proposalOf } from "../triage-words.ts";
import { UnitSelect } from "../unit-select.tsx";
import { useDraft } from "../use-draft.ts";
import type { PanelProps } from "./panel-props.ts";
import { empty, usePanel } from "./use-panel.ts";

const DAYS_TO_ANSWER = 2;

/** Asks a unit to do its part. The case stays ours. */
export function AssignPanel(props: PanelProps) {
  const { directory } = useDesk();
  const today = dateInSweden(new Date());
  const wasSecret = props.file.case.access === "secret";
  const draft = useDraft(props.file.case.caseId, "assign");
  const isSecret = (id: string): boolean =>
    wasSecret || directory.units.some((one) => one.id === id && one.secret);
  const proposal = proposalOf(props.file, directory);
  const [unit, setUnit] = useState(proposal?.unit ?? "");
  const [dueDate, setDueDate] = useState(addWeekdays(today, DAYS_TO_ANSWER));
  const [secret, setSecret] = useState(isSecret(unit));
  const { problem, faults, send } = usePanel(props);
  const choose = (id: string): void => {
    setUnit(id);
    setSecret(isSecret(id));
  };
  const submit = (): void => {
    const found = {
      unit: empty(unit, "Välj vilken enhet som ska få uppdraget."),
      text: empty(draft.text, "Skriv vad enheten ska göra."),
      dueDate: empty(dueDate, "Välj en dag."),
    };
    const done = `Uppdraget är skickat till ${directory.unitName(unit)}.`;
    const body = { unit, text: draft.text, dueDate, access: secret ? "secret" : "public" };
    void send(found, { action: "assignments", done, box: "assign" }, body);
  };
  return (
    <FormDialog
      title="Skicka uppdrag till en enhet"
      submit="Skicka uppdraget"
      busy={props.busy}
      problem={problem}
      onSubmit={submit}
      onClose={props.onClose}
    >
      <Field label="Enhet" hint={unit === proposal?.unit ? proposal?.why : undefined} error={faults["unit"]}>
        {(control) => <UnitSelect control={control} units={directory.units} value={unit} onChoose={choose} />}
      </Field>
      <DraftField
        label="Vad ska enheten göra?"
        hint="Enheten ser konversationen med invånaren, men inga anteckningar."
        error={faults["text"]}
        rows={5}
        draft={draft}
      />
      <DateField
        label="Svar önskas senast"
        error={faults["dueDate"]}
        min={today}
        value={dueDate}
        onInput={setDueDate}
      />
      <Check
        label="Innehåller sekretess"
        hint="Då loggas varje läsning, och inget av innehållet går med e-post."
        checked={secret}
        onChange={setSecret}
      />
    </FormDialog>
  );
}
