import { expect, it } from "vitest";
import { ApiFailure, type CaseRow, type WorklistPage } from "../api.ts";
import { createWorklistStore } from "./worklist-store.ts";

function row(caseId: string): CaseRow {
  return {
    caseId,
    caseNumber: caseId,
    subject: null,
    sender: null,
    arrivedAt: "2026-11-24T09:00:00Z",
    nextDate: "2026-11-26",
    status: "open",
    channel: "email",
    unreadable: false,
    messageCount: 1,
  };
}

const page = (ids: string, cursor: string | null = null): WorklistPage => ({
  cases: [...ids].map(row),
  cursor,
});

/** A store whose pages the test gives by hand. */
function opened() {
  const calls: {
    cursor: string | null;
    signal: AbortSignal;
    answer: (page: WorklistPage) => void;
    fail: (error: Error) => void;
  }[] = [];
  const intake = (cursor: string | null, signal: AbortSignal) =>
    new Promise<WorklistPage>((answer, fail) => {
      calls.push({ cursor, signal, answer, fail });
    });
  let nowMs = 0;
  const store = createWorklistStore({ intake }, () => {
    nowMs += 1;
    return nowMs;
  });
  const ids = (): string =>
    store
      .read()
      .list?.shown.cases.map(({ caseId }) => caseId)
      .join("") ?? "";
  return { calls, store, ids };
}

it("keeps the rows and the time of the last good answer when a later fetch fails", async () => {
  const { calls, store, ids } = opened();
  const first = store.refresh();
  calls[0]?.answer(page("ab"));
  await first;
  const second = store.refresh();
  calls[1]?.fail(new ApiFailure("unavailable"));
  await second;
  expect(ids()).toBe("ab");
  expect(store.read()).toMatchObject({ failure: "unavailable", busy: undefined, list: { fetchedAtMs: 1 } });
});

it("fetches as many pages as are open, each row once", async () => {
  const { calls, store, ids } = opened();
  const first = store.refresh();
  calls[0]?.answer(page("ab", "p2"));
  await first;
  const more = store.more();
  calls[1]?.answer(page("cd", "p3"));
  await more;
  expect(ids()).toBe("abcd");
  const again = store.refresh();
  calls[2]?.answer(page("ab", "p2"));
  await Promise.resolve();
  await Promise.resolve();
  calls[3]?.answer(page("bc", "p3"));
  await again;
  expect(calls.map(({ cursor }) => cursor)).toEqual([null, "p2", null, "p2"]);
  expect(store.read().list?.latest.cases.map(({ caseId }) => caseId)).toEqual(["a", "b", "c"]);
});

it("lets a page that was asked for replace a poll, and polls wait for it", async () => {
  const { calls, store, ids } = opened();
  const first = store.refresh();
  calls[0]?.answer(page("ab", "p2"));
  await first;
  const poll = store.refresh();
  const more = store.more();
  expect(calls[1]?.signal.aborted).toBe(true);
  await store.refresh();
  expect(calls).toHaveLength(3);
  calls[1]?.answer(page("zz"));
  await poll;
  calls[2]?.answer(page("c"));
  await more;
  expect(ids()).toBe("abc");
});
