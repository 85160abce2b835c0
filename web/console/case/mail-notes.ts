import type { Message, Sender } from "../api/case-schemas.ts";
import type { Words } from "../words.ts";

const NATURES: Readonly<Record<string, Words>> = {
  thanks: { text: "Bara ett tack: inget svar behövs", tone: "neutral", icon: "check" },
  absence: { text: "Frånvarosvar: ingen har frågat något", tone: "neutral", icon: "clock" },
  "delivery-report": {
    text: "Besked från mejlsystemet om ett mejl som vi har skickat",
    tone: "info",
    icon: "question",
  },
};

/** What a mail is beside a question; nothing of an ordinary one. */
export function natureText(nature: string): Words | undefined {
  return NATURES[nature];
}

/** Something that the agent should know before reading or answering. */
export type MailNote = { tone: "info" | "warning"; text: string };

const ENCRYPTED =
  "Krypterat: kan inte läsas här. Be om ett nytt mejl utan kryptering, ring eller skriv brev.";
const SIGNED = "Mejlet är signerat. Signaturen visas inte och är inte kontrollerad här.";
const SECURED: Readonly<Record<string, MailNote>> = {
  "smime-encrypted": { tone: "warning", text: ENCRYPTED },
  "pgp-encrypted": { tone: "warning", text: ENCRYPTED },
  "smime-signed": { tone: "info", text: SIGNED },
  "pgp-signed": { tone: "info", text: SIGNED },
};

/** What a message means for whoever is to answer it. `answersTo`: the sender of the case, who gets the answers. */
export function mailNotes(
  { secured, replyTo, copies, direction }: Pick<Message, "secured" | "replyTo" | "copies" | "direction">,
  answersTo: Sender,
): readonly MailNote[] {
  if (direction === "out") return [];
  const notes: MailNote[] = [];
  if (secured !== null)
    notes.push(SECURED[secured] ?? { tone: "info", text: `Mejlet är skyddat (${secured}).` });
  if (replyTo !== null) {
    const to = answersTo?.address ?? "den som skrev";
    notes.push({
      tone: "warning",
      text: `Svar går till ${to}, inte till den svarsadress som mejlet anger: ${replyTo}.`,
    });
  }
  if (copies > 0) {
    const others = copies === 1 ? "1 annan mottagare" : `${copies} andra mottagare`;
    notes.push({
      tone: "info",
      text: `Mejlet gick också till ${others}, så någon annan kan redan svara. Vårt svar går bara till den som skrev.`,
    });
  }
  return notes;
}
