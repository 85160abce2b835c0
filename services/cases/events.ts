import * as z from "zod/mini";
import { caseNumber, code, count, date, defineEvent, flag, id, instant } from "#shared/event.ts";

export const channelCodes = ["email"] as const;
/** Who may see a case. `intake`: not classified yet, so the servicecenter's intake agents only. */
export const accessCodes = ["intake"] as const;

const aboutMail = {
  mailId: id,
  arrivedAt: instant,
  addressee: code(["reply", "official", "unit", "internal", "unknown"]),
  /** The unit whose mailbox the mail was sent to. */
  addressedUnit: z.optional(id),
  trust: code(["verified", "unknown", "failed"]),
  readable: flag,
};

export const caseOpened = defineEvent("servicecenter/cases", "CaseOpened", {
  caseId: id,
  caseVersion: count,
  caseNumber,
  channel: code(channelCodes),
  owner: id,
  access: code(accessCodes),
  openedAt: instant,
  nextDate: date,
  ...aboutMail,
});

/** A message came to a case that was already there. */
export const messageReceived = defineEvent("servicecenter/cases", "MessageReceived", {
  caseId: id,
  caseVersion: count,
  channel: code(channelCodes),
  ...aboutMail,
});

export type CaseEvent = z.infer<typeof caseOpened.schema> | z.infer<typeof messageReceived.schema>;
