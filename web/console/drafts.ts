import { failureKind } from "./api/failure.ts";
import type { Outcome } from "./api/request.ts";

/** What somebody has begun to write in one box of a case, and whether the server has it. */
export type Draft = { text: string; savedAt: string | undefined; state: "saved" | "unsaved" | "failed" };

type Entry = Draft & {
  /** The latest text that the server is known to have had. An older one that comes back is not taken for news. */
  latestSavedAt: string | undefined;
  timer: ReturnType<typeof setTimeout> | undefined;
  saving: Promise<void>;
};
type Save = (caseId: string, box: string, text: string) => Promise<Outcome<{ savedAt: string | null }>>;

const PAUSE_MS = 1000;
const RETRY_MS = 10_000;
const empty: Draft = { text: "", savedAt: undefined, state: "saved" };

/**
 * Keeps what is being written: here at once, so that it outlives the view, and on the server a second after the typing
 * stops, so that it outlives the tab and is there on another computer.
 */
export function createDrafts(save: Save) {
  const entries = new Map<string, Entry>();
  const watchers = new Set<() => void>();
  const keyOf = (caseId: string, box: string): string => `${caseId} ${box}`;

  function entryOf(caseId: string, box: string): Entry {
    const key = keyOf(caseId, box);
    const known = entries.get(key);
    if (known !== undefined) return known;
    const entry = { ...empty, latestSavedAt: undefined, timer: undefined, saving: Promise.resolve() };
    entries.set(key, entry);
    return entry;
  }

  function tell(): void {
    for (const watcher of watchers) watcher();
  }

  function later(caseId: string, box: string, entry: Entry, ms: number): void {
    clearTimeout(entry.timer);
    entry.timer = setTimeout(() => void flush(caseId, box), ms);
  }

  /** Saves now what is not saved. One after the other, so that the latest text is the last to come. */
  async function flush(caseId: string, box: string): Promise<void> {
    const entry = entryOf(caseId, box);
    clearTimeout(entry.timer);
    if (entry.state === "saved") return;
    entry.saving = entry.saving.then(() => saveOnce(caseId, box, entry));
    await entry.saving;
  }

  async function saveOnce(caseId: string, box: string, entry: Entry): Promise<void> {
    const { text } = entry;
    try {
      const outcome = await save(caseId, box, text);
      if ("refused" in outcome) throw new Error(outcome.refused);
      const { savedAt } = outcome.answer;
      entry.latestSavedAt = savedAt ?? entry.latestSavedAt;
      if (entry.text !== text) return;
      entry.savedAt = savedAt ?? undefined;
      entry.state = "saved";
    } catch (error) {
      entry.state = "failed";
      if (failureKind(error) !== "signed-out") later(caseId, box, entry, RETRY_MS);
    }
    tell();
  }

  return {
    read: (caseId: string, box: string): Draft => entries.get(keyOf(caseId, box)) ?? empty,
    watch(watcher: () => void): () => void {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    write(caseId: string, box: string, text: string): void {
      const entry = entryOf(caseId, box);
      entry.text = text;
      entry.state = "unsaved";
      later(caseId, box, entry, PAUSE_MS);
      tell();
    },
    /** Takes what the server has, unless something newer stands here. Without a time it is taken only the first time. */
    adopt(caseId: string, box: string, text: string, savedAt: string | undefined): void {
      const fresh = !entries.has(keyOf(caseId, box));
      const entry = entryOf(caseId, box);
      if (entry.state !== "saved") return;
      const newer = savedAt !== undefined && (entry.latestSavedAt ?? "") < savedAt;
      if (!fresh && !newer) return;
      Object.assign(entry, { text, savedAt, latestSavedAt: savedAt });
      tell();
    },
    /** It has been sent: the box is empty, here and on the server. */
    async clear(caseId: string, box: string): Promise<void> {
      const entry = entryOf(caseId, box);
      if (entry.text === "" && entry.latestSavedAt === undefined) return;
      entry.text = "";
      entry.savedAt = undefined;
      entry.state = "unsaved";
      tell();
      await flush(caseId, box);
    },
    flush,
    /** Saves everything that is not saved: the tab is being left. */
    async flushAll(): Promise<void> {
      await Promise.all(
        [...entries.keys()].map((key) => {
          const [caseId = "", box = ""] = key.split(" ");
          return flush(caseId, box);
        }),
      );
    },
  };
}
