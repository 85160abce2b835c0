import { useState } from "preact/hooks";
import { DateField } from "../../ui/date-field.tsx";
import { FormDialog } from "../../ui/form-dialog.tsx";
import { addWeekdays, dateInSweden, shortDate } from "../../ui/swedish-time.ts";
import type { PanelProps } from "./panel-props.ts";
import { empty, usePanel } from "./use-panel.ts";

/** Lets the case rest until a date. */
export function WatchPanel(props: PanelProps) {
  const today = dateInSweden(new Date());
  const [date, setDate] = useState(addWeekdays(today, 5));
  const { problem, faults, send } = usePanel(props);
  const submit = (): void => {
    const passed = date < today ? "Välj i dag eller en senare dag." : undefined;
    const found = { date: empty(date, "Välj en dag.") ?? passed };
    const done = `Ärendet vilar till ${shortDate(date, today)}.`;
    void send(found, { action: "watch", done }, { nextDate: date });
  };
  return (
    <FormDialog
      title="Bevaka"
      submit="Bevaka till den dagen"
      busy={props.busy}
      problem={problem}
      onSubmit={submit}
      onClose={props.onClose}
    >
      <DateField
        label="Ta upp ärendet igen"
        error={faults["date"]}
        min={today}
        value={date}
        onInput={setDate}
      />
    </FormDialog>
  );
}
