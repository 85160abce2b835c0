import { useState } from "preact/hooks";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { Loading } from "../../../ui/loading.tsx";
import { PageHeading } from "../../../ui/page-heading.tsx";
import { failureKind } from "../../api/failure.ts";
import { useDesk } from "../../desk.ts";
import { FetchFailure, useFetchedAt } from "../../fetch-failure.tsx";
import { NotFoundPage } from "../../not-found-page.tsx";
import { useNow } from "../../use-fetched.ts";
import { useReception } from "../reception-desk.ts";
import { SearchForm } from "../search-form.tsx";
import { useKeptFocus } from "../use-kept-focus.ts";
import { usePolled } from "../use-polled.ts";
import { focusEntry, useRowKeys } from "../use-row-keys.ts";
import type { LoanAction } from "./api.ts";
import { type Deed, ItemRow, rowId } from "./item-row.tsx";
import { LendPanel } from "./lend-panel.tsx";
import { itemText, whenText } from "./lending-words.ts";
import { isJustBack, matchingItems } from "./lent.ts";
import { ExtendDialog, HistoryDialog, NoteDialog } from "./loan-dialogs.tsx";
import { LoanReceipt } from "./loan-receipt.tsx";
import type { Item, Loan } from "./schemas.ts";
import { useLoans } from "./use-loans.ts";

const POLL_MS = 30_000;

/** What has been asked for of an item and is not done yet. */
type Open =
  | { kind: "lend"; item: Item }
  | { kind: "history"; item: Item }
  | { kind: "receipt" | "note" | "extend"; item: Item; loan: Loan };

/** What an office lends: what is out, overdue first, and what is in. */
export function LendingPage({ focused }: { focused: boolean }) {
  const { items, office, parts, screened } = useReception();
  const { say } = useDesk();
  const now = useNow();
  const { data, error, loading } = usePolled(items, office.id, POLL_MS);
  const fetchedAt = useFetchedAt(data);
  const [typed, setTyped] = useState("");
  const [open, setOpen] = useState<Open | undefined>();
  const [backs, setBacks] = useState<Readonly<Record<string, Loan>>>({});
  const close = (): void => setOpen(undefined);
  const loans = useLoans((loan, action) => {
    setBacks((known) => ({ ...known, [loan.item]: loan }));
    if (open?.kind !== "history") close();
    // Whatever was sought is found: its line keeps the focus among all the others.
    setTyped("");
    const item = data?.items.find((one) => one.item === loan.item);
    if (item !== undefined) say({ text: doneText(item, loan, action, now) });
  });

  const shown = data?.items ?? [];
  const found = matchingItems(screened ? shown.map(withoutName) : shown, typed);
  const rows = found.map((item) => ({ item, back: backs[item.item], deeds: deedsFor(item) }));
  useRowKeys((id, letter) => {
    const row = rows.find(({ item }) => rowId(item) === id);
    const deed = row?.deeds.find(({ key }) => key === letter);
    deed?.run();
    return deed !== undefined;
  });

  function deedsFor(one: Item): readonly Deed[] {
    // As it is, with the name that the list may hide.
    const item = shown.find(({ item: id }) => id === one.item) ?? one;
    const history: Deed = { key: "h", text: "Historik", run: () => setOpen({ kind: "history", item }) };
    if (!parts.receives) return [history];
    const { loan } = item;
    if (loan !== null)
      return [
        { key: "t", text: "Tillbaka", run: () => void loans.act(loan, "return") },
        { key: "a", text: "Skadad eller saknas …", run: () => setOpen({ kind: "note", item, loan }) },
        { key: "f", text: "Förläng …", run: () => setOpen({ kind: "extend", item, loan }) },
        { key: "k", text: "Kvittens", run: () => setOpen({ kind: "receipt", item, loan }) },
        history,
      ];
    const back = backs[item.item];
    const lend: Deed = { key: "n", text: "Låna ut …", run: () => setOpen({ kind: "lend", item }) };
    if (back === undefined || back.status === "out" || !isJustBack(back, now)) return [lend, history];
    const undo: Deed = { key: "u", text: "Ångra", run: () => void loans.act(back, "undo-return") };
    return [undo, lend, history];
  }

  if (error !== undefined && failureKind(error) === "not-found")
    return (
      <NotFoundPage focused={focused} title="Utlåningen är inte din">
        Ditt konto får inte se vad som lånas ut här.
      </NotFoundPage>
    );
  const onEnter = (): void => {
    const [first] = typed.trim() === "" ? [] : found;
    if (first === undefined) return;
    if (first.loan === null && parts.receives) setOpen({ kind: "lend", item: first });
    else focusEntry(rowId(first));
  };
  return (
    <>
      <PageHeading focused={focused && !parts.receives}>Utlåning, {office.name}</PageHeading>
      <FetchFailure
        failed={error !== undefined}
        fetchedAt={fetchedAt}
        busy={loading}
        onRetry={() => void items.revalidate(office.id)}
      />
      {open?.kind === "receipt" && (
        <LoanReceipt
          item={open.item}
          loan={open.loan}
          onClose={() => {
            close();
            focusEntry(rowId(open.item));
          }}
        />
      )}
      {open?.kind === "lend" ? (
        <LendPanel
          key={open.item.item}
          items={[open.item.item]}
          onDone={(loan, item) => {
            close();
            setTyped("");
            say({ text: doneText(item, loan, "lend", now) });
          }}
          onCancel={close}
        />
      ) : (
        shown.length > 0 && (
          <SearchForm
            label="Vad lånas, eller av vem?"
            hint="Namn, nummer eller låntagare. Enter lånar ut det översta, eller går till det om det är ute."
            screened={screened}
            focused={parts.receives}
            typed={typed}
            onType={setTyped}
            onEnter={onEnter}
          />
        )
      )}
      {data === undefined
        ? error === undefined && <Loading what="Hämtar …" />
        : open?.kind !== "lend" && <Lists rows={rows} typed={typed} all={shown} loans={loans} now={now} />}
      {open?.kind === "note" && (
        <NoteDialog item={open.item} loan={open.loan} loans={loans} onClose={close} />
      )}
      {open?.kind === "extend" && (
        <ExtendDialog item={open.item} loan={open.loan} loans={loans} now={now} onClose={close} />
      )}
      {open?.kind === "history" && <HistoryDialog item={open.item} loans={loans} now={now} onClose={close} />}
    </>
  );
}

/** As the list is searched while names are hidden: a name that nobody sees finds nothing. */
function withoutName(item: Item): Item {
  const { loan } = item;
  const borrower = loan?.borrower ?? null;
  if (loan === null || borrower === null) return item;
  return { ...item, loan: { ...loan, borrower: { ...borrower, name: "" } } };
}

function doneText(item: Item, loan: Loan, action: LoanAction | "lend", now: Date): string {
  const what = itemText(item);
  switch (action) {
    case "lend":
    case "extend":
      return `${what}: åter senast ${whenText(loan.dueAt, now)}.`;
    case "return":
      return `${what} är åter.`;
    case "undo-return":
      return `${what} är ute igen.`;
  }
}

type Row = { item: Item; back: Loan | undefined; deeds: readonly Deed[] };
type ListsProps = {
  rows: readonly Row[];
  typed: string;
  all: readonly Item[];
  loans: ReturnType<typeof useLoans>;
  now: Date;
};

/** A line that moves between the lists because of what was done to it keeps the focus. */
function Lists({ rows, typed, all, loans, now }: ListsProps) {
  const kept = useKeptFocus();
  if (all.length === 0) return <EmptyState title="Inget lånas ut här" />;
  if (rows.length === 0) return <EmptyState title="Inget passar in på det du skrev" />;
  const [out, inside] = [rows.filter(({ item }) => item.loan), rows.filter(({ item }) => !item.loan)];
  return (
    <div {...kept}>
      {typed === "" && out.length === 0 && <p class="subtle">Inget är ute.</p>}
      {[
        { title: "Ute", of: out },
        { title: "Inne", of: inside },
      ]
        .filter(({ of }) => of.length > 0)
        .map(({ title, of }) => (
          <section key={title} aria-label={title}>
            <h2 class="ds-heading" data-size="xs">
              {title} ({of.length})
            </h2>
            <ol class="entries">
              {of.map((row) => (
                <ItemRow key={row.item.item} {...row} loans={loans} now={now} />
              ))}
            </ol>
          </section>
        ))}
    </div>
  );
}
