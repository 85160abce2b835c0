import { fill } from "#shared/fill.ts";
import { type Refused, refuse } from "#shared/refusal.ts";
import { dateInWords } from "#shared/time/date-in-words.ts";
import type { Addressee, NoAcknowledgement, Trust } from "../events.ts";
import type { Nature } from "../rules/nature.ts";
import type { Writer } from "../rules/writer.ts";

/** An address gets at most so many acknowledgements a day: the guard against a loop that no header gives away. */
export const acknowledgementsPerDay = 5;

/** And none so soon after the last: whoever answers us within minutes, and not in the case, is hardly a person. */
export const quietMs = 5 * 60_000;

export type AcknowledgementFacts = {
  trust: Trust;
  writer: Writer;
  readable: boolean;
  addressee: Addressee;
  /** Where the mail says that it comes from. Lower case. */
  address: string | null;
  ownDomains: readonly string[];
  /** Somebody may be in danger, of whatever kind. */
  urgency?: string | undefined;
  access: "intake" | "public" | "secret";
  nature: Nature;
  /** What the case seems to be about. */
  kind: string;
};

/** Which of the texts: the ordinary one, or the one that gives nothing away. */
export type Wording = "acknowledgement" | "neutral";

/**
 * To whom a new case is acknowledged, and how: the person who wrote, and only when it is known that they did. An
 * acknowledgement to anybody else is a mail that they never asked for, with our name on it. Where somebody may be in
 * danger there is none: whoever shares the sender's screen would see it.
 */
export function acknowledge(
  facts: AcknowledgementFacts,
): { to: string; wording: Wording } | Refused<NoAcknowledgement> {
  if (facts.urgency !== undefined) return refuse("urgent");
  if (!facts.readable) return refuse("unreadable");
  if (facts.address === null) return refuse("no-address");
  if (isOurs(facts.address, facts.ownDomains)) return refuse("our-own-address");
  if (facts.addressee === "internal") return refuse("not-for-citizens");
  if (facts.writer !== "person") return refuse("written-by-a-machine");
  if (facts.nature === "thanks") return refuse("only-thanks");
  if (facts.kind === "invoice") return refuse("no-answer-due");
  if (facts.trust !== "verified") return refuse("sender-not-verified");
  return { to: facts.address, wording: facts.access === "secret" ? "neutral" : "acknowledgement" };
}

/** An address at one of our own domains: a mail from there would be answered to ourselves. */
export function isOurs(address: string, ownDomains: readonly string[]): boolean {
  return ownDomains.includes(address.slice(address.lastIndexOf("@") + 1));
}

export type AcknowledgementFields = {
  caseNumber: string;
  /** The promise, `2026-11-26`. */
  nextDate: string;
  organisation: string;
  serviceCentre: string;
  phone: string;
  /** In the language's own words. */
  openingHours: string;
  /** The citizen's page about the case. */
  page: string;
};

type Template = { subject: string; text: string };

/**
 * The mail, in a language of the municipality's. It never holds a word of the sender's, so that nobody can make us carry
 * their message to a third.
 */
export function acknowledgementContent(
  language: string,
  template: Template,
  { nextDate, ...fields }: AcknowledgementFields,
) {
  const values = { ...fields, promisedDate: dateInWords(nextDate, language) };
  return { language, subject: fill(template.subject, values), text: fill(template.text, values) };
}
