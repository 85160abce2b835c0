import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { focusRow } from "./row-focus.ts";
import type { Row, Worklist } from "./worklist.ts";
import type { WorklistState, WorklistStore } from "./worklist-store.ts";

const POLL_MS = 20_000;

/**
 * Gives the focus back to the row that one comes from, as soon as it is drawn and if one has not gone on to something
 * else. True when the row is there from the start.
 */
export function useReturn(list: Worklist<Row> | undefined, place: string | undefined): boolean {
  const drawn = place !== undefined;
  const [drawnAtStart] = useState(drawn);
  const pending = useRef(true);
  useLayoutEffect(() => {
    if (list === undefined) return;
    const idle = document.activeElement === document.body || document.activeElement?.tagName === "H1";
    if (place !== undefined && idle && pending.current) focusRow(place);
    pending.current = false;
  }, [list, place]);
  return drawnAtStart;
}

/** What a list holds, fetched anew when it opens, when the tab is looked at again and while it is looked at. */
export function useWorklist<R extends Row>(store: WorklistStore<R>): WorklistState<R> {
  const [, redraw] = useState({});
  useEffect(() => {
    const unwatch = store.watch(() => redraw({}));
    const poll = (): void => {
      if (document.visibilityState === "visible") void store.refresh();
    };
    void store.refresh();
    const timer = setInterval(poll, POLL_MS);
    document.addEventListener("visibilitychange", poll);
    return () => {
      unwatch();
      clearInterval(timer);
      document.removeEventListener("visibilitychange", poll);
    };
  }, [store]);
  return store.read();
}
