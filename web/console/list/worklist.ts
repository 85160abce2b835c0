import type { CaseRow, WorklistPage } from "../api.ts";

/** A run of pages from the top of the list. `cursor` leads on; null at the end of the list. */
export type Extent = { cases: readonly CaseRow[]; cursor: string | null; pages: number };

/**
 * The list as it stands on the screen (`shown`) and as the server last gave it (`latest`). They differ until the agent
 * asks for the difference, so that no row moves under a finger. `added` are the rows that came last.
 */
export type Worklist = { shown: Extent; latest: Extent; added: ReadonlySet<string>; fetchedAtMs: number };

const idsOf = (extent: Extent): Set<string> => new Set(extent.cases.map(({ caseId }) => caseId));

/** The list at its first fetch. */
export function openWorklist(extent: Extent, nowMs: number): Worklist {
  return { shown: extent, latest: extent, added: new Set(), fetchedAtMs: nowMs };
}

/** The list after a later fetch of the same pages. An empty list has nothing that can jump: it takes the rows at once. */
export function refreshWorklist(list: Worklist, extent: Extent, nowMs: number): Worklist {
  const refreshed = { ...list, latest: extent, fetchedAtMs: nowMs };
  return list.shown.cases.length === 0 ? showLatest(refreshed) : refreshed;
}

/** The list with one more page at its end. */
export function appendPage(list: Worklist, page: WorklistPage): Worklist {
  const append = (extent: Extent): Extent => {
    const known = idsOf(extent);
    return {
      cases: [...extent.cases, ...page.cases.filter(({ caseId }) => !known.has(caseId))],
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
export function waitingRows({ shown, latest }: Worklist): readonly CaseRow[] {
  const known = idsOf(shown);
  const lastShown = latest.cases.findLastIndex(({ caseId }) => known.has(caseId));
  return latest.cases.filter(
    ({ caseId }, index) => !known.has(caseId) && (shown.cursor === null || index < lastShown),
  );
}

/** The rows on the screen, in the order they were drawn, each as the server last gave it; `gone` has left the list. */
export function drawnRows({ shown, latest }: Worklist): readonly { row: CaseRow; gone: boolean }[] {
  const fresh = new Map(latest.cases.map((row) => [row.caseId, row]));
  const lastKept = shown.cases.findLastIndex(({ caseId }) => fresh.has(caseId));
  return shown.cases.map((row, index) => {
    const now = fresh.get(row.caseId);
    return { row: now ?? row, gone: now === undefined && (latest.cursor === null || index < lastKept) };
  });
}

/** The list with everything that waited. */
export function showLatest(list: Worklist): Worklist {
  const added = new Set(waitingRows(list).map(({ caseId }) => caseId));
  return { ...list, shown: list.latest, added };
}

/** "3 nya – visa". */
export function waitingText(count: number): string {
  return count === 1 ? "1 nytt – visa" : `${count} nya – visa`;
}
