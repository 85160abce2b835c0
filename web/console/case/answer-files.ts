import type { PreparedFile, Upload } from "../api/case-schemas.ts";
import type { Outcome } from "../api/request.ts";
import { type AnswerFile, afterAnswer, firstState, SCAN_PAUSE_MS } from "./answer-file-rules.ts";

type Ways = {
  prepare: (
    caseId: string,
    about: { name: string; bytes: number; sha256: string },
  ) => Promise<Outcome<PreparedFile>>;
  put: (upload: Upload, content: Blob, onSent: (share: number) => void, signal: AbortSignal) => Promise<void>;
};
type Entry = AnswerFile & { content: File; ended: AbortController };

const none: readonly AnswerFile[] = [];

/**
 * The files that are to go with the answers that are being written, by case: they outlive the view, and go with the tab. Each
 * is read, put where the API says, and asked for until the scanner has looked.
 */
export function createAnswerFiles({ prepare, put }: Ways) {
  const lists = new Map<string, readonly Entry[]>();
  const watchers = new Set<() => void>();
  let lastId = 0;

  const listOf = (caseId: string): readonly Entry[] => lists.get(caseId) ?? [];

  function keep(caseId: string, entries: readonly Entry[]): void {
    lists.set(caseId, entries);
    for (const watcher of watchers) watcher();
  }

  function become(caseId: string, entry: Entry, changes: Partial<AnswerFile>): void {
    Object.assign(entry, changes);
    keep(caseId, [...listOf(caseId)]);
  }

  async function follow(caseId: string, entry: Entry): Promise<void> {
    const { signal } = entry.ended;
    try {
      become(caseId, entry, { state: "reading", sent: 0 });
      const sha256 = entry.sha256 ?? (await sha256Of(entry.content));
      if (listOf(caseId).some((other) => other !== entry && other.sha256 === sha256)) {
        remove(caseId, entry.id);
        return;
      }
      become(caseId, entry, { sha256 });
      for (let tries = 1; !signal.aborted; tries += 1) {
        const outcome = await prepare(caseId, { name: entry.name.slice(0, 500), bytes: entry.bytes, sha256 });
        const answer = "answer" in outcome ? outcome.answer : outcome;
        const state = afterAnswer(answer, tries);
        if (signal.aborted) return;
        become(caseId, entry, { state });
        if (state === "sending" && "upload" in answer && answer.upload !== null) {
          const onSent = (sent: number) => become(caseId, entry, { sent });
          await put(answer.upload, entry.content, onSent, signal);
          become(caseId, entry, { state: "scanning", sent: 1 });
        } else if (state === "scanning") await pause(signal);
        else return;
      }
    } catch {
      if (!signal.aborted) become(caseId, entry, { state: "failed" });
    }
  }

  function remove(caseId: string, id: number): void {
    for (const entry of listOf(caseId)) if (entry.id === id) entry.ended.abort();
    keep(
      caseId,
      listOf(caseId).filter((entry) => entry.id !== id),
    );
  }

  return {
    read: (caseId: string): readonly AnswerFile[] => lists.get(caseId) ?? none,
    watch(watcher: () => void): () => void {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    add(caseId: string, files: readonly File[]): void {
      const added = files.map((content): Entry => {
        lastId += 1;
        const { name, type, size } = content;
        const state = firstState(content);
        const ended = new AbortController();
        return {
          id: lastId,
          name,
          contentType: type,
          bytes: size,
          sha256: undefined,
          state,
          sent: 0,
          content,
          ended,
        };
      });
      keep(caseId, [...listOf(caseId), ...added]);
      for (const entry of added) if (entry.state === "reading") void follow(caseId, entry);
    },
    remove,
    again(caseId: string, id: number): void {
      const entry = listOf(caseId).find((one) => one.id === id);
      if (entry !== undefined) void follow(caseId, entry);
    },
    /** They have been sent. */
    clear: (caseId: string): void => keep(caseId, []),
  };
}

async function sha256Of(content: Blob): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", await content.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function pause(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, SCAN_PAUSE_MS);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
