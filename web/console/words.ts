import type { BadgeTone } from "../ui/badge.tsx";
import type { IconName } from "../ui/icon.tsx";
import type { Sender } from "./api.ts";

/** A case's or a message's subject as it is shown. */
export function subjectText(subject: string | null): string {
  return subject === null || subject.trim() === "" ? "(inget ämne)" : subject;
}

/** Who sent: the name when there is one, else the address. `detail` is the address beside a name. */
export function senderText(sender: Sender): { who: string; detail: string | undefined } {
  const name = sender?.name?.trim();
  const address = sender?.address?.trim();
  if (name) return { who: name, detail: address || undefined };
  return { who: address || "Okänd avsändare", detail: undefined };
}

/** The channel in a word. One that this console does not know is shown as it came. */
export function channelText(channel: string): { text: string; icon: IconName } {
  return channel === "email" ? { text: "E-post", icon: "mail" } : { text: channel, icon: "question" };
}

/** The state of a case in a word. */
export function statusText(status: string): string {
  return { open: "Öppet", closed: "Avslutat" }[status] ?? status;
}

/** How far the sender's address can be trusted. Anything that is not known to be good or bad is not confirmed. */
export function trustText(trust: string): { text: string; tone: BadgeTone; icon: IconName } {
  if (trust === "verified") return { text: "Avsändaren är bekräftad", tone: "success", icon: "check" };
  if (trust === "failed") return { text: "Kan vara förfalskad", tone: "danger", icon: "warning" };
  return { text: "Avsändaren är inte bekräftad", tone: "neutral", icon: "question" };
}

/** Why a new case got no acknowledgement, in words. */
const SKIPPED: Record<string, string> = {
  "sender-not-verified": "avsändaren är inte bekräftad",
  "written-by-a-machine": "mejlet är automatiskt",
  unreadable: "mejlet gick inte att läsa",
  "no-address": "avsändaradress saknas",
  "our-own-address": "mejlet kom från en av våra egna adresser",
  "not-for-citizens": "mejlet kom till den interna adressen",
  "too-many-today": "adressen har redan fått flera bekräftelser i dag",
};

/** What became of the acknowledgement, as the agent needs to know it: did the citizen hear of us or not? */
export function acknowledgementText(
  status: string,
  reason: string | null,
): { text: string; tone: BadgeTone; icon: IconName } {
  switch (status) {
    case "sent":
      return { text: "Bekräftelse skickad", tone: "neutral", icon: "check" };
    case "delivered":
      return { text: "Bekräftelsen har kommit fram", tone: "success", icon: "check" };
    case "skipped":
      return {
        text: `Ingen bekräftelse skickad: ${SKIPPED[reason ?? ""] ?? "okänd orsak"}`,
        tone: "neutral",
        icon: "question",
      };
    case "uncertain":
      return { text: "Osäkert om bekräftelsen gick iväg", tone: "warning", icon: "question" };
    case "bounced":
      return { text: "Bekräftelsen nådde inte fram", tone: "danger", icon: "warning" };
    case "complained":
      return { text: "Mottagaren har anmält bekräftelsen som skräppost", tone: "warning", icon: "warning" };
    default:
      return { text: "Bekräftelsen gick inte att skicka", tone: "danger", icon: "warning" };
  }
}

/** What happened to a case, in words. */
export function historyText(type: string): string {
  return (
    { CaseOpened: "Ärendet skapades", MessageReceived: "Nytt meddelande kom in" }[type] ?? "Ärendet ändrades"
  );
}

const TYPES: readonly (readonly [RegExp, string])[] = [
  [/^application\/pdf$/, "PDF"],
  [/^image\//, "bild"],
  [/^audio\//, "ljud"],
  [/^video\//, "film"],
  [/^message\/rfc822$/, "e-post"],
  [/^text\/calendar$/, "kalenderhändelse"],
  [/^text\/plain$/, "text"],
  [/^text\/html$/, "webbsida"],
  [/wordprocessingml|msword|opendocument\.text$/, "textdokument"],
  [/spreadsheetml|ms-excel|opendocument\.spreadsheet$|^text\/csv$/, "kalkylblad"],
  [/presentationml|ms-powerpoint/, "presentation"],
  [/^application\/(zip|x-7z-compressed|vnd\.rar)$/, "packad fil"],
];

/** The kind of a file in a word; the content type itself when it is an unusual one. */
export function fileTypeText(contentType: string): string {
  return TYPES.find(([pattern]) => pattern.test(contentType.toLowerCase()))?.[1] ?? contentType;
}

/** "240 kB", "1,5 MB": with the units and the comma that Swedish programs show. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} byte`;
  if (bytes < 999_500) return `${Math.round(bytes / 1000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1).replace(".", ",")} MB`;
}
