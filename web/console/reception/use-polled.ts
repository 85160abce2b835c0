import { useEffect } from "preact/hooks";
import type { FetchCache, Snapshot } from "../fetch-cache.ts";
import { useFetched } from "../use-fetched.ts";

/** What a cache holds under a key, asked for again all the while: what was shown stays while that fails. */
export function usePolled<Data>(
  cache: FetchCache<Data>,
  key: string,
  everyMs: number,
  on = true,
): Snapshot<Data> {
  useEffect(() => {
    if (!on) return undefined;
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") void cache.revalidate(key);
    }, everyMs);
    return () => clearInterval(timer);
  }, [cache, key, everyMs, on]);
  return useFetched(cache, key);
}
