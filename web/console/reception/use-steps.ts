import { useState } from "preact/hooks";
import { useReception } from "./reception-desk.ts";
import { failureText, refusalText } from "./reception-words.ts";
import type { Visit } from "./schemas.ts";
import type { Step } from "./steps.ts";
import { visitId } from "./today.ts";

/** A step that something must be asked about first. */
export type Asked = { visit: Visit; step: Step };

export type Steps = ReturnType<typeof useSteps>;

/** Does things with visits: what is answered is shown at once, and a no stays by its visit until the next try. */
export function useSteps(onDone: (visit: Visit, step: Step) => void) {
  const { api, took } = useReception();
  const [busy, setBusy] = useState<string | undefined>();
  const [problem, setProblem] = useState<{ id: string; text: string } | undefined>();
  const [asked, setAsked] = useState<Asked | undefined>();

  async function act(visit: Visit, step: Step, body: object): Promise<void> {
    if (busy !== undefined) return;
    const id = visitId(visit);
    setBusy(id);
    setProblem(undefined);
    try {
      const outcome = await api.act(visit, step.path, body);
      if ("answer" in outcome) {
        took(outcome.answer);
        setAsked(undefined);
        onDone(outcome.answer, step);
      } else {
        if (outcome.current !== undefined) took(outcome.current);
        setProblem({ id, text: refusalText(outcome.refused, outcome.current) });
      }
    } catch (error) {
      setProblem({ id, text: failureText(error) });
    }
    setBusy(undefined);
  }
  return {
    busy,
    problem,
    asked,
    act,
    /** Does it, or asks first what must be known. */
    run(visit: Visit, step: Step): void {
      const asks = step.asks === "reason" || (step.asks === "colleague" && visit.unanswered && !visit.hidden);
      if (asks) setAsked({ visit, step });
      else void act(visit, step, {});
    },
    dropQuestion: () => setAsked(undefined),
  };
}
