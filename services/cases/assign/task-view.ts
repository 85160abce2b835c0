import * as z from "zod/mini";
import { readLetter } from "#shared/letter.ts";
import { type Refused, refuse } from "#shared/refusal.ts";
import { logReading, type Reader } from "../access/read-case.ts";
import { apiEnv } from "../env.ts";
import { replyLetterSchema, taskLetterSchema } from "../events.ts";
import { findDraft } from "../handle/draft-table.ts";
import { mayMail } from "../handle/handling.ts";
import { type Case, mayRead } from "../register/case.ts";
import { findCase } from "../register/case-table.ts";
import { senderSchema } from "../register/people.ts";
import { assignmentAllows } from "./assignment.ts";
import { findTask, type Task } from "./task.ts";
import { transferAllows } from "./transfer.ts";

/** A task as its unit sees it: what is asked, what the citizen wrote, what was answered; nothing else of the case. */
export const taskViewSchema = z.object({
  task: z.enum(["assignment", "transfer"]),
  taskId: z.string(),
  caseId: z.string(),
  caseNumber: z.string(),
  unit: z.string(),
  state: z.string(),
  secret: z.boolean(),
  sentAt: z.string(),
  sentBy: z.string(),
  dueDate: z.nullable(z.string()),
  takenBy: z.nullable(z.string()),
  endedAt: z.nullable(z.string()),
  laps: z.int(),
  request: z.string(),
  subject: z.nullable(z.string()),
  sender: senderSchema,
  messages: z.array(
    z.object({ at: z.string(), direction: z.string(), channel: z.string(), text: z.string() }),
  ),
  /** What the unit has said. */
  reply: z.nullable(z.string()),
  answeredTo: z.nullable(z.string()),
  rightAddress: z.nullable(z.string()),
  diaryNumber: z.nullable(z.string()),
  contact: z.nullable(z.string()),
  draft: z.nullable(z.string()),
  may: z.array(z.enum(["take", "answer", "answer-citizen", "return", "send-on", "acknowledge"])),
});
export type TaskView = z.infer<typeof taskViewSchema>;

/** A task for its unit, or for an agent who may read the case. A secret one is written in the log first. */
export async function readTask(
  { caseId, taskId }: { caseId: string; taskId: string },
  { caller, now }: Reader,
): Promise<TaskView | Refused<"not-found">> {
  const { CASES_TABLE, LETTERS_BUCKET } = apiEnv();
  const [task, current] = await Promise.all([
    findTask(CASES_TABLE, caseId, taskId),
    findCase(CASES_TABLE, caseId),
  ]);
  if (task === undefined || current === undefined) return refuse("not-found");
  const own = caller.units.includes(task.row.unit);
  if (!own && !mayRead(current, caller)) return refuse("not-found");
  if (current.access === "secret") await logReading(caseId, { caller, now }, "task");
  const { row } = task;
  const asked = await readLetter(LETTERS_BUCKET, row.letter, taskLetterSchema);
  const said = row.reply === null ? null : await readLetter(LETTERS_BUCKET, row.reply, replyLetterSchema);
  const draft = own ? await findDraft(CASES_TABLE, caseId, caller.sub, taskId) : null;
  return {
    ...common(task),
    taskId,
    caseId,
    caseNumber: row.caseNumber,
    unit: row.unit,
    state: row.state,
    secret: current.access === "secret",
    sentAt: row.sentAt,
    sentBy: row.sentBy,
    endedAt: row.endedAt,
    request: asked.request,
    subject: asked.subject,
    sender: asked.sender,
    messages: asked.messages,
    reply: said?.text ?? null,
    rightAddress: row.rightAddress,
    draft,
    may: own ? allowed(task, current) : [],
  };
}

function common(task: Task) {
  if (task.task === "transfer") {
    const { dueDate, diaryNumber, contact } = task.row;
    return {
      task: task.task,
      dueDate,
      diaryNumber,
      contact,
      takenBy: null,
      laps: 0,
      answeredTo: null,
    } as const;
  }
  const { dueDate, takenBy, laps, answeredTo } = task.row;
  return {
    task: task.task,
    dueDate,
    takenBy: takenBy?.name ?? null,
    laps,
    answeredTo,
    diaryNumber: null,
    contact: null,
  } as const;
}

function allowed(task: Task, current: Case): TaskView["may"] {
  const may: TaskView["may"] = [];
  const { state } = task.row;
  const allows = (states: readonly string[]) => states.includes(state);
  if (task.task === "transfer") {
    if (allows(transferAllows.acknowledge)) may.push("acknowledge", "return");
    return may;
  }
  if (allows(assignmentAllows.take)) may.push("take");
  if (allows(assignmentAllows.answer)) may.push("answer");
  if (allows(assignmentAllows.answer) && mayMail(current) === undefined) may.push("answer-citizen");
  if (allows(assignmentAllows.return)) may.push("return");
  if (allows(assignmentAllows.return) && current.access !== "secret") may.push("send-on");
  return may;
}
