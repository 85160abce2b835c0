import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { PageHeading } from "../../ui/page-heading.tsx";
import { Problem } from "../../ui/problem.tsx";
import { clockInSweden } from "../../ui/swedish-time.ts";
import { useDesk } from "../desk.ts";
import { useReception } from "./reception-desk.ts";
import { failureText, refusalText } from "./reception-words.ts";
import type { Incident } from "./schemas.ts";

type Props = {
  /** What was raised and not described yet. */
  incident: Incident | undefined;
  onIncident: (incident: Incident | undefined) => void;
  onBack: () => void;
};

/** For a threatening visitor. It looks like a list of telephone numbers: who stands before the desk reads nothing else there. */
export function ThreatScreen({ incident, onIncident, onBack }: Props) {
  const { directory, say } = useDesk();
  const { api, office } = useReception();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | undefined>();
  const [writing, setWriting] = useState(false);
  const [text, setText] = useState("");

  const attempt = async (run: () => Promise<void>): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setProblem(undefined);
    try {
      await run();
    } catch (error) {
      setProblem(failureText(error));
    }
    setBusy(false);
  };
  const raise = () =>
    attempt(async () => {
      const outcome = await api.raise(office.id);
      if ("answer" in outcome) onIncident(outcome.answer);
      else setProblem(refusalText(outcome.refused));
    });
  const describe = (raised: Incident) =>
    attempt(async () => {
      const outcome = await api.describe(office.id, raised, text);
      if (!("answer" in outcome)) return setProblem(refusalText(outcome.refused));
      onIncident(undefined);
      say({ text: "Sparat. Din chef kan läsa det." });
      onBack();
    });
  return (
    <div class="phone-list">
      <PageHeading focused={incident !== undefined}>Telefonlista</PageHeading>
      <dl>
        <dt>Nödnummer</dt>
        <dd>112</dd>
        {directory.urgent !== undefined && (
          <>
            <dt>{directory.urgent.name}</dt>
            <dd>{directory.urgent.phone}</dd>
          </>
        )}
      </dl>
      {incident === undefined ? (
        <FirstButton busy={busy} onClick={() => void raise()}>
          Kalla på kollega
        </FirstButton>
      ) : (
        <p role="status">Klart {clockInSweden(new Date(incident.at))}.</p>
      )}
      <Problem text={problem} />
      {incident !== undefined && writing && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (text.trim() !== "") void describe(incident);
          }}
        >
          <Field label="Anteckning" hint="Några ord räcker. Skriv inte vem det gällde.">
            {(control) => (
              <textarea
                {...control}
                class="ds-input"
                rows={3}
                maxLength={2000}
                value={text}
                onInput={(event) => setText(event.currentTarget.value)}
              />
            )}
          </Field>
          <Button submit busy={busy}>
            Spara
          </Button>
        </form>
      )}
      <div class="buttons">
        {incident !== undefined && !writing && (
          <Button variant="secondary" onClick={() => setWriting(true)}>
            Anteckna efteråt
          </Button>
        )}
        <Button variant="secondary" onClick={onBack}>
          Tillbaka
        </Button>
      </div>
    </div>
  );
}

type FirstProps = { busy: boolean; onClick: () => void; children: string };

/** Has the focus from the start: Enter is enough. */
function FirstButton({ busy, onClick, children }: FirstProps) {
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => button.current?.focus(), []);
  return (
    <button
      ref={button}
      type="button"
      class="ds-button"
      data-variant="primary"
      aria-busy={busy}
      onClick={onClick}
    >
      {children}
    </button>
  );
}
