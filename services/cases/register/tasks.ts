import * as z from "zod/mini";
import { personSchema } from "./people.ts";

/** Where an assignment stands. Answering is taking: nobody must accept first. */
export const assignmentStates = ["sent", "taken", "answered", "returned", "withdrawn"] as const;
export type AssignmentState = (typeof assignmentStates)[number];

const letterSchema = z.object({ key: z.string(), sha256: z.string() });

export const assignmentSchema = z.object({
  assignmentId: z.string(),
  caseId: z.string(),
  caseNumber: z.string(),
  unit: z.string(),
  state: z.enum(assignmentStates),
  sentAt: z.string(),
  sentBy: z.string(),
  dueDate: z.string(),
  /** How many units sent it on before it came to this one. */
  laps: z.int(),
  /** What is asked. */
  letter: letterSchema,
  /** Null where the case is secret: a list must not tell. */
  subject: z.nullable(z.string()),
  takenBy: z.nullable(personSchema),
  endedAt: z.nullable(z.string()),
  /** What the unit said: its answer, or why it sent it back. */
  reply: z.nullable(letterSchema),
  answeredTo: z.nullable(z.enum(["service-centre", "citizen"])),
  /** Of a returned one: the unit that it belongs to, or `outside`. */
  rightAddress: z.nullable(z.string()),
});
export type Assignment = z.infer<typeof assignmentSchema>;

/** Where a transfer stands: watched by the servicecenter until the authority has said that it has the matter. */
export const transferStates = ["sent", "acknowledged", "returned"] as const;
export type TransferState = (typeof transferStates)[number];

export const transferSchema = z.object({
  transferId: z.string(),
  caseId: z.string(),
  caseNumber: z.string(),
  unit: z.string(),
  authority: z.string(),
  state: z.enum(transferStates),
  sentAt: z.string(),
  sentBy: z.string(),
  letter: letterSchema,
  subject: z.nullable(z.string()),
  endedAt: z.nullable(z.string()),
  /** The authority's own number for the matter, whom the citizen can turn to, and when they will hear. */
  diaryNumber: z.nullable(z.string()),
  contact: z.nullable(z.string()),
  dueDate: z.nullable(z.string()),
  reply: z.nullable(letterSchema),
  rightAddress: z.nullable(z.string()),
});
export type Transfer = z.infer<typeof transferSchema>;
