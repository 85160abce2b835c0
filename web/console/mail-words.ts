import type { OutgoingMail } from "./api/case-schemas.ts";
import type { Words } from "./words.ts";

/** Why the e-mail service sent nothing, in words. */
const SKIPPED: Readonly<Record<string, string>> = {
  "sender-not-verified": "avsändaren är inte bekräftad",
  "written-by-a-machine": "mejlet är automatiskt",
  "only-thanks": "mejlet är bara ett tack",
  "no-answer-due": "mejlet är en faktura",
  unreadable: "mejlet gick inte att läsa",
  "no-address": "avsändaradress saknas",
  "our-own-address": "mejlet kom från en av våra egna adresser",
  "not-for-citizens": "mejlet kom till den interna adressen",
  "too-many-today": "adressen har redan fått flera bekräftelser i dag",
};

type Named = { sent: string; the: string; it: string };

const MAIL: Named = { sent: "Mejl skickat", the: "Mejlet", it: "mejlet" };
const MAILS: Readonly<Record<string, Named>> = {
  acknowledgement: { sent: "Bekräftelse skickad", the: "Bekräftelsen", it: "bekräftelsen" },
  answer: { sent: "Svaret är skickat", the: "Svaret", it: "svaret" },
  "unit-notice": {
    sent: "Notis skickad till enheten",
    the: "Notisen till enheten",
    it: "notisen till enheten",
  },
};

/** What became of a mail of ours, as the agent needs to know it: did the citizen hear of us or not? */
export function mailText({ kind, status, reason }: Pick<OutgoingMail, "kind" | "status" | "reason">): Words {
  const mail = MAILS[kind] ?? MAIL;
  switch (status) {
    case "sent":
      return { text: mail.sent, tone: "neutral", icon: "check" };
    case "delivered":
      return { text: `${mail.the} har kommit fram`, tone: "success", icon: "check" };
    case "skipped":
      return skipped(kind, reason);
    case "uncertain":
      return { text: `Osäkert om ${mail.it} gick iväg`, tone: "warning", icon: "question" };
    case "bounced":
      return { text: `${mail.the} nådde inte fram`, tone: "danger", icon: "warning" };
    case "complained":
      return { text: `Mottagaren har anmält ${mail.it} som skräppost`, tone: "warning", icon: "warning" };
    default:
      return { text: `${mail.the} gick inte att skicka`, tone: "danger", icon: "warning" };
  }
}

function skipped(kind: string, reason: string | null): Words {
  const why = SKIPPED[reason ?? ""] ?? "okänd orsak";
  return kind === "answer"
    ? { text: `Svaret skickades inte: ${why}`, tone: "danger", icon: "warning" }
    : { text: `Ingen bekräftelse skickad: ${why}`, tone: "neutral", icon: "question" };
}

/** An answer whose mail nothing has been heard of yet. */
export const ON_ITS_WAY: Words = { text: "Svaret är på väg", tone: "neutral", icon: "clock" };
