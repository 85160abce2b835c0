import { type Refused, refuse } from "#shared/refusal.ts";
import { swedishDate } from "#shared/time/swedish-date.ts";
import type { Addressee, NoAcknowledgement, Trust } from "../events.ts";
import type { Writer } from "../rules/writer.ts";

/** An address gets at most so many acknowledgements a day: the guard against a loop that no header gives away. */
export const acknowledgementsPerDay = 5;

export type AcknowledgementFacts = {
  trust: Trust;
  writer: Writer;
  readable: boolean;
  addressee: Addressee;
  /** Where the mail says that it comes from. Lower case. */
  address: string | null;
  ownDomains: readonly string[];
};

/**
 * To whom a new case is acknowledged: the person who wrote, and only when it is known that they did. An acknowledgement
 * to anybody else is a mail that they never asked for, with our name on it.
 */
export function acknowledge(facts: AcknowledgementFacts): { to: string } | Refused<NoAcknowledgement> {
  if (!facts.readable) return refuse("unreadable");
  if (facts.address === null) return refuse("no-address");
  if (facts.ownDomains.includes(domainOf(facts.address))) return refuse("our-own-address");
  if (facts.addressee === "internal") return refuse("not-for-citizens");
  if (facts.writer === "machine") return refuse("written-by-a-machine");
  if (facts.trust !== "verified") return refuse("sender-not-verified");
  return { to: facts.address };
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf("@") + 1);
}

export type AcknowledgementFields = {
  caseNumber: string;
  /** The promise, `2026-11-26`. */
  nextDate: string;
  organisation: string;
  serviceCentre: string;
  phone: string;
  openingHours: string;
  /** The citizen's page about the case. */
  page: string;
};

/** The text. It never holds a word of the sender's, so that nobody can make us carry their message to a third. */
export function acknowledgementText(fields: AcknowledgementFields): { subject: string; text: string } {
  const text = [
    "Hej!",
    "",
    `Vi har tagit emot ditt mejl. Ärendenummer: ${fields.caseNumber}.`,
    `Du får svar senast ${swedishDate(fields.nextDate)}.`,
    "",
    "Vill du lägga till något? Svara på det här mejlet.",
    `Här kan du följa ditt ärende: ${fields.page}`,
    "Dela inte länken: den som har den kan läsa ärendet.",
    `Du kan också ringa ${fields.phone}. Vi har öppet ${fields.openingHours}.`,
    "",
    "Ditt mejl är en allmän handling. Den som ber om det kan få läsa den, men vi prövar alltid sekretess först.",
    "Skicka inte känsliga uppgifter med e-post. Ring oss i stället.",
    "",
    fields.organisation,
    fields.serviceCentre,
    "",
  ].join("\n");
  return { subject: `Vi har tagit emot ditt mejl, ärende ${fields.caseNumber}`, text };
}
