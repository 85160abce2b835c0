import { type FailureKind, failureKind } from "../api/failure.ts";
import {
  appendPage,
  type Extent,
  openWorklist,
  type Page,
  type Row,
  refreshWorklist,
  showLatest,
  type Worklist,
  withoutOwn,
} from "./worklist.ts";

export type WorklistState<R extends Row> = {
  list: Worklist<R> | undefined;
  failure: FailureKind | undefined;
  busy: "refresh" | "more" | undefined;
};

export type WorklistStore<R extends Row> = ReturnType<typeof createWorklistStore<R>>;

/** One list of this tab. It outlives the view, so that one comes back from a row to the same rows. */
export function createWorklistStore<R extends Row>(
  load: (cursor: string | null, signal: AbortSignal) => Promise<Page<R>>,
  clock: () => number,
) {
  let state: WorklistState<R> = { list: undefined, failure: undefined, busy: undefined };
  let abort: AbortController | undefined;
  const watchers = new Set<() => void>();
  /** Rows that were changed here, each with the one below it. */
  const own = new Map<string, string | undefined>();

  function change(next: Partial<WorklistState<R>>): void {
    state = { ...state, ...next };
    for (const watcher of watchers) watcher();
  }

  /** One request at a time: a later one replaces an earlier, whose answer would no longer fit. */
  async function run(
    busy: "refresh" | "more",
    work: (signal: AbortSignal) => Promise<Worklist<R>>,
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

  async function fetchExtent(pages: number, signal: AbortSignal): Promise<Extent<R>> {
    let extent: Extent<R> = { rows: [], cursor: null, pages: 0 };
    do {
      const page = await load(extent.cursor, signal);
      // A row may move from one page to the next between the two requests.
      const known = new Set(extent.rows.map(({ id }) => id));
      const unseen = page.rows.filter(({ id }) => !known.has(id));
      extent = { rows: [...extent.rows, ...unseen], cursor: page.cursor, pages: extent.pages + 1 };
    } while (extent.cursor !== null && extent.pages < pages);
    return extent;
  }

  /** Fetches the pages that are open. Leaves a "more" under way alone. */
  async function refresh(): Promise<void> {
    if (state.busy === "more") return;
    await run("refresh", async (signal) => {
      const extent = await fetchExtent(state.list?.shown.pages ?? 1, signal);
      const { list } = state;
      if (list === undefined) return openWorklist(extent, clock());
      return withoutOwn(refreshWorklist(list, extent, clock()), new Set(own.keys()));
    });
  }

  return {
    read: (): WorklistState<R> => state,
    watch(watcher: () => void): () => void {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    refresh,
    async more(): Promise<void> {
      const { list } = state;
      if (list === undefined) return;
      await run("more", async (signal) => {
        const page = await load(list.shown.cursor, signal);
        return appendPage(state.list ?? list, page);
      });
    },
    showLatest(): void {
      if (state.list !== undefined) change({ list: showLatest(state.list) });
    },
    /** The person changed a row themselves: if it has left the list, it goes without a word. */
    async changed(id: string): Promise<void> {
      const rows = state.list?.shown.rows ?? [];
      const place = rows.findIndex((row) => row.id === id);
      if (place !== -1) own.set(id, (rows[place + 1] ?? rows[place - 1])?.id);
      if (state.list !== undefined) await refresh();
    },
    find: (id: string): R | undefined => state.list?.latest.rows.find((row) => row.id === id),
    /** Where to go on after a row: the row itself while it is drawn, else the one that stood below it. */
    placeAfter(id: string): string | undefined {
      const drawn = (one: string | undefined): boolean =>
        state.list?.shown.rows.some((row) => row.id === one) ?? false;
      const next = drawn(id) ? id : own.get(id);
      return drawn(next) ? next : undefined;
    },
  };
}
