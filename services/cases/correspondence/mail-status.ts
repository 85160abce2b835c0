import * as z from "zod/mini";

/** What an agent sees of a mail of ours: whether it went, whether it came, or why there was none. */
export const mailStatusCodes = [
  "queued",
  "sent",
  "delivered",
  "bounced",
  "complained",
  "refused",
  "uncertain",
  "skipped",
] as const;
export type MailStatus = (typeof mailStatusCodes)[number];

/** The latest that the e-mail service has told of one mail. */
export const outgoingSchema = z.object({
  outboxId: z.string(),
  /** Rises with every piece of news of this mail; older news never overwrites newer. */
  outboxVersion: z.int(),
  kind: z.enum(["acknowledgement", "answer", "unit-notice", "passed-on", "on-call-alarm"]),
  status: z.enum(mailStatusCodes),
  at: z.string(),
  /** Why it was skipped. */
  reason: z.nullable(z.string()),
});
export type OutgoingMail = z.infer<typeof outgoingSchema>;

export type Failure =
  | "answer-not-delivered"
  | "answer-uncertain"
  | "acknowledgement-not-delivered"
  | "alarm-not-delivered";

/**
 * What a mail's fate means for its case: an answer that the citizen does not have, or perhaps does not have; or an address
 * that no mail reaches, which the answer should not have to find out; or an alarm that whoever is on call has perhaps not had.
 */
export function failureOf({ kind, status }: Pick<OutgoingMail, "kind" | "status">): Failure | undefined {
  if (kind === "acknowledgement") return status === "bounced" ? "acknowledgement-not-delivered" : undefined;
  const failed = status === "bounced" || status === "refused";
  if (kind === "on-call-alarm") return failed || status === "uncertain" ? "alarm-not-delivered" : undefined;
  if (kind !== "answer") return undefined;
  if (status === "uncertain") return "answer-uncertain";
  return failed ? "answer-not-delivered" : undefined;
}
