import { expect, it } from "vitest";
import { createFetchCache } from "./fetch-cache.ts";

/** A loader whose answers the test gives by hand. */
function loader() {
  const calls: {
    key: string;
    signal: AbortSignal;
    answer: (data: string) => void;
    fail: (e: Error) => void;
  }[] = [];
  const load = (key: string, signal: AbortSignal) =>
    new Promise<string>((answer, fail) => {
      calls.push({ key, signal, answer, fail });
    });
  return { calls, load };
}

it("keeps the old answer while a new one is fetched, and when that fails", async () => {
  const { calls, load } = loader();
  const cache = createFetchCache(load);
  const first = cache.revalidate("a");
  expect(cache.read("a")).toEqual({ data: undefined, error: undefined, loading: true });
  calls[0]?.answer("old");
  await first;
  expect(cache.read("a")).toEqual({ data: "old", error: undefined, loading: false });
  const second = cache.revalidate("a");
  expect(cache.read("a")).toEqual({ data: "old", error: undefined, loading: true });
  const failure = new Error("down");
  calls[1]?.fail(failure);
  await second;
  expect(cache.read("a")).toEqual({ data: "old", error: failure, loading: false });
});

it("joins equal requests", () => {
  const { calls, load } = loader();
  const cache = createFetchCache(load);
  void cache.revalidate("a");
  void cache.revalidate("a");
  void cache.revalidate("b");
  expect(calls.map(({ key }) => key)).toEqual(["a", "b"]);
});

it("aborts what nobody watches any longer, takes no late answer, and may ask again", async () => {
  const { calls, load } = loader();
  const cache = createFetchCache(load);
  const unwatch = cache.watch("a", () => undefined);
  const request = cache.revalidate("a");
  unwatch();
  expect(calls[0]?.signal.aborted).toBe(true);
  void cache.revalidate("a");
  calls[0]?.answer("late");
  await request;
  expect(calls).toHaveLength(2);
  expect(cache.read("a")).toEqual({ data: undefined, error: undefined, loading: true });
});

it("tells its watchers of every change until they leave", async () => {
  const { calls, load } = loader();
  const cache = createFetchCache(load);
  const seen: boolean[] = [];
  cache.watch("a", () => seen.push(cache.read("a").loading));
  const request = cache.revalidate("a");
  calls[0]?.answer("x");
  await request;
  expect(seen).toEqual([true, true, false]);
});

it("takes what a change answered, and no older answer after it", async () => {
  const { calls, load } = loader();
  const cache = createFetchCache(load);
  const request = cache.revalidate("a");
  cache.put("a", "changed");
  calls[0]?.answer("old");
  await request;
  expect(calls[0]?.signal.aborted).toBe(true);
  expect(cache.read("a")).toEqual({ data: "changed", error: undefined, loading: false });
});

it("forgets the oldest past 200 keys", async () => {
  const cache = createFetchCache((key) => Promise.resolve(key));
  for (let n = 0; n < 201; n += 1) await cache.revalidate(`k${n}`);
  expect(cache.read("k200").data).toBe("k200");
  expect(cache.read("k0").data).toBeUndefined();
});
