import { useLayoutEffect, useRef } from "preact/hooks";
import { focusEntry } from "./use-row-keys.ts";

/** For the element around lines: one that moves because of what was done to it keeps the focus. */
export function useKeptFocus() {
  const focused = useRef<string | undefined>(undefined);
  useLayoutEffect(() => {
    if (focused.current === undefined || document.activeElement !== document.body) return;
    focusEntry(focused.current);
  });
  return {
    onFocusIn: (event: FocusEvent) => {
      focused.current =
        event.target instanceof Element ? event.target.closest("[data-entry]")?.id : undefined;
    },
    onFocusOut: (event: FocusEvent) => {
      // Somewhere else on purpose, not because the line moved.
      if (event.relatedTarget !== null) focused.current = undefined;
    },
  };
}
