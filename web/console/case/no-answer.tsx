import { Alert } from "../../ui/alert.tsx";
import { Button } from "../../ui/button.tsx";
import type { CaseFile } from "../api/case-schemas.ts";

const WHY: Readonly<Record<string, string>> = {
  "secret-not-by-mail":
    "Ärendet är sekretess, så svaret får inte gå med e-post. Ring, ta det vid ett besök eller skicka ett brev.",
  "no-address":
    "Det finns ingen e-postadress att svara till. Ring, ta det vid ett besök eller skicka ett brev.",
};

/** Why there is no answer box, and the way that is left. */
export function NoAnswer({ file, onTold }: { file: CaseFile; onTold: () => void }) {
  const why = WHY[file.noMail ?? ""];
  if (why === undefined || !file.may.includes("tell")) return null;
  return (
    <section class="answer-box" aria-labelledby="answer">
      <h2 id="answer" class="ds-heading" data-size="xs">
        Svara invånaren
      </h2>
      <Alert tone="info">
        <p>{why}</p>
        <Button onClick={onTold}>Skriv vad du har berättat</Button>
      </Alert>
    </section>
  );
}
