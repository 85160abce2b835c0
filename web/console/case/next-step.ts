import { shortDate } from "../../ui/swedish-time.ts";
import type { CaseFile } from "../api/case-schemas.ts";
import { closeReasonText } from "../case-words.ts";
import type { Directory } from "../directory.ts";
import { howText, listText } from "../words.ts";

/** What to do next in a case, in a sentence or two. What calls for attention comes before how things stand. */
export function nextStep(file: CaseFile, directory: Directory, today: string): string {
  return called(file, directory) ?? standing(file, directory, today);
}

function called(file: CaseFile, directory: Directory): string | undefined {
  const last = file.assignments
    .filter(({ endedAt }) => endedAt !== null)
    .toSorted((one, other) => Date.parse(one.endedAt ?? "") - Date.parse(other.endedAt ?? ""))
    .at(-1);
  const unit = last === undefined ? "Enheten" : directory.unitName(last.unit);
  switch (file.case.attention) {
    case "new-message":
      return "Invånaren har skrivit igen. Läs och svara.";
    case "assignment-answered":
      return last?.answeredTo === "citizen"
        ? `${unit} har svarat invånaren direkt. Avsluta om inget återstår.`
        : `${unit} har svarat. Läs svaret och berätta för invånaren.`;
    case "assignment-returned":
      return `${unit} kan inte svara${rightAddress(last?.rightAddress ?? null, directory)}. Skicka till rätt enhet eller svara själv.`;
    case "transfer-acknowledged":
      return "Nämnden har ärendet. Berätta för invånaren vem som har det och när besked väntas, och avsluta som överlämnat.";
    case "transfer-returned": {
      const returned = file.transfers.findLast(({ state }) => state === "returned");
      return `Överlämnandet kom tillbaka${rightAddress(returned?.rightAddress ?? null, directory)}. Lämna över till rätt nämnd eller svara själv.`;
    }
    case "answer-not-delivered":
      return "Svaret nådde inte fram. Kontrollera adressen, eller ring eller skriv brev.";
    case "answer-uncertain":
      return "Det är osäkert om svaret gick iväg. Skicka det igen, eller ring och berätta.";
    case "acknowledgement-not-delivered":
      return "Bekräftelsen nådde inte fram. Ring eller skriv brev: ett svar med mejl kommer knappast heller fram.";
    case null:
      return undefined;
    default:
      return "Något behöver ses över. Läs händelserna.";
  }
}

function rightAddress(address: string | null, directory: Directory): string {
  return address === null ? "" : `: det hör till ${directory.unitName(address)}`;
}

function standing(file: CaseFile, directory: Directory, today: string): string {
  if (file.case.quarantine === "held" && file.case.status === "ours")
    return "Avgör om mejlet är riktigt: släpp in det eller avsluta det som skräp.";
  if (file.case.status !== "closed" && file.meetings.some(({ status }) => status === "unsettled"))
    return "Ett möte om ärendet behöver en ny tid. Boka om det.";
  const { status, assignee, told, nextDate, closeReason, access } = file.case;
  switch (status) {
    case "ours":
      if (assignee === null) return "Ingen har ärendet. Ta det och svara, eller skicka det dit det hör.";
      if (told !== null) return "Invånaren har fått besked. Avsluta om inget återstår.";
      return access === "secret"
        ? "Svara invånaren på telefon, vid ett besök eller i ett brev, eller skicka ett uppdrag."
        : "Svara invånaren, eller skicka ett uppdrag till en enhet.";
    case "with-unit": {
      const open = file.assignments.filter(({ endedAt }) => endedAt === null);
      const units = listText([...new Set(open.map(({ unit }) => directory.unitName(unit)))]);
      const due = open.map(({ dueDate }) => dueDate).toSorted()[0];
      return `Väntar på svar från ${units || "en enhet"}${due === undefined ? "" : `, senast ${shortDate(due, today)}`}.`;
    }
    case "transferring": {
      const sent = file.transfers.find(({ state }) => state === "sent");
      const who = sent === undefined ? "nämnden" : directory.authorityName(sent.authority);
      return `Väntar på att ${who} bekräftar att ärendet är mottaget.`;
    }
    case "waiting":
      return told === null
        ? `Vilar. Tas upp igen ${shortDate(nextDate, today)}.`
        : `Invånaren fick besked ${howText(told.how)}. Avsluta, eller vänta på svar till ${shortDate(nextDate, today)}.`;
    case "closed":
      return `Avslutat som ${closeReasonText(closeReason)}. Öppna igen om något återstår.`;
    default:
      return "";
  }
}
