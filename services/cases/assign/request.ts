import { apiEnv } from "../env.ts";
import type { SealedLetter } from "../register/case.ts";
import type { CaseFile } from "../register/case-table.ts";
import { conversation } from "../register/message-text.ts";
import { sealTask } from "./task.ts";

/** The letter with which a unit is asked: what we want, and what the citizen and we have written. No notes of ours. */
export async function requestTo(
  unit: string,
  file: CaseFile,
  asked: { task: "assignment" | "transfer"; taskId: string; text: string },
): Promise<SealedLetter> {
  const { caseId, caseNumber, sender, subject } = file.case;
  return sealTask({
    task: asked.task,
    taskId: asked.taskId,
    caseId,
    caseNumber,
    unit,
    request: asked.text,
    sender,
    subject,
    messages: await conversation(apiEnv().LETTERS_BUCKET, file.messages),
  });
}
