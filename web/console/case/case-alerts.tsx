import { Alert } from "../../ui/alert.tsx";
import type { CaseFile } from "../api/case-schemas.ts";
import type { Directory } from "../directory.ts";
import { numberHref } from "../route.ts";
import { kindText, urgencyText } from "../triage-words.ts";

/** What must be known of a case before anything is done with it: that it cannot wait, why it lies apart, what it seems to be. */
export function CaseAlerts({ file, directory }: { file: CaseFile; directory: Directory }) {
  const { triage, quarantine, mentions, status, caseNumber } = file.case;
  const urgency = urgencyText(triage.urgency);
  const kind = kindText(triage.kind);
  const others = mentions.filter((number) => number !== caseNumber);
  const open = status !== "closed";
  return (
    <>
      {urgency !== undefined && open && (
        <Alert tone="danger">
          <p>
            <strong>{urgency.text}.</strong> Ring {onCallText(directory)} nu. Mejlet kan vara viktigt också om
            orden är fel tolkade: läs det först.
          </p>
        </Alert>
      )}
      {quarantine === "held" && open && (
        <Alert tone="warning">
          <p>
            <strong>I karantän.</strong> Mejlet såg ut som skräppost, bar på skadlig kod eller kom från någon
            som inte kunde bekräftas som avsändare. Öppna inga länkar eller filer. Är det ett riktigt mejl,
            släpp in det: det behåller sin ankomsttid. Annars avsluta det som skräp. Det finns kvar i båda
            fallen.
          </p>
        </Alert>
      )}
      {kind !== undefined && open && (
        <Alert tone="info">
          <p>Ser ut som: {kind}.</p>
        </Alert>
      )}
      {others.length > 0 && (
        <Alert tone="info">
          <p>
            Mejlet nämner{" "}
            {others.map((number, place) => (
              <span key={number}>
                {place > 0 && ", "}
                <a class="ds-link" href={numberHref(number)}>
                  {number}
                </a>
              </span>
            ))}
            . Läs om det hör dit.
          </p>
        </Alert>
      )}
    </>
  );
}

function onCallText({ urgent }: Directory): string {
  return urgent === undefined ? "jouren" : `${urgent.name}, ${urgent.phone},`;
}
