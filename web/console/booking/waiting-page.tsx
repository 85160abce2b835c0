import { useState } from "preact/hooks";
import { Alert } from "../../ui/alert.tsx";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Loading } from "../../ui/loading.tsx";
import { dateInSweden, shortDate } from "../../ui/swedish-time.ts";
import { failureText } from "../case/use-case-change.ts";
import { useDesk } from "../desk.ts";
import { FetchFailure, useFetchedAt } from "../fetch-failure.tsx";
import { languageName } from "../mail-words.ts";
import { useFetched } from "../use-fetched.ts";
import { useBookingDesk } from "./booking-desk.ts";
import { type Names, refusedText, waitsForText } from "./booking-words.ts";
import type { Waiting } from "./schemas.ts";
import { type Basics, WithBasics } from "./with-basics.tsx";

/** Who waits for a time, line by line: of a service at an office, whoever came first first. */
export function WaitingPage({ focused }: { focused: boolean }) {
  return (
    <WithBasics title="Väntelista" focused={focused}>
      {(basics) => <Lines basics={basics} />}
    </WithBasics>
  );
}

const KEY = "waiting";

function Lines({ basics }: { basics: Basics }) {
  const { waiting } = useBookingDesk();
  const { data, error, loading } = useFetched(waiting, KEY);
  const fetchedAt = useFetchedAt(data);
  const { removed, problem, remove } = useRemoving();
  const all = data?.waiting.filter(({ waitingId }) => !removed.includes(waitingId)) ?? [];
  const lines = Map.groupBy(all, ({ service, office }) => `${service ?? ""} ${office}`);
  return (
    <>
      <p class="hint">
        När en tid blir ledig får den som står först ett mejl. Efter två timmar får även nästa veta det. Ingen
        får fler än tre mejl.
      </p>
      <FetchFailure
        failed={error !== undefined}
        fetchedAt={fetchedAt}
        busy={loading}
        onRetry={() => void waiting.revalidate(KEY)}
      />
      {data === undefined && error === undefined && <Loading what="Hämtar väntelistan …" />}
      <div role="alert">{problem !== undefined && <Alert tone="warning">{problem}</Alert>}</div>
      {data !== undefined && all.length === 0 && (
        <EmptyState title="Ingen väntar på en tid" icon="check">
          <p>Den som inte hittar en tid kan ställa sig i kö på nätet, eller ställas i kö när du bokar.</p>
        </EmptyState>
      )}
      {[...lines].map(([name, line]) => (
        <section key={name} class="line">
          <h2 class="ds-heading" data-size="2xs">
            {titleOf(line, basics.names)}
          </h2>
          <ol class="absences">
            {line.map((one, before) => (
              <li key={one.waitingId}>
                <InLine one={one} place={before + 1} today={basics.today} onRemove={() => void remove(one)} />
              </li>
            ))}
          </ol>
        </section>
      ))}
    </>
  );
}

function titleOf([first]: readonly Waiting[], names: Names): string {
  if (first === undefined) return "";
  const what = first.service === null ? "Tjänst dold" : names.service(first.service);
  return `${what}, ${names.office(first.office)}`;
}

type InLineProps = { one: Waiting; place: number; today: string; onRemove: () => void };

function InLine({ one, place, today, onRemove }: InLineProps) {
  const { contact, told, createdAt, language, interpreter, seats, earlier, hidden } = one;
  const date = (instant: string) => shortDate(dateInSweden(new Date(instant)), today);
  const last = told.at(-1);
  const facts = [
    waitsForText(one, today),
    ...(language === null ? [] : [languageName(language)]),
    ...(interpreter === null ? [] : [`tolk: ${languageName(interpreter)}`]),
    ...(seats > 1 ? [`${seats} personer`] : []),
    ...(earlier ? ["har en tid, vill ha en tidigare"] : []),
    `i kö sedan ${date(createdAt)}`,
    last === undefined ? "inget mejl än" : `${told.length} mejl, senast ${date(last.at)}`,
  ];
  const who = contact?.name ?? contact?.email;
  return (
    <>
      <span>
        {place}. <strong>{hidden ? "Namn dolt" : (who ?? "Inget namn")}</strong>
        {contact !== null && contact.name !== null && `, ${contact.email}`}
        {contact?.phone != null && `, ${contact.phone}`}
        <br />
        <span class="hint">{facts.join(" · ")}</span>
      </span>
      {!hidden && (
        <Button variant="secondary" onClick={onRemove}>
          Ta bort <span class="ds-sr-only">{who} ur kön</span>
        </Button>
      )}
    </>
  );
}

/** Takes people out of line, and back to their place. */
function useRemoving() {
  const { api, waiting } = useBookingDesk();
  const { say } = useDesk();
  const [removed, setRemoved] = useState<readonly string[]>([]);
  const [problem, setProblem] = useState<string | undefined>();
  const change = async (one: Waiting, what: "remove" | "restore"): Promise<Waiting | undefined> => {
    setProblem(undefined);
    try {
      const outcome = await api.changeWaiting(one.waitingId, what, one.version);
      void waiting.revalidate(KEY);
      if ("answer" in outcome) return outcome.answer;
      setProblem(refusedText(outcome.refused));
    } catch (failure) {
      setProblem(failureText(failure, false));
    }
    return undefined;
  };
  const remove = async (one: Waiting): Promise<void> => {
    const gone = await change(one, "remove");
    if (gone === undefined) return;
    // The list is a moment behind.
    setRemoved((before) => [...before, one.waitingId]);
    say({
      text: `${one.contact?.name ?? one.contact?.email ?? "Den som väntade"} är borttagen ur kön.`,
      undo: {
        text: "Ångra",
        run: () => {
          setRemoved((before) => before.filter((waitingId) => waitingId !== one.waitingId));
          void change(gone, "restore");
        },
      },
    });
  };
  return { removed, problem, remove };
}
