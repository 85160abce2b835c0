import { useEffect, useState } from "preact/hooks";
import { useDesk } from "./desk.ts";
import type { Draft } from "./drafts.ts";

/** What is being written in one box of a case. Saved when the box is left, whichever way. */
export function useDraft(caseId: string, box: string): Draft & { write: (text: string) => void } {
  const { drafts } = useDesk();
  const [, redraw] = useState({});
  useEffect(() => {
    const unwatch = drafts.watch(() => redraw({}));
    return () => {
      unwatch();
      void drafts.flush(caseId, box);
    };
  }, [drafts, caseId, box]);
  return { ...drafts.read(caseId, box), write: (text) => drafts.write(caseId, box, text) };
}
