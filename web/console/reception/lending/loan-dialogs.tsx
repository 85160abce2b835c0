import { useState } from "preact/hooks";
import { Button } from "../../../ui/button.tsx";
import { DateField } from "../../../ui/date-field.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { Field } from "../../../ui/field.tsx";
import { FormDialog } from "../../../ui/form-dialog.tsx";
import { Loading } from "../../../ui/loading.tsx";
import { Problem } from "../../../ui/problem.tsx";
import { addDays, dateInSweden } from "../../../ui/swedish-time.ts";
import { useFetched } from "../../use-fetched.ts";
import { useReception } from "../reception-desk.ts";
import { failureText } from "../reception-words.ts";
import { historyPath } from "./api.ts";
import { endText, itemText, whenText } from "./lending-words.ts";
import { isJustBack } from "./lent.ts";
import type { Item, Loan } from "./schemas.ts";
import type { Loans } from "./use-loans.ts";

type Props = { item: Item; loan: Loan; loans: Loans; onClose: () => void };

const problemOf = ({ problem }: Loans, { item }: Item): string | undefined =>
  problem?.item === item ? problem.text : undefined;

/** Takes something back that is damaged or not whole. */
export function NoteDialog({ item, loan, loans, onClose }: Props) {
  const [note, setNote] = useState("");
  const [error, setError] = useState<string | undefined>();
  const submit = (): void => {
    if (note.trim() === "") setError("Skriv vad som är skadat eller saknas.");
    else void loans.act(loan, "return", { note: note.trim() });
  };
  return (
    <FormDialog
      title={`${itemText(item)} är åter`}
      submit="Ta emot"
      busy={loans.busy !== undefined}
      problem={problemOf(loans, item)}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label="Vad är skadat eller saknas?" hint="Sparas i 90 dagar." error={error}>
        {(control) => (
          <textarea
            {...control}
            class="ds-input"
            rows={3}
            maxLength={500}
            value={note}
            onInput={(event) => setNote(event.currentTarget.value)}
          />
        )}
      </Field>
    </FormDialog>
  );
}

/** Lets the borrower keep it until the office closes on a later day. */
export function ExtendDialog({ item, loan, loans, now, onClose }: Props & { now: Date }) {
  const today = dateInSweden(now);
  const due = dateInSweden(new Date(loan.dueAt));
  const [dueOn, setDueOn] = useState(addDays(due > today ? due : today, 1));
  const [error, setError] = useState<string | undefined>();
  const submit = (): void => {
    if (dueOn === "") setError("Välj en dag.");
    else void loans.act(loan, "extend", { dueOn });
  };
  return (
    <FormDialog
      title={`Förläng lånet av ${itemText(item)}`}
      submit="Förläng"
      busy={loans.busy !== undefined}
      problem={problemOf(loans, item)}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>Ska vara åter {whenText(loan.dueAt, now)}.</p>
      <DateField
        label="Ny dag, innan vi stänger"
        error={error}
        min={today}
        value={dueOn}
        onInput={setDueOn}
      />
    </FormDialog>
  );
}

type HistoryProps = { item: Item; loans: Loans; now: Date; onClose: () => void };

/** An item's loans, the last first. */
export function HistoryDialog({ item, loans, now, onClose }: HistoryProps) {
  const { history, office, screened } = useReception();
  const path = historyPath(office.id, item.item);
  const { data, error } = useFetched(history, path);
  const undo = async (loan: Loan): Promise<void> => {
    await loans.act(loan, "undo-return");
    await history.revalidate(path);
  };
  return (
    <Dialog title={`Lån av ${itemText(item)}`} open onClose={onClose}>
      {data === undefined &&
        (error === undefined ? <Loading what="Hämtar …" /> : <Problem text={failureText(error)} />)}
      {data?.loans.length === 0 && <p>Aldrig utlånad.</p>}
      <ol class="loan-history">
        {data?.loans.map((loan) => (
          <li key={loan.loanId}>
            <p>
              Ut {whenText(loan.lentAt, now)} · {endText(loan, now)}
            </p>
            {!screened && (
              <p class="subtle">
                {loan.borrower === null ? "Namnet är borttaget" : loan.borrower.name}
                {loan.borrower?.note != null && ` · ${loan.borrower.note}`}
              </p>
            )}
            {loan.may.includes("undo-return") && isJustBack(loan, now) && (
              <Button variant="secondary" busy={loans.busy !== undefined} onClick={() => void undo(loan)}>
                Ångra att den är åter
              </Button>
            )}
          </li>
        ))}
      </ol>
      <Problem text={problemOf(loans, item)} />
    </Dialog>
  );
}
