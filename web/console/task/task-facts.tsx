import { Badge } from "../../ui/badge.tsx";
import { ExactTime } from "../../ui/time.tsx";
import type { Task } from "../api/task-schemas.ts";
import { Fact } from "../case/case-facts.tsx";
import { taskStateText } from "../case/task-words.ts";
import { useDesk } from "../desk.ts";
import { PromiseDate } from "../promise-date.tsx";
import { senderText } from "../words.ts";

/** The strip under a task's heading. */
export function TaskFacts({ task, now }: { task: Task; now: Date }) {
  const { directory } = useDesk();
  const { who, detail } = senderText(task.sender);
  return (
    <dl class="case-facts">
      <Fact name="Läge">
        <span class="badges">
          <Badge tone={task.endedAt === null ? "info" : "neutral"}>
            {taskStateText(task.task, task.state)}
          </Badge>
          {task.task === "transfer" && <Badge>Överlämnande</Badge>}
          {task.secret && (
            <Badge tone="danger" icon="lock">
              Sekretess
            </Badge>
          )}
        </span>
      </Fact>
      {task.dueDate !== null && task.endedAt === null && (
        <Fact name="Svar önskas">
          <PromiseDate date={task.dueDate} now={now} words="senast" />
        </Fact>
      )}
      <Fact name="Enhet">{directory.unitName(task.unit)}</Fact>
      {task.task === "assignment" && <Fact name="Har det">{task.takenBy ?? "Ingen ännu"}</Fact>}
      <Fact name="Skickat">
        <span>
          {directory.unitName(task.sentBy)}, <ExactTime at={task.sentAt} />
        </span>
      </Fact>
      <Fact name="Invånare">
        {who}
        {detail !== undefined && <span class="subtle"> {detail}</span>}
      </Fact>
    </dl>
  );
}
