import { shortDate } from "../ui/swedish-time.ts";
import type { HistoryEntry } from "./api/case-schemas.ts";
import type { Directory } from "./directory.ts";
import { howText, type Words } from "./words.ts";

/** The state of a case in a word or two. */
export function statusText(status: string): string {
  return (
    {
      ours: "Hos servicecenter",
      "with-unit": "Hos enhet",
      transferring: "Lämnas över",
      waiting: "Väntar",
      closed: "Avslutat",
    }[status] ?? status
  );
}

const ATTENTION: Readonly<Record<string, Words>> = {
  "new-message": { text: "Nytt meddelande", tone: "info", icon: "mail" },
  "assignment-answered": { text: "Enheten har svarat", tone: "info", icon: "check" },
  "assignment-returned": { text: "Uppdraget kom tillbaka", tone: "warning", icon: "back" },
  "transfer-acknowledged": { text: "Nämnden har tagit emot", tone: "info", icon: "check" },
  "transfer-returned": { text: "Överlämnandet kom tillbaka", tone: "warning", icon: "back" },
  "answer-not-delivered": { text: "Svaret nådde inte fram", tone: "danger", icon: "warning" },
  "answer-uncertain": { text: "Osäkert om svaret gick iväg", tone: "warning", icon: "question" },
  "acknowledgement-not-delivered": {
    text: "Bekräftelsen nådde inte fram",
    tone: "danger",
    icon: "warning",
  },
};

/** Why a case calls for somebody's eyes. */
export function attentionText(attention: string | null): Words | undefined {
  if (attention === null) return undefined;
  return ATTENTION[attention] ?? { text: attention, tone: "warning", icon: "warning" };
}

/** The reasons to close a case, in the order in which they are offered. */
export const CLOSE_REASONS: readonly (readonly [string, string])[] = [
  ["answered", "Besvarat – invånaren har fått svar"],
  ["decided", "Beslutat – invånaren har fått besked om beslutet"],
  ["transferred", "Överlämnat – nämnden har tagit emot och invånaren vet det"],
  ["anonymous-tip", "Anonymt tips – ingen att svara"],
  ["thanks", "Tack – inget svar behövs"],
  ["withdrawn", "Återtaget – invånaren vill inte längre"],
  ["duplicate", "Dubblett – finns i ett annat ärende"],
  ["unreachable", "Går inte att nå invånaren"],
  ["invoice", "Faktura"],
  ["advert", "Reklam"],
  ["spam", "Skräppost"],
];

/** A close reason within a sentence: its first words. */
export function closeReasonText(reason: string | null): string {
  const words = CLOSE_REASONS.find(([code]) => code === reason)?.[1] ?? reason ?? "";
  return words.split(" – ")[0]?.toLowerCase() ?? "";
}

const CAUSES: Readonly<Record<string, string>> = {
  "answer-not-delivered": "Svaret nådde inte fram",
  "answer-uncertain": "Det är osäkert om svaret gick iväg",
  "acknowledgement-not-delivered": "Bekräftelsen nådde inte fram",
};

/** What happened to a case, as a sentence without its full stop: who did what. `today` is a calendar date. */
export function historyText({ type, by, detail }: HistoryEntry, directory: Directory, today: string): string {
  const text = (name: string): string => String(detail[name] ?? "");
  const who = by === null ? "Systemet" : by.replace(", ", " på ");
  const unit = directory.unitName(text("unit"));
  const right = directory.unitName(text("rightAddress"));
  const cause = CAUSES[text("cause")];
  switch (type) {
    case "CaseOpened":
      return "Ärendet skapades";
    case "MessageReceived":
      return `Ett nytt meddelande kom in${detail["reopened"] === true ? " och öppnade ärendet igen" : ""}`;
    case "CaseAdmitted":
      return `${who} släppte in ärendet ur karantänen`;
    case "MessagePassedOn":
      return `Meddelandet skickades vidare till ${directory.authorityName(text("authority"))}`;
    case "CaseTaken":
      return `${who} tog ärendet`;
    case "CaseReleased":
      return `${who} lade tillbaka ärendet`;
    case "CaseClassified":
      return `${who} märkte ärendet som ${text("access") === "secret" ? "sekretess" : "offentligt"}`;
    case "FollowUpSet":
      return `${who} satte en bevakning till ${shortDate(text("nextDate"), today)}`;
    case "NoteAdded":
      return `${who} antecknade`;
    case "AnswerGiven":
      return `${who} svarade invånaren`;
    case "CitizenTold":
      return `${who} berättade för invånaren ${howText(text("how"))}`.trimEnd();
    case "AssignmentSent":
      return `${who} skickade ett uppdrag till ${unit}`;
    case "AssignmentTaken":
      return `${who} tog uppdraget`;
    case "AssignmentAnswered":
      return `${who} svarade på uppdraget`;
    case "AssignmentReturned":
      return detail["sentOn"] === true
        ? `${who} skickade uppdraget vidare till ${right}`
        : `${who} skickade tillbaka uppdraget: det hör till ${right}`;
    case "AssignmentWithdrawn":
      return `${who} återkallade uppdraget till ${unit}`;
    case "CaseTransferred":
      return `${who} lämnade över ärendet till ${directory.authorityName(text("authority"))}`;
    case "TransferAcknowledged":
      return `${directory.authorityName(text("authority"))} bekräftade att ärendet är mottaget`;
    case "TransferReturned":
      return `${who} skickade tillbaka överlämnandet: det hör till ${right}`;
    case "CaseClosed":
      return `${who} avslutade ärendet: ${closeReasonText(text("reason"))}`;
    case "CaseReopened":
      return cause === undefined ? `${who} öppnade ärendet igen` : `${cause}, och ärendet öppnades igen`;
    case "AttentionRaised":
      return cause ?? "Något behöver ses över";
    case "UnitReplyRefused":
      return `Ett svar från ${unit} kom för sent och ändrade ingenting`;
    default:
      return "Ärendet ändrades";
  }
}
