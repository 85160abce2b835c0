import * as z from "zod/mini";
import { senderSchema } from "./case-schemas.ts";

export const taskRowSchema = z.object({
  task: z.string(),
  taskId: z.string(),
  caseId: z.string(),
  caseNumber: z.string(),
  subject: z.nullable(z.string()),
  sentAt: z.string(),
  dueDate: z.nullable(z.string()),
  takenBy: z.nullable(z.string()),
  laps: z.number(),
});
export type TaskRow = z.infer<typeof taskRowSchema>;

const taskMessageSchema = z.object({
  at: z.string(),
  direction: z.string(),
  channel: z.string(),
  text: z.string(),
});

export const taskSchema = z.extend(taskRowSchema, {
  unit: z.string(),
  state: z.string(),
  secret: z.boolean(),
  sentBy: z.string(),
  endedAt: z.nullable(z.string()),
  request: z.string(),
  sender: senderSchema,
  messages: z.array(taskMessageSchema),
  reply: z.nullable(z.string()),
  answeredTo: z.nullable(z.string()),
  rightAddress: z.nullable(z.string()),
  diaryNumber: z.nullable(z.string()),
  contact: z.nullable(z.string()),
  draft: z.nullable(z.string()),
  may: z.array(z.string()),
});
export type Task = z.infer<typeof taskSchema>;

/** What a unit says of a task. */
export type TaskReply =
  | { reply: "take" }
  | { reply: "answer"; to: "service-centre" | "citizen"; text: string }
  | { reply: "return"; rightAddress: string; sendOn: boolean; text: string }
  | { reply: "acknowledge"; diaryNumber: string; contact: string; dueDate: string };
