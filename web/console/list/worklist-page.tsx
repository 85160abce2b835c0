import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Alert } from "../../ui/alert.tsx";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Loading } from "../../ui/loading.tsx";
import { PageHeading } from "../../ui/page-heading.tsx";
import { clockInSweden } from "../../ui/swedish-time.ts";
import { nextIndex } from "../keys.ts";
import { useNow } from "../use-fetched.ts";
import { useKeys } from "../use-keys.ts";
import { CaseTable, focusCase, focusedCaseId } from "./case-table.tsx";
import { drawnRows, type Worklist, waitingRows, waitingText } from "./worklist.ts";
import type { WorklistState, WorklistStore } from "./worklist-store.ts";

const POLL_MS = 20_000;

type Props = {
  store: WorklistStore;
  /** The case that the agent comes back from: its row takes the focus. */
  returnedFrom: string | undefined;
  focused: boolean;
};

/** Intake: what has come in and nobody has sorted yet, soonest promise first. */
export function WorklistPage({ store, returnedFrom, focused }: Props) {
  const state = useWorklist(store);
  const now = useNow();
  const view = useRef<HTMLDivElement>(null);
  const { list } = state;
  const returning = useReturn(list, returnedFrom);

  const move = (command: "next" | "previous"): void => {
    const ids = list?.shown.cases.map(({ caseId }) => caseId) ?? [];
    const caseId = ids[nextIndex(command, ids.indexOf(focusedCaseId() ?? ""), ids.length)];
    if (caseId !== undefined) focusCase(caseId);
  };
  useKeys({ next: () => move("next"), previous: () => move("previous") });

  const more = async (): Promise<void> => {
    const before = new Set(list?.shown.cases.map(({ caseId }) => caseId));
    await store.more();
    const first = store.read().list?.shown.cases.find(({ caseId }) => !before.has(caseId));
    if (first !== undefined) focusWhenDrawn(first.caseId);
  };

  /** The button that was pressed goes away: the focus goes on to the heading. */
  const retry = async (): Promise<void> => {
    await store.refresh();
    if (store.read().failure === undefined) view.current?.querySelector("h1")?.focus();
  };

  return (
    <div ref={view}>
      <PageHeading focused={focused && !returning}>Oklassat – att ta hand om</PageHeading>
      {state.failure === "not-found" ? (
        <EmptyState title="Du har ingen intagskö">
          <p>Ditt konto får inte ta hand om oklassade ärenden. Fråga din chef om du borde få det.</p>
        </EmptyState>
      ) : (
        <>
          <div role="status">{list !== undefined && <p class="hint">{countText(list)}</p>}</div>
          <div class={list === undefined ? undefined : "list-notices"}>
            <WaitingRows store={store} list={list} />
            <div role="alert">
              {state.failure === "unavailable" && <Failure list={list} busy={state.busy} onRetry={retry} />}
            </div>
          </div>
          {list === undefined && state.failure === undefined && <Loading what="Hämtar ärenden …" />}
          {list !== undefined && <Rows list={list} now={now} busy={state.busy} onMore={more} />}
        </>
      )}
    </div>
  );
}

/**
 * Gives the focus back to the row that the agent comes from, as soon as it is drawn and if the agent has not gone on to
 * something else. True when the row is there from the start.
 */
function useReturn(list: Worklist | undefined, returnedFrom: string | undefined): boolean {
  const drawn = list?.shown.cases.some(({ caseId }) => caseId === returnedFrom) ?? false;
  const [drawnAtStart] = useState(drawn);
  const pending = useRef(returnedFrom);
  useLayoutEffect(() => {
    if (list === undefined) return;
    const idle = document.activeElement === document.body || document.activeElement?.tagName === "H1";
    if (drawn && idle && pending.current !== undefined) focusCase(pending.current);
    pending.current = undefined;
  }, [list, drawn]);
  return drawnAtStart;
}

/** Preact draws before the next frame. */
function focusWhenDrawn(caseId: string): void {
  requestAnimationFrame(() => setTimeout(() => focusCase(caseId)));
}

function useWorklist(store: WorklistStore): WorklistState {
  const [, redraw] = useState({});
  useEffect(() => {
    const unwatch = store.watch(() => redraw({}));
    const poll = (): void => {
      if (document.visibilityState === "visible") void store.refresh();
    };
    void store.refresh();
    const timer = setInterval(poll, POLL_MS);
    document.addEventListener("visibilitychange", poll);
    return () => {
      unwatch();
      clearInterval(timer);
      document.removeEventListener("visibilitychange", poll);
    };
  }, [store]);
  return store.read();
}

function countText({ shown }: Worklist): string {
  const count = shown.cases.length;
  if (count === 0) return "";
  if (shown.cursor !== null) return `Visar de ${count} som ska ha svar först`;
  return count === 1 ? "1 ärende" : `${count} ärenden, de som ska ha svar först står överst`;
}

/** New rows wait here, over the list's lower edge, so that no row moves. The place is always there, for screen readers. */
function WaitingRows({ store, list }: { store: WorklistStore; list: Worklist | undefined }) {
  const waiting = list === undefined ? [] : waitingRows(list);
  const show = (): void => {
    const first = waiting[0]?.caseId;
    store.showLatest();
    if (first !== undefined) focusWhenDrawn(first);
  };
  return (
    <div role="status">
      {waiting.length > 0 && <Button onClick={show}>{waitingText(waiting.length)}</Button>}
    </div>
  );
}

function Failure({
  list,
  busy,
  onRetry,
}: {
  list: Worklist | undefined;
  busy: WorklistState["busy"];
  onRetry: () => Promise<void>;
}) {
  const stale =
    list === undefined ? "." : ` – visar läget från ${clockInSweden(new Date(list.fetchedAtMs))}.`;
  return (
    <Alert tone="warning">
      <p>Kunde inte hämta{stale}</p>
      <Button variant="secondary" busy={busy !== undefined} onClick={() => void onRetry()}>
        Försök igen
      </Button>
    </Alert>
  );
}

type RowsProps = { list: Worklist; now: Date; busy: WorklistState["busy"]; onMore: () => Promise<void> };

function Rows({ list, now, busy, onMore }: RowsProps) {
  if (list.shown.cases.length === 0) {
    return (
      <EmptyState title="Kön är tom" icon="check">
        <p>Inget väntar på att tas om hand. Nya ärenden visas här av sig själva.</p>
      </EmptyState>
    );
  }
  return (
    <>
      <CaseTable rows={drawnRows(list)} added={list.added} now={now} />
      {list.shown.cursor !== null && (
        <Button variant="secondary" busy={busy === "more"} onClick={() => void onMore()}>
          {busy === "more" ? "Hämtar fler …" : "Visa fler"}
        </Button>
      )}
    </>
  );
}
