import { useState } from "preact/hooks";
import { Button } from "../../ui/button.tsx";
import { Choices } from "../../ui/choice.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Field } from "../../ui/field.tsx";
import { FormDialog } from "../../ui/form-dialog.tsx";
import { Loading } from "../../ui/loading.tsx";
import { clockInSweden } from "../../ui/swedish-time.ts";
import { alertsKey } from "../alerts-key.ts";
import { failureKind } from "../api/failure.ts";
import { failureText } from "../case/use-case-change.ts";
import { useDesk } from "../desk.ts";
import { FetchFailure, useFetchedAt } from "../fetch-failure.tsx";
import { staffingHref } from "../route.ts";
import { useFetched } from "../use-fetched.ts";
import { staffingPath } from "./api.ts";
import { useBookingDesk } from "./booking-desk.ts";
import { refusedText, solutionTexts } from "./booking-words.ts";
import { OfficeSelect } from "./office-select.tsx";
import type { RaisedGap, StaffingGap } from "./schemas.ts";
import { type Basics, WithBasics } from "./with-basics.tsx";

type Props = { office: string | undefined; focused: boolean };

/** When too few are on duty today, who could step in, and what was done about it. */
export function StaffingPage({ office, focused }: Props) {
  return (
    <WithBasics title="Bemanning i dag" focused={focused}>
      {(basics) => {
        const place = office ?? basics.ownOffice;
        return <Today key={place} basics={basics} office={place} />;
      }}
    </WithBasics>
  );
}

const clocksOf = ({ from, to }: { from: string; to: string }): string =>
  `${clockInSweden(new Date(from))}–${clockInSweden(new Date(to))}`;

function Today({ basics, office }: { basics: Basics; office: string }) {
  const { staffing } = useBookingDesk();
  const path = staffingPath(office);
  const { data, error, loading } = useFetched(staffing, path);
  const fetchedAt = useFetchedAt(data);
  const [solving, setSolving] = useState<StaffingGap | undefined>();
  if (error !== undefined && failureKind(error) === "not-found")
    return <p>Ditt konto får inte se bemanningen, eller så har kontoret inga öppettider.</p>;
  const raisedOf = ({ from, to }: StaffingGap): RaisedGap | undefined =>
    data?.raised.find((one) => one.from === from && one.to === to);
  const gone = data?.raised.filter(({ over, solved }) => over && solved !== null) ?? [];
  return (
    <>
      <div class="wish">
        <OfficeSelect
          offices={basics.offices}
          value={office}
          onChoose={(place) => location.assign(staffingHref(place))}
        />
      </div>
      <FetchFailure
        failed={error !== undefined}
        fetchedAt={fetchedAt}
        busy={loading}
        onRetry={() => void staffing.revalidate(path)}
      />
      {data === undefined && error === undefined && <Loading what="Hämtar bemanningen …" />}
      {data?.gaps.length === 0 && (
        <EmptyState title="Tillräckligt många är på plats resten av dagen" icon="check">
          <p>Blir någon borta syns det här och överst på alla sidor.</p>
        </EmptyState>
      )}
      <ul class="unsettled">
        {data?.gaps.map((gap) => (
          <li key={gap.from} class="ds-card" data-color="neutral">
            <Gap gap={gap} raised={raisedOf(gap)} basics={basics} onSolve={() => setSolving(gap)} />
          </li>
        ))}
      </ul>
      {gone.length > 0 && (
        <ul>
          {gone.map((one) => (
            <li key={one.from}>
              {clocksOf(one)}: {solvedText(one)}
            </li>
          ))}
        </ul>
      )}
      {solving !== undefined && (
        <SolveDialog gap={solving} office={office} onClose={() => setSolving(undefined)} />
      )}
    </>
  );
}

type GapProps = { gap: StaffingGap; raised: RaisedGap | undefined; basics: Basics; onSolve: () => void };

function Gap({ gap, raised, basics: { names }, onSolve }: GapProps) {
  const solved = raised !== undefined && raised.solved !== null;
  return (
    <>
      <h2 class="ds-heading" data-size="2xs">
        {clocksOf(gap)}: {gap.present} av minst {gap.minimum} på plats
      </h2>
      {gap.stepIn.length === 0 ? (
        <p class="hint">Ingen är ledig att rycka in.</p>
      ) : (
        <>
          <p class="hint">Kan rycka in, fria i sin kalender:</p>
          <ul>
            {gap.stepIn.map(({ person, why }) => (
              <li key={person}>
                {names.person(person)}
                {why === "stand-in" && ", ersättare för den som är borta"}
              </li>
            ))}
          </ul>
        </>
      )}
      {solved ? (
        <p>{solvedText(raised)}</p>
      ) : (
        <p>
          <Button variant="secondary" onClick={onSolve}>
            Åtgärdat …
          </Button>
        </p>
      )}
    </>
  );
}

/** "Åtgärdat 07:20 av Karin: vakt kallad. Norra delen." */
function solvedText({ solved }: RaisedGap): string {
  if (solved === null) return "";
  const { how, text, by, at } = solved;
  const what = (solutionTexts[how] ?? how).toLowerCase();
  return `Åtgärdat ${clockInSweden(new Date(at))} av ${by}: ${what}.${text === null ? "" : ` ${text}`}`;
}

type SolveProps = { gap: StaffingGap; office: string; onClose: () => void };

function SolveDialog({ gap, office, onClose }: SolveProps) {
  const { api, staffing } = useBookingDesk();
  const { alerts, say } = useDesk();
  const [how, setHow] = useState<string | undefined>();
  const [text, setText] = useState("");
  const [fault, setFault] = useState<string | undefined>();
  const [problem, setProblem] = useState<string | undefined>();
  const [busy, setBusy] = useState(false);
  const send = async (): Promise<void> => {
    setFault(how === undefined ? "Välj vad som är gjort." : undefined);
    if (how === undefined) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const { from, to, present } = gap;
      const outcome = await api.solveStaffing(office, { from, to, present, how, text });
      void staffing.revalidate(staffingPath(office));
      void alerts.revalidate(alertsKey());
      if ("answer" in outcome) {
        say({ text: "Noterat. Larmet är borta, och kommer tillbaka om det blir färre." });
        onClose();
        return;
      }
      setProblem(
        outcome.refused === "changed"
          ? "Bemanningen har ändrats. Stäng och se efter."
          : refusedText(outcome.refused),
      );
    } catch (failure) {
      setProblem(failureText(failure, false));
    }
    setBusy(false);
  };
  return (
    <FormDialog
      title={`Åtgärdat, ${clocksOf(gap)}`}
      submit="Spara"
      busy={busy}
      problem={problem}
      onSubmit={() => void send()}
      onClose={onClose}
    >
      <Choices
        legend="Vad är gjort?"
        choices={Object.entries(solutionTexts).map(([value, label]) => ({ value, label }))}
        value={how}
        error={fault}
        onChoose={(chosen) => {
          setHow(chosen);
          setFault(undefined);
        }}
      />
      <Field label="Mer (frivilligt)" hint="Till exempel vem som kom, eller vilken del som är stängd.">
        {(control) => (
          <input
            {...control}
            class="ds-input"
            maxLength={200}
            autocomplete="off"
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        )}
      </Field>
    </FormDialog>
  );
}
