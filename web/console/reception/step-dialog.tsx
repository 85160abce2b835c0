import { useState } from "preact/hooks";
import { Choices } from "../../ui/choice.tsx";
import { Field } from "../../ui/field.tsx";
import { FormDialog } from "../../ui/form-dialog.tsx";
import { useFetched } from "../use-fetched.ts";
import { useReception } from "./reception-desk.ts";
import { TURN_AWAY } from "./reception-words.ts";
import { visitId } from "./today.ts";
import type { Steps } from "./use-steps.ts";

/** What must be known before a step is taken: why somebody is turned away, or who was rung instead of the host. */
export function StepDialog({ steps }: { steps: Steps }) {
  const { asked } = steps;
  if (asked === undefined) return null;
  return asked.step.asks === "reason" ? <ReasonDialog steps={steps} /> : <ColleagueDialog steps={steps} />;
}

function useProblem({ asked, problem }: Steps): string | undefined {
  return asked !== undefined && problem?.id === visitId(asked.visit) ? problem.text : undefined;
}

function ReasonDialog({ steps }: { steps: Steps }) {
  const [reason, setReason] = useState<string | undefined>();
  const [error, setError] = useState<string | undefined>();
  const problem = useProblem(steps);
  const { asked } = steps;
  if (asked === undefined) return null;
  const submit = (): void => {
    if (reason === undefined) setError("Välj varför.");
    else void steps.act(asked.visit, asked.step, { reason });
  };
  return (
    <FormDialog
      title={`Nummer ${asked.visit.number} avvisas`}
      submit="Avvisa"
      busy={steps.busy !== undefined}
      problem={problem}
      onSubmit={submit}
      onClose={steps.dropQuestion}
    >
      <Choices
        legend="Varför?"
        choices={TURN_AWAY.map(([value, label]) => ({ value, label }))}
        value={reason}
        error={error}
        onChoose={setReason}
      />
    </FormDialog>
  );
}

function ColleagueDialog({ steps }: { steps: Steps }) {
  const { people, personName } = useReception();
  const { data } = useFetched(people, "people");
  const [colleague, setColleague] = useState("");
  const problem = useProblem(steps);
  const { asked } = steps;
  if (asked === undefined) return null;
  const known = data?.people.filter(({ guestHost }) => !guestHost) ?? [];
  const unit = known.find(({ person }) => person === asked.visit.host)?.unit;
  const colleagues = known.filter(
    (one) => one.person !== asked.visit.host && (unit === undefined || one.unit === unit),
  );
  return (
    <FormDialog
      title={`Nummer ${asked.visit.number}: ring igen`}
      submit="Notera samtalet"
      busy={steps.busy !== undefined}
      problem={problem}
      onSubmit={() => void steps.act(asked.visit, asked.step, colleague === "" ? {} : { colleague })}
      onClose={steps.dropQuestion}
    >
      <Field label="Vem ringde du?" hint="Värden har inte kommit på fem minuter. Ring en kollega.">
        {(control) => (
          <select
            {...control}
            class="ds-input"
            value={colleague}
            onChange={(event) => setColleague(event.currentTarget.value)}
          >
            <option value="">{`Värden igen${nameAfter(personName(asked.visit.host))}`}</option>
            {colleagues.map(({ person, name }) => (
              <option key={person} value={person}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
    </FormDialog>
  );
}

const nameAfter = (name: string | undefined): string => (name === undefined ? "" : `, ${name}`);
