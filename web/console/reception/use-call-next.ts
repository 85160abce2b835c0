import { useState } from "preact/hooks";
import { useDesk } from "../desk.ts";
import { useReception } from "./reception-desk.ts";
import { failureText, refusalText } from "./reception-words.ts";

/** Calls whoever has waited longest for the servicecenter, or for a guest host. */
export function useCallNext() {
  const { api, office, took } = useReception();
  const { say } = useDesk();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | undefined>();
  async function callNext(guestHost: string | null): Promise<void> {
    setBusy(true);
    setProblem(undefined);
    try {
      const outcome = await api.callNext(office.id, guestHost);
      if ("answer" in outcome) {
        took(outcome.answer);
        say({ text: `Nummer ${outcome.answer.number} är kallad.` });
      } else setProblem(refusalText(outcome.refused));
    } catch (error) {
      setProblem(failureText(error));
    }
    setBusy(false);
  }
  return { callNext, busy, problem };
}
