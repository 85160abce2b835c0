/** What is known under one key. `data` stays while it is fetched anew, and when that fails. */
export type Snapshot<Data> = { data: Data | undefined; error: unknown; loading: boolean };

type Entry<Data> = {
  snapshot: Snapshot<Data>;
  watchers: Set<() => void>;
  abort: AbortController | undefined;
};

export type FetchCache<Data> = ReturnType<typeof createFetchCache<Data>>;

const KEPT = 200;

/**
 * A small stale-while-revalidate cache: shows what it has, fetches behind it, joins equal requests, aborts the request
 * that nobody waits for any longer, and forgets the oldest of what nobody watches past 200 keys.
 */
export function createFetchCache<Data>(load: (key: string, signal: AbortSignal) => Promise<Data>) {
  const entries = new Map<string, Entry<Data>>();

  function entryOf(key: string): Entry<Data> {
    const known = entries.get(key);
    if (known !== undefined) return known;
    for (const [old, entry] of entries) {
      if (entries.size < KEPT) break;
      if (entry.watchers.size === 0) entries.delete(old);
    }
    const snapshot = { data: undefined, error: undefined, loading: false };
    const entry: Entry<Data> = { snapshot, watchers: new Set(), abort: undefined };
    entries.set(key, entry);
    return entry;
  }

  function change(entry: Entry<Data>, next: Partial<Snapshot<Data>>): void {
    entry.snapshot = { ...entry.snapshot, ...next };
    for (const watcher of entry.watchers) watcher();
  }

  async function revalidate(key: string): Promise<void> {
    const entry = entryOf(key);
    if (entry.abort !== undefined) return;
    const abort = new AbortController();
    entry.abort = abort;
    change(entry, { loading: true });
    try {
      const data = await load(key, abort.signal);
      if (!abort.signal.aborted) change(entry, { data, error: undefined });
    } catch (error) {
      if (!abort.signal.aborted) change(entry, { error });
    }
    if (entry.abort !== abort) return;
    entry.abort = undefined;
    change(entry, { loading: false });
  }

  function stop(entry: Entry<Data>): void {
    entry.abort?.abort();
    entry.abort = undefined;
    entry.snapshot = { ...entry.snapshot, loading: false };
  }

  return {
    revalidate,
    read: (key: string): Snapshot<Data> => entryOf(key).snapshot,
    /** Takes what a change answered. A request under way would answer with something older: it is dropped. */
    put(key: string, data: Data): void {
      const entry = entryOf(key);
      stop(entry);
      change(entry, { data, error: undefined });
    },
    watch(key: string, watcher: () => void): () => void {
      const entry = entryOf(key);
      entry.watchers.add(watcher);
      return () => {
        entry.watchers.delete(watcher);
        if (entry.watchers.size === 0) stop(entry);
      };
    },
  };
}
