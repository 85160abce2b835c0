import type { OutgoingMail } from "./api/case-schemas.ts";
import type { Words } from "./words.ts";

/** Why the e-mail service sent nothing, in words. */
const SKIPPED: Readonly<Record<string, string>> = {
  "sender-not-verified": "avsändaren är inte bekräftad",
  "written-by-a-machine": "mejlet är automatiskt, eller kan vara det",
  "only-thanks": "mejlet är bara ett tack",
  "no-answer-due": "mejlet är en faktura",
  unreadable: "mejlet gick inte att läsa",
  "no-address": "avsändaradress saknas",
  "our-own-address": "mejlet kom från en av våra egna adresser",
  "not-for-citizens": "mejlet kom till den interna adressen",
  urgent: "ärendet är brådskande",
  "answered-already": "svaret gick iväg först",
  "address-blocked": "ett tidigare mejl till adressen kom tillbaka",
  "too-many-today": "adressen har redan fått flera bekräftelser i dag",
  "too-soon": "adressen fick en bekräftelse för några minuter sedan",
  "too-many-now": "ovanligt många bekräftelser just nu",
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
    case "queued":
      return { text: `${mail.the} står i kö`, tone: "neutral", icon: "clock" };
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

const REACH_THEM = "Ring eller skriv brev.";

/** What the agent can do about a mail of ours; undefined when it is as it should be. */
export function mailAdvice({
  kind,
  status,
  reason,
}: Pick<OutgoingMail, "kind" | "status" | "reason">): string | undefined {
  if (status === "queued") return "Det skickas så snart det går. Du behöver inte göra något.";
  if (kind === "unit-notice")
    return status === "bounced" || status === "refused" || status === "uncertain"
      ? "Ring enheten. Är adressen fel: säg till systemförvaltaren."
      : undefined;
  switch (status) {
    case "bounced":
    case "refused":
      return kind === "answer" ? `Kontrollera adressen. ${REACH_THEM}` : REACH_THEM;
    case "complained":
      return `Skicka helst inte fler mejl hit. ${REACH_THEM}`;
    case "uncertain":
      return kind === "answer" ? "Skicka svaret igen, eller ring." : "Den skickas inte igen. Svaret räcker.";
    case "skipped":
      return SKIPPED_ADVICE[reason ?? ""];
    default:
      return undefined;
  }
}

const SKIPPED_ADVICE: Readonly<Record<string, string>> = {
  "sender-not-verified": "Invånaren vet inte att mejlet kom fram. Svara som vanligt.",
  unreadable: "Öppna mejlet och se om det går att svara.",
  "no-address": "Det går inte att svara med mejl.",
  urgent: "Följ rutinen för brådskande ärenden.",
  "address-blocked": REACH_THEM,
  "too-many-now": "Invånaren vet inte att mejlet kom fram. Svara som vanligt.",
};

/** An answer whose mail nothing has been heard of yet. */
export const ON_ITS_WAY: Words = { text: "Svaret är på väg", tone: "neutral", icon: "clock" };

const NAMES: Readonly<Record<string, string>> = {
  acknowledgement: "Bekräftelse",
  neutral: "Bekräftelse när ärendet är känsligt",
  answer: "Svar",
  "answer-files-on-page": "I ett svar vars filer är för stora för e-post",
};

/** What a text is for. */
export function mailName(name: string): string {
  return NAMES[name] ?? name;
}

const languages = new Intl.DisplayNames("sv-SE", { type: "language" });

/** "Svenska", "Engelska" by ISO 639. */
export function languageName(code: string): string {
  const name = languages.of(code) ?? code;
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}
