import { useRef } from "preact/hooks";
import { Alert } from "../../ui/alert.tsx";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Loading } from "../../ui/loading.tsx";
import { PageHeading } from "../../ui/page-heading.tsx";
import { type CaseFile, type CaseRow, failureKind, type MessageText, messagePath } from "../api.ts";
import type { FetchCache } from "../fetch-cache.ts";
import { NotFoundPage } from "../not-found-page.tsx";
import { WORKLIST_HREF } from "../route.ts";
import { useFetched, useNow } from "../use-fetched.ts";
import { useKeys } from "../use-keys.ts";
import { subjectText } from "../words.ts";
import { CaseFacts } from "./case-facts.tsx";
import { History } from "./history.tsx";
import { MessageView } from "./message-view.tsx";
import { OutgoingMails } from "./outgoing-mails.tsx";

type Props = {
  caseId: string;
  files: FetchCache<CaseFile>;
  texts: FetchCache<MessageText>;
  /** The row of the worklist that was opened: shown until the case itself has come. */
  row: CaseRow | undefined;
  serviceCentre: string;
  focused: boolean;
};

/** One case: what it is, the conversation, and what has happened. */
export function CasePage({ caseId, files, texts, row, serviceCentre, focused }: Props) {
  const { data, error, loading } = useFetched(files, caseId);
  const now = useNow();
  const view = useRef<HTMLDivElement>(null);
  const back = (): void => location.assign(WORKLIST_HREF);
  useKeys({ back });

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
  const known = data?.case ?? row;
  return (
    <div ref={view}>
      <BackLink />
      <header class="case-strip">
        <p class="case-number">{known?.caseNumber ?? "Ärende"}</p>
        <PageHeading focused={focused}>
          {known === undefined ? "Ärende" : subjectText(known.subject)}
        </PageHeading>
        {known !== undefined && (
          <CaseFacts row={known} owner={data?.case.owner} serviceCentre={serviceCentre} now={now} />
        )}
      </header>
      <div role="alert">
        {error !== undefined && (
          <Alert tone="warning">
            <p>
              {data === undefined ? "Kunde inte hämta ärendet." : "Kunde inte hämta det senaste i ärendet."}
            </p>
            <Button variant="secondary" busy={loading} onClick={() => void retry()}>
              Försök igen
            </Button>
          </Alert>
        )}
      </div>
      {data === undefined && error === undefined && <Loading what="Hämtar ärendet …" />}
      {data !== undefined && (
        <div class="case-columns">
          <section aria-labelledby="conversation">
            <h2 id="conversation" class="ds-heading" data-size="xs">
              Konversation
            </h2>
            <OutgoingMails mails={data.outgoing} />
            {data.messages.toSorted(byArrival).map((message) => (
              <MessageView
                key={message.messageId}
                message={message}
                caseSubject={data.case.subject}
                texts={texts}
                path={messagePath(caseId, message.messageId)}
              />
            ))}
          </section>
          <History entries={data.history} />
        </div>
      )}
    </div>
  );
}

function byArrival(one: { arrivedAt: string }, other: { arrivedAt: string }): number {
  return Date.parse(one.arrivedAt) - Date.parse(other.arrivedAt);
}

function BackLink() {
  return (
    <p class="back">
      <a class="ds-link" href={WORKLIST_HREF}>
        <Icon name="back" />
        <span>Till kön Oklassat</span>
      </a>
    </p>
  );
}
