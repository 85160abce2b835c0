import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import { Alert } from "../../ui/alert.tsx";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Loading } from "../../ui/loading.tsx";
import { PageHeading } from "../../ui/page-heading.tsx";
import { clockInSweden } from "../../ui/swedish-time.ts";
import { nextIndex } from "../keys.ts";
import { useNow } from "../use-fetched.ts";
import { useKeys } from "../use-keys.ts";
import { focusedRowId, focusRow, focusWhenDrawn } from "./row-focus.ts";
import { useReturn, useWorklist } from "./use-worklist.ts";
import { type DrawnRow, drawnRows, type Row, type Worklist, waitingRows, waitingText } from "./worklist.ts";
import type { WorklistState, WorklistStore } from "./worklist-store.ts";

/** What is said of a list. */
export type ListWords = {
  title: string;
  /** What this list is for, under its heading. */
  about: string;
  one: string;
  many: string;
  empty: { title: string; text: string };
};

type Props<R extends Row> = {
  store: WorklistStore<R>;
  words: ListWords;
  /** The row that one comes back from: it, or the one that took its place, takes the focus. */
  returnedFrom: string | undefined;
  focused: boolean;
  /** What stands over the list. */
  above?: ComponentChildren;
  children: (rows: readonly DrawnRow<R>[], added: ReadonlySet<string>, now: Date) => ComponentChildren;
};

/** A list of work, soonest date first. It stands still under the hand: what has come waits to be asked for. */
export function WorklistPage<R extends Row>({
  store,
  words,
  returnedFrom,
  focused,
  above,
  children,
}: Props<R>) {
  const state = useWorklist(store);
  const now = useNow();
  const view = useRef<HTMLDivElement>(null);
  const { list } = state;
  const place = returnedFrom === undefined ? undefined : store.placeAfter(returnedFrom);
  const returning = useReturn(list, place);

  const move = (command: "next" | "previous"): void => {
    const ids = list?.shown.rows.map(({ id }) => id) ?? [];
    const id = ids[nextIndex(command, ids.indexOf(focusedRowId() ?? ""), ids.length)];
    if (id !== undefined) focusRow(id);
  };
  useKeys({ next: () => move("next"), previous: () => move("previous") });

  const more = async (): Promise<void> => {
    const before = new Set(list?.shown.rows.map(({ id }) => id));
    await store.more();
    const first = store.read().list?.shown.rows.find(({ id }) => !before.has(id));
    if (first !== undefined) focusWhenDrawn(first.id);
  };

  /** The button that was pressed goes away: the focus goes on to the heading. */
  const retry = async (): Promise<void> => {
    await store.refresh();
    if (store.read().failure === undefined) view.current?.querySelector("h1")?.focus();
  };

  return (
    <div ref={view}>
      <PageHeading focused={focused && !returning}>{words.title}</PageHeading>
      <p class="hint">{words.about}</p>
      {state.failure === "not-found" ? (
        <EmptyState title="Listan är inte din">
          <p>Ditt konto får inte se den här listan. Fråga din chef om du borde få det.</p>
        </EmptyState>
      ) : (
        <>
          {above}
          <div role="status">{list !== undefined && <p class="hint">{countText(list, words)}</p>}</div>
          <div class={list === undefined ? undefined : "list-notices"}>
            <WaitingRows store={store} list={list} />
            <div role="alert">
              {state.failure === "unavailable" && <Failure list={list} busy={state.busy} onRetry={retry} />}
            </div>
          </div>
          {list === undefined && state.failure === undefined && <Loading what="Hämtar listan …" />}
          {list !== undefined && (
            <Rows list={list} words={words} busy={state.busy} onMore={more}>
              {children(drawnRows(list), list.added, now)}
            </Rows>
          )}
        </>
      )}
    </div>
  );
}

function countText({ shown }: Worklist<Row>, { one, many }: ListWords): string {
  const count = shown.rows.length;
  if (count === 0) return "";
  if (shown.cursor !== null) return `Visar de ${count} med närmaste datum`;
  return count === 1 ? `1 ${one}` : `${count} ${many}, närmaste datum överst`;
}

type WaitingProps<R extends Row> = { store: WorklistStore<R>; list: Worklist<R> | undefined };

/** New rows wait here, over the list's lower edge, so that no row moves. The place is always there, for screen readers. */
function WaitingRows<R extends Row>({ store, list }: WaitingProps<R>) {
  const waiting = list === undefined ? [] : waitingRows(list);
  const show = (): void => {
    const first = waiting[0]?.id;
    store.showLatest();
    if (first !== undefined) focusWhenDrawn(first);
  };
  return (
    <div role="status">
      {waiting.length > 0 && <Button onClick={show}>{waitingText(waiting.length)}</Button>}
    </div>
  );
}

type FailureProps = {
  list: Worklist<Row> | undefined;
  busy: WorklistState<Row>["busy"];
  onRetry: () => Promise<void>;
};

function Failure({ list, busy, onRetry }: FailureProps) {
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

type RowsProps = {
  list: Worklist<Row>;
  words: ListWords;
  busy: WorklistState<Row>["busy"];
  onMore: () => Promise<void>;
  children: ComponentChildren;
};

function Rows({ list, words, busy, onMore, children }: RowsProps) {
  if (list.shown.rows.length === 0) {
    return (
      <EmptyState title={words.empty.title} icon="check">
        <p>{words.empty.text}</p>
      </EmptyState>
    );
  }
  return (
    <>
      {children}
      {list.shown.cursor !== null && (
        <Button variant="secondary" busy={busy === "more"} onClick={() => void onMore()}>
          {busy === "more" ? "Hämtar fler …" : "Visa fler"}
        </Button>
      )}
    </>
  );
}
