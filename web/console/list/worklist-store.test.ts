import { expect, it } from "vitest";
import { ApiFailure } from "../api/failure.ts";
import type { Page } from "./worklist.ts";
import { createWorklistStore } from "./worklist-store.ts";

type Line = { id: string };

const page = (ids: string, cursor: string | null = null): Page<Line> => ({
  rows: [...ids].map((id) => ({ id })),
  cursor,
});

/** A store whose pages the test gives by hand. */
function opened() {
  const calls: {
    cursor: string | null;
    signal: AbortSignal;
    answer: (page: Page<Line>) => void;
    fail: (error: Error) => void;
  }[] = [];
  const load = (cursor: string | null, signal: AbortSignal) =>
    new Promise<Page<Line>>((answer, fail) => {
      calls.push({ cursor, signal, answer, fail });
    });
  let nowMs = 0;
  const store = createWorklistStore(load, () => {
    nowMs += 1;
    return nowMs;
  });
  const ids = (): string =>
    store
      .read()
      .list?.shown.rows.map(({ id }) => id)
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
  expect(store.read().list?.latest.rows.map(({ id }) => id)).toEqual(["a", "b", "c"]);
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

it("lets a row that was changed here go without a word, and goes on at the row below it", async () => {
  const { calls, store, ids } = opened();
  const first = store.refresh();
  calls[0]?.answer(page("abc"));
  await first;
  const changed = store.changed("b");
  expect(store.placeAfter("b")).toBe("b");
  calls[1]?.answer(page("ac"));
  await changed;
  expect(ids()).toBe("ac");
  expect(store.placeAfter("b")).toBe("c");
});
