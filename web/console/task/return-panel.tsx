import { useState } from "preact/hooks";
import { Check } from "../../ui/choice.tsx";
import { Field } from "../../ui/field.tsx";
import { FormDialog } from "../../ui/form-dialog.tsx";
import type { Task } from "../api/task-schemas.ts";
import { useDesk } from "../desk.ts";
import { OUTSIDE } from "../directory.ts";
import { UnitSelect } from "../unit-select.tsx";
import type { DoReply } from "./use-task-reply.ts";

type Props = { task: Task; busy: boolean; onReply: DoReply; onClose: () => void };

/** Not this unit's: the right address comes with it, and it can go straight there. */
export function ReturnPanel({ task, busy, onReply, onClose }: Props) {
  const { directory } = useDesk();
  const [rightAddress, setRightAddress] = useState("");
  const [text, setText] = useState("");
  const [sendOn, setSendOn] = useState(false);
  const [problem, setProblem] = useState<string | undefined>();
  const [fault, setFault] = useState<string | undefined>();
  const others = directory.units.filter(({ id }) => id !== task.unit);
  const onward = task.may.includes("send-on") && rightAddress !== "" && rightAddress !== OUTSIDE;
  const right = directory.unitName(rightAddress);
  const submit = async (): Promise<void> => {
    setProblem(undefined);
    setFault(rightAddress === "" ? "Välj vart det hör." : undefined);
    if (rightAddress === "") return;
    const on = onward && sendOn;
    const done = on
      ? `Uppdraget är skickat vidare till ${right}.`
      : "Uppdraget är skickat tillbaka till servicecentret.";
    const no = await onReply({ reply: "return", rightAddress, sendOn: on, text: text.trim() }, done);
    if (no === undefined) onClose();
    else setProblem(no);
  };
  return (
    <FormDialog
      title="Skicka tillbaka med rätt adress"
      submit={onward && sendOn ? "Skicka vidare" : "Skicka tillbaka"}
      busy={busy}
      problem={problem}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <Field label="Vart hör det?" error={fault}>
        {(control) => (
          <UnitSelect
            control={control}
            units={others}
            value={rightAddress}
            outside
            onChoose={setRightAddress}
          />
        )}
      </Field>
      {onward && (
        <Check
          label={`Skicka vidare direkt till ${right}`}
          hint="Invånaren slipper vänta på servicecentret, som får en kopia."
          checked={sendOn}
          onChange={setSendOn}
        />
      )}
      <Field label="Till servicecentret (frivilligt)">
        {(control) => (
          <textarea
            {...control}
            class="ds-input"
            rows={3}
            maxLength={20_000}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        )}
      </Field>
    </FormDialog>
  );
}
