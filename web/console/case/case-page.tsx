import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Loading } from "../../ui/loading.tsx";
import { PageHeading } from "../../ui/page-heading.tsx";
import { dateInSweden } from "../../ui/swedish-time.ts";
import type { CaseFile } from "../api/case-schemas.ts";
import { failureKind } from "../api/failure.ts";
import { BackLink, type BackTo, goBack } from "../back-link.tsx";
import { newsText } from "../conflict.ts";
import { useDesk } from "../desk.ts";
import { FetchFailure, useFetchedAt } from "../fetch-failure.tsx";
import { NotFoundPage } from "../not-found-page.tsx";
import { useFetched, useNow } from "../use-fetched.ts";
import { useKeys } from "../use-keys.ts";
import { subjectText } from "../words.ts";
import { CaseAlerts } from "./case-alerts.tsx";
import { CaseFacts } from "./case-facts.tsx";
import { CaseWork } from "./case-work.tsx";
import { nextStep } from "./next-step.ts";

type Props = { caseId: string; back: BackTo; focused: boolean };

/** How often an open case is asked for again. A secret one is not: every reading of it is logged. */
const POLL_MS = 30_000;

/** One case: what it is, what to do next, the conversation, and what has happened. */
export function CasePage({ caseId, back, focused }: Props) {
  const { files, findRow, directory, drafts, me } = useDesk();
  const { data, error, loading } = useFetched(files, caseId);
  const now = useNow();
  const view = useRef<HTMLDivElement>(null);
  const fetchedAt = useFetchedAt(data);
  const [toldVersion, setToldVersion] = useState<number | undefined>();
  useKeys({ back: () => goBack(back) });
  usePoll(data, () => void files.revalidate(caseId));
  useLayoutEffect(() => {
    if (data === undefined) return;
    setToldVersion((told) => told ?? data.case.version);
    for (const { box, text, savedAt } of data.drafts) drafts.adopt(caseId, box, text, savedAt);
  }, [data, drafts, caseId]);

  if (error !== undefined && failureKind(error) === "not-found") {
    return (
      <NotFoundPage focused={focused} title="Ärendet finns inte">
        Ärendet finns inte eller du har inte behörighet.
      </NotFoundPage>
    );
  }
  const retry = async (): Promise<void> => {
    await files.revalidate(caseId);
    if (files.read(caseId).error === undefined) view.current?.querySelector("h1")?.focus();
  };
  const known = data?.case ?? findRow(caseId);
  const version = toldVersion ?? data?.case.version ?? 0;
  const news = data === undefined ? "" : newsText(data, { version, me: me.name, directory, now });
  return (
    <div ref={view}>
      <BackLink to={back} />
      <header class="case-strip">
        <p class="case-number">{known?.caseNumber ?? "Ärende"}</p>
        <PageHeading focused={focused}>
          {known === undefined ? "Ärende" : subjectText(known.subject)}
        </PageHeading>
        {data !== undefined && (
          <p class="next-step">
            <span class="subtle">Nästa steg:</span> {nextStep(data, directory, dateInSweden(now))}
          </p>
        )}
        {known !== undefined && <CaseFacts row={known} file={data} directory={directory} now={now} />}
      </header>
      {data !== undefined && <CaseAlerts file={data} directory={directory} />}
      <FetchFailure
        failed={error !== undefined}
        fetchedAt={fetchedAt}
        busy={loading}
        onRetry={() => void retry()}
      />
      {data === undefined && error === undefined && <Loading what="Hämtar ärendet …" />}
      {data !== undefined && (
        <CaseWork file={data} news={news} now={now} toldVersion={version} onTold={setToldVersion} />
      )}
    </div>
  );
}

function usePoll(file: CaseFile | undefined, poll: () => void): void {
  const latest = useRef(poll);
  latest.current = poll;
  const polled = file !== undefined && file.case.access !== "secret";
  useEffect(() => {
    if (!polled) return undefined;
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") latest.current();
    }, POLL_MS);
    return () => clearInterval(timer);
  }, [polled]);
}
