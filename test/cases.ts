import type { Case, Change, Rules } from "#services/cases/register/case.ts";
import {
  type IncomingMail,
  type Known,
  type Opening,
  type Registration,
  registerMail,
} from "#services/cases/register/registration.ts";
import { sealLetter } from "#shared/letter.ts";
import { isRefused } from "#shared/refusal.ts";

/** A Tuesday morning in Sweden. */
export const now = new Date("2026-11-24T08:00:00Z");
export const rules: Rules = { answerWorkingDays: 2, redDays: [] };
export const opening: Opening = {
  caseId: "c".repeat(32),
  caseNumber: "BJO-2026-000001",
  owner: "servicecenter",
  rules,
};
export const amina = { sub: "amina", name: "Amina" };
export const id = (n: number) => n.toString(16).padStart(32, "0");
export const nothingKnown: Known = {
  registeredIn: undefined,
  thread: undefined,
  threadCase: undefined,
  tokenCase: undefined,
  answeredCase: undefined,
};

/** A mail as registration sees it; only what matters need be given. */
export function incomingMail(changes: Partial<IncomingMail> = {}): IncomingMail {
  return {
    mailId: id(1),
    receivedAt: "2026-11-24T07:59:00.000Z",
    addressee: "official",
    addressedUnit: undefined,
    trust: "verified",
    writer: "person",
    nature: "ordinary",
    urgency: null,
    secured: null,
    replyTo: null,
    copies: 0,
    proposal: { kind: "question", unit: undefined },
    sensitive: false,
    mentions: [],
    unreadable: false,
    subject: "Plogning",
    sender: { name: "Åsa", address: "asa@example.org" },
    attachments: [],
    letter: { key: `email/${id(1)}/${"2".repeat(64)}.json`, sha256: "2".repeat(64) },
    threadKey: "t".repeat(32),
    isReply: false,
    ...changes,
  };
}

export function register(mail: IncomingMail, known: Known = nothingKnown): Registration {
  return decided<Registration>(registerMail(mail, known, opening, now));
}

/** A case as a mail has just opened it, with whatever else it has become. */
export function openCase(changes: Partial<Case> = {}): Case {
  return { ...register(incomingMail()).next, ...changes };
}

/** What a decision came to. Throws where it was refused. */
export function decided<T extends object>(outcome: T | { refused: string }): T {
  if (isRefused(outcome)) throw new Error(`refused: ${outcome.refused}`);
  return outcome as T;
}

/** A letter that says nothing in particular. */
export const someLetter = (prefix = "answer", about = id(9)) => sealLetter(prefix, about, { text: "Hej" });

/** The case after a change that must not be refused. */
export function caseAfter(outcome: Change | { refused: string }): Case {
  return decided<Change>(outcome).next;
}
