import { useState } from "preact/hooks";
import { DateField } from "../../ui/date-field.tsx";
import { Field } from "../../ui/field.tsx";
import { FormDialog } from "../../ui/form-dialog.tsx";
import { dateInSweden } from "../../ui/swedish-time.ts";
import { empty, type Faults } from "../case/use-panel.ts";
import type { DoReply } from "./use-task-reply.ts";

type Props = { busy: boolean; onReply: DoReply; onClose: () => void };

/** The authority says that it has the matter: its number, whom the citizen can turn to, and when they will hear. */
export function AcknowledgePanel({ busy, onReply, onClose }: Props) {
  const today = dateInSweden(new Date());
  const [diaryNumber, setDiaryNumber] = useState("");
  const [contact, setContact] = useState("");
  const [dueDate, setDueDate] = useState("");
  const [problem, setProblem] = useState<string | undefined>();
  const [faults, setFaults] = useState<Faults>({});
  const submit = async (): Promise<void> => {
    const found = {
      diaryNumber: empty(diaryNumber, "Skriv diarienumret."),
      contact: empty(contact, "Skriv vem invånaren kan kontakta."),
      dueDate: empty(dueDate, "Välj när invånaren kan vänta sig besked."),
    };
    setProblem(undefined);
    setFaults(found);
    if (Object.values(found).some((fault) => fault !== undefined)) return;
    const done = "Mottagandet är bekräftat. Servicecentret berättar för invånaren.";
    const no = await onReply({ reply: "acknowledge", diaryNumber, contact, dueDate }, done);
    if (no === undefined) onClose();
    else setProblem(no);
  };
  const text = (
    name: string,
    label: string,
    hint: string,
    value: string,
    set: (next: string) => void,
    length: number,
  ) => (
    <Field label={label} hint={hint} error={faults[name]}>
      {(control) => (
        <input
          {...control}
          class="ds-input"
          type="text"
          maxLength={length}
          value={value}
          onInput={(event) => set(event.currentTarget.value)}
        />
      )}
    </Field>
  );
  return (
    <FormDialog
      title="Bekräfta mottagande"
      submit="Bekräfta"
      busy={busy}
      problem={problem}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      {text("diaryNumber", "Diarienummer", "Nämndens nummer för ärendet.", diaryNumber, setDiaryNumber, 40)}
      {text(
        "contact",
        "Vem kan invånaren kontakta?",
        "Namn och telefon eller e-post.",
        contact,
        setContact,
        120,
      )}
      <DateField
        label="När väntas besked?"
        error={faults["dueDate"]}
        min={today}
        value={dueDate}
        onInput={setDueDate}
      />
    </FormDialog>
  );
}
