/** What every row of a list has. */
export type Row = { id: string };
export type Page<R extends Row> = { rows: readonly R[]; cursor: string | null };

/** A run of pages from the top of the list. `cursor` leads on; null at the end of the list. */
export type Extent<R extends Row> = Page<R> & { pages: number };

/**
 * The list as it stands on the screen (`shown`) and as the server last gave it (`latest`). They differ until the person
 * asks for the difference, so that no row moves under a finger. `added` are the rows that came last.
 */
export type Worklist<R extends Row> = {
  shown: Extent<R>;
  latest: Extent<R>;
  added: ReadonlySet<string>;
  fetchedAtMs: number;
};

const idsOf = ({ rows }: Extent<Row>): Set<string> => new Set(rows.map(({ id }) => id));

/** The list at its first fetch. */
export function openWorklist<R extends Row>(extent: Extent<R>, nowMs: number): Worklist<R> {
  return { shown: extent, latest: extent, added: new Set(), fetchedAtMs: nowMs };
}

/** The list after a later fetch of the same pages. An empty list has nothing that can jump: it takes the rows at once. */
export function refreshWorklist<R extends Row>(
  list: Worklist<R>,
  extent: Extent<R>,
  nowMs: number,
): Worklist<R> {
  const refreshed = { ...list, latest: extent, fetchedAtMs: nowMs };
  return list.shown.rows.length === 0 ? showLatest(refreshed) : refreshed;
}

/** The list without the rows that have left it by one's own doing: nobody has to be told. */
export function withoutOwn<R extends Row>(list: Worklist<R>, own: ReadonlySet<string>): Worklist<R> {
  const left = idsOf(list.latest);
  const rows = list.shown.rows.filter(({ id }) => left.has(id) || !own.has(id));
  return { ...list, shown: { ...list.shown, rows } };
}

/** The list with one more page at its end. */
export function appendPage<R extends Row>(list: Worklist<R>, page: Page<R>): Worklist<R> {
  const append = (extent: Extent<R>): Extent<R> => {
    const known = idsOf(extent);
    return {
      rows: [...extent.rows, ...page.rows.filter(({ id }) => !known.has(id))],
      cursor: page.cursor,
      pages: list.shown.pages + 1,
    };
  };
  return { ...list, shown: append(list.shown), latest: append(list.latest) };
}

/**
 * The rows that have come since the list was drawn. A row after everything shown, while there is more to page to, has
 * only slid up from the next page and is not new.
 */
export function waitingRows<R extends Row>({ shown, latest }: Worklist<R>): readonly R[] {
  const known = idsOf(shown);
  const lastShown = latest.rows.findLastIndex(({ id }) => known.has(id));
  return latest.rows.filter(
    ({ id }, index) => !known.has(id) && (shown.cursor === null || index < lastShown),
  );
}

/** A row as it is drawn; `gone` has left the list. */
export type DrawnRow<R extends Row> = { row: R; gone: boolean };

/** The rows on the screen, in the order they were drawn, each as the server last gave it. */
export function drawnRows<R extends Row>({ shown, latest }: Worklist<R>): readonly DrawnRow<R>[] {
  const fresh = new Map(latest.rows.map((row) => [row.id, row]));
  const lastKept = shown.rows.findLastIndex(({ id }) => fresh.has(id));
  return shown.rows.map((row, index) => {
    const now = fresh.get(row.id);
    return { row: now ?? row, gone: now === undefined && (latest.cursor === null || index < lastKept) };
  });
}

/** The list with everything that waited. */
export function showLatest<R extends Row>(list: Worklist<R>): Worklist<R> {
  const added = new Set(waitingRows(list).map(({ id }) => id));
  return { ...list, shown: list.latest, added };
}

/** "3 nya – visa". */
export function waitingText(count: number): string {
  return count === 1 ? "1 nytt – visa" : `${count} nya – visa`;
}
