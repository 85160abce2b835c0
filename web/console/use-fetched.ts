import { useEffect, useState } from "preact/hooks";
import type { FetchCache, Snapshot } from "./fetch-cache.ts";

/** What a cache holds under a key, fetched anew when the component opens and when the tab is looked at again. */
export function useFetched<Data>(cache: FetchCache<Data>, key: string): Snapshot<Data> {
  const [, redraw] = useState({});
  useEffect(() => {
    const unwatch = cache.watch(key, () => redraw({}));
    const onVisible = (): void => {
      if (document.visibilityState === "visible") void cache.revalidate(key);
    };
    void cache.revalidate(key);
    document.addEventListener("visibilitychange", onVisible);
    return () => {
      document.removeEventListener("visibilitychange", onVisible);
      unwatch();
    };
  }, [cache, key]);
  return cache.read(key);
}

/** The time of day, ticking twice a minute so that "för 5 min sedan" stays true. */
export function useNow(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
