import { type Api, type CaseRow, type FailureKind, failureKind } from "../api.ts";
import {
  appendPage,
  type Extent,
  openWorklist,
  refreshWorklist,
  showLatest,
  type Worklist,
} from "./worklist.ts";

export type WorklistState = {
  list: Worklist | undefined;
  failure: FailureKind | undefined;
  busy: "refresh" | "more" | undefined;
};

export type WorklistStore = ReturnType<typeof createWorklistStore>;

/** The intake worklist of this tab. It outlives the view, so that the agent comes back from a case to the same rows. */
export function createWorklistStore(api: Pick<Api, "intake">, clock: () => number) {
  let state: WorklistState = { list: undefined, failure: undefined, busy: undefined };
  let abort: AbortController | undefined;
  const watchers = new Set<() => void>();

  function change(next: Partial<WorklistState>): void {
    state = { ...state, ...next };
    for (const watcher of watchers) watcher();
  }

  /** One request at a time: a later one replaces an earlier, whose answer would no longer fit. */
  async function run(
    busy: "refresh" | "more",
    work: (signal: AbortSignal) => Promise<Worklist>,
  ): Promise<void> {
    abort?.abort();
    const mine = new AbortController();
    abort = mine;
    change({ busy });
    try {
      const list = await work(mine.signal);
      if (abort === mine) change({ list, failure: undefined, busy: undefined });
    } catch (error) {
      if (abort === mine) change({ failure: failureKind(error), busy: undefined });
    }
  }

  async function fetchExtent(pages: number, signal: AbortSignal): Promise<Extent> {
    let extent: Extent = { cases: [], cursor: null, pages: 0 };
    do {
      const page = await api.intake(extent.cursor, signal);
      // A row may move from one page to the next between the two requests.
      const known = new Set(extent.cases.map(({ caseId }) => caseId));
      const unseen = page.cases.filter(({ caseId }) => !known.has(caseId));
      extent = { cases: [...extent.cases, ...unseen], cursor: page.cursor, pages: extent.pages + 1 };
    } while (extent.cursor !== null && extent.pages < pages);
    return extent;
  }

  return {
    read: (): WorklistState => state,
    watch(watcher: () => void): () => void {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    /** Fetches the pages that are open. Leaves a "more" under way alone. */
    async refresh(): Promise<void> {
      if (state.busy === "more") return;
      await run("refresh", async (signal) => {
        const extent = await fetchExtent(state.list?.shown.pages ?? 1, signal);
        const { list } = state;
        return list === undefined ? openWorklist(extent, clock()) : refreshWorklist(list, extent, clock());
      });
    },
    async more(): Promise<void> {
      const { list } = state;
      if (list === undefined) return;
      await run("more", async (signal) => {
        const page = await api.intake(list.shown.cursor, signal);
        return appendPage(state.list ?? list, page);
      });
    },
    showLatest(): void {
      if (state.list !== undefined) change({ list: showLatest(state.list) });
    },
    find: (caseId: string): CaseRow | undefined =>
      state.list?.latest.cases.find((row) => row.caseId === caseId),
  };
}
