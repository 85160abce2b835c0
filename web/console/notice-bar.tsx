import { useEffect, useRef } from "preact/hooks";
import { Button } from "../ui/button.tsx";
import type { Notice } from "./desk.ts";

/** Long enough to be read twice, and for the way back to be taken. */
const SHOWN_MS = 12_000;

/**
 * How something went, over the lower edge. It announces itself and takes no focus; it stays while the pointer or the
 * focus is on it.
 */
export function NoticeBar({ notice, onDone }: { notice: Notice | undefined; onDone: () => void }) {
  const bar = useRef<HTMLDivElement>(null);
  const done = useRef(onDone);
  done.current = onDone;
  useEffect(() => {
    if (notice === undefined) return undefined;
    const timer = setInterval(() => {
      const held = bar.current?.matches(":hover") === true || bar.current?.contains(document.activeElement);
      if (held !== true) done.current();
    }, SHOWN_MS);
    return () => clearInterval(timer);
  }, [notice]);
  const undo = notice?.undo;
  return (
    <div class="notice" role="status" ref={bar}>
      {notice !== undefined && (
        <div class="notice-text">
          <span>{notice.text}</span>
          {undo !== undefined && (
            <Button
              variant="secondary"
              onClick={() => {
                onDone();
                undo.run();
                document.querySelector("h1")?.focus();
              }}
            >
              {undo.text}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
