import { useEffect, useRef, useState } from "preact/hooks";
import { Loading } from "../../ui/loading.tsx";
import { PageHeading } from "../../ui/page-heading.tsx";
import { failureKind } from "../api/failure.ts";
import { taskPath } from "../api/paths.ts";
import { BackLink, type BackTo, goBack } from "../back-link.tsx";
import { useDesk } from "../desk.ts";
import { FetchFailure, useFetchedAt } from "../fetch-failure.tsx";
import { NotFoundPage } from "../not-found-page.tsx";
import { useFetched, useNow } from "../use-fetched.ts";
import { useKeys } from "../use-keys.ts";
import { subjectText } from "../words.ts";
import { TaskFacts } from "./task-facts.tsx";
import { TaskMessages, TaskOutcome } from "./task-parts.tsx";
import { taskStep } from "./task-step.ts";
import { TaskWork } from "./task-work.tsx";

type Props = { caseId: string; taskId: string; back: BackTo; focused: boolean };

/** What a unit is asked: the question, the citizen's conversation, and the ways to answer. */
export function TaskPage({ caseId, taskId, back, focused }: Props) {
  const { tasks, directory, drafts } = useDesk();
  const path = taskPath(caseId, taskId);
  const { data, error, loading } = useFetched(tasks, path);
  const fetchedAt = useFetchedAt(data);
  const now = useNow();
  const view = useRef<HTMLDivElement>(null);
  const [adopted, setAdopted] = useState(false);
  useKeys({ back: () => goBack(back) });
  useEffect(() => {
    if (data === undefined || adopted) return;
    if (data.draft !== null) drafts.adopt(caseId, taskId, data.draft, undefined);
    setAdopted(true);
  }, [data, adopted, drafts, caseId, taskId]);

  if (error !== undefined && failureKind(error) === "not-found") {
    return (
      <NotFoundPage focused={focused} title="Uppdraget finns inte">
        Uppdraget finns inte eller du har inte behörighet.
      </NotFoundPage>
    );
  }
  const retry = async (): Promise<void> => {
    await tasks.revalidate(path);
    if (tasks.read(path).error === undefined) view.current?.querySelector("h1")?.focus();
  };
  return (
    <div ref={view}>
      <BackLink to={back} />
      <header class="case-strip">
        <p class="case-number">{data === undefined ? "Uppdrag" : `Uppdrag i ${data.caseNumber}`}</p>
        <PageHeading focused={focused}>
          {data === undefined ? "Uppdrag" : subjectText(data.subject)}
        </PageHeading>
        {data !== undefined && (
          <>
            <p class="next-step">
              <span class="subtle">Nästa steg:</span> {taskStep(data, directory)}
            </p>
            <TaskFacts task={data} now={now} />
          </>
        )}
      </header>
      <FetchFailure
        failed={error !== undefined}
        fetchedAt={fetchedAt}
        busy={loading}
        onRetry={() => void retry()}
      />
      {data === undefined && error === undefined && <Loading what="Hämtar uppdraget …" />}
      {data !== undefined && (
        <TaskWork task={data}>
          <section class="ds-card message request" data-color="neutral" aria-labelledby="request">
            <h2 id="request" class="ds-heading" data-size="xs">
              Det här ber servicecentret er om
            </h2>
            <div class="message-text">{data.request.trimEnd()}</div>
          </section>
          <TaskOutcome task={data} now={now} />
          <TaskMessages task={data} />
        </TaskWork>
      )}
    </div>
  );
}
