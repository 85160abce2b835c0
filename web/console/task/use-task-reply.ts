import { useState } from "preact/hooks";
import { taskPath } from "../api/paths.ts";
import type { Task, TaskReply } from "../api/task-schemas.ts";
import { taskStateText } from "../case/task-words.ts";
import { failureText } from "../case/use-case-change.ts";
import { taskRefusalText } from "../conflict.ts";
import { useDesk } from "../desk.ts";

/** Says something of a task. Answers why it could not be done, or nothing when it was. */
export type DoReply = (reply: TaskReply, done: string) => Promise<string | undefined>;

/** The one way in which the task page changes a task. What an officer wrote stays until it has been sent. */
export function useTaskReply(task: Task | undefined): { busy: boolean; reply: DoReply } {
  const { api, tasks, taskList, drafts, say } = useDesk();
  const [busy, setBusy] = useState(false);
  const reply: DoReply = async (body, done) => {
    if (task === undefined || busy) return undefined;
    const { caseId, taskId, unit } = task;
    const wrote = "text" in body && body.text !== "";
    setBusy(true);
    try {
      const outcome = await api.replyToTask(caseId, taskId, body);
      if ("refused" in outcome) {
        const { refused, current } = outcome;
        if (current !== undefined) tasks.put(taskPath(caseId, taskId), current);
        const now = current === undefined ? "" : taskStateText(current.task, current.state).toLowerCase();
        return taskRefusalText(refused, now, wrote);
      }
      tasks.put(taskPath(caseId, taskId), outcome.answer);
      void taskList(unit).changed(taskId);
      if (body.reply === "answer" || body.reply === "return") void drafts.clear(caseId, taskId);
      say({ text: done });
      return undefined;
    } catch (error) {
      return failureText(error, wrote);
    } finally {
      setBusy(false);
    }
  };
  return { busy, reply };
}
