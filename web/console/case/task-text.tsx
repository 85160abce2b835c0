import { Alert } from "../../ui/alert.tsx";
import { Button } from "../../ui/button.tsx";
import { Loading } from "../../ui/loading.tsx";
import { taskPath } from "../api/paths.ts";
import { useDesk } from "../desk.ts";
import { useFetched } from "../use-fetched.ts";

type TextProps = {
  caseId: string;
  taskId: string;
  part: "request" | "reply";
  onUse?: ((text: string) => void) | undefined;
};

/** What was asked of a unit, or what it said. */
export function TaskText({ caseId, taskId, part, onUse }: TextProps) {
  const { tasks } = useDesk();
  const path = taskPath(caseId, taskId);
  const { data, error, loading } = useFetched(tasks, path);
  const text = data?.[part];
  // What was fetched before the unit replied has no reply: it is being fetched anew.
  if (text === undefined || (text === null && loading)) {
    if (error === undefined) return <Loading what="Hämtar texten …" />;
    return (
      <Alert tone="warning">
        <p>Texten kunde inte hämtas.</p>
        <Button variant="secondary" busy={loading} onClick={() => void tasks.revalidate(path)}>
          Försök igen
        </Button>
      </Alert>
    );
  }
  if (text === null) return null;
  return (
    <>
      <div class="message-text">{text.trimEnd()}</div>
      {onUse !== undefined && (
        <Button variant="secondary" accent class="use" onClick={() => onUse(text.trim())}>
          Använd i svaret
        </Button>
      )}
    </>
  );
}
