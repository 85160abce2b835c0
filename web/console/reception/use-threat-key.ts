import { useEffect, useRef } from "preact/hooks";

/** How soon after the first Escape the second must come. */
const TWICE_MS = 700;

/** Runs when Escape is pressed twice: the key that a hand finds without the eyes, in fields and dialogs as well. */
export function useThreatKey(onThreat: () => void): void {
  const run = useRef(onThreat);
  run.current = onThreat;
  useEffect(() => {
    let firstAt = Number.NEGATIVE_INFINITY;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== "Escape" || event.repeat) return;
      if (event.timeStamp - firstAt > TWICE_MS) {
        firstAt = event.timeStamp;
        return;
      }
      firstAt = Number.NEGATIVE_INFINITY;
      run.current();
    };
    addEventListener("keydown", onKeyDown, true);
    return () => removeEventListener("keydown", onKeyDown, true);
  }, []);
}
