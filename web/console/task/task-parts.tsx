import { dateInSweden, shortDate } from "../../ui/swedish-time.ts";
import { ExactTime } from "../../ui/time.tsx";
import type { Task } from "../api/task-schemas.ts";
import { repliedText } from "../case/task-words.ts";
import { useDesk } from "../desk.ts";
import { channelText } from "../words.ts";

/** The conversation with the citizen, as far as it had come when the unit was asked. */
export function TaskMessages({ task }: { task: Task }) {
  return (
    <section aria-labelledby="conversation">
      <h2 id="conversation" class="ds-heading" data-size="xs">
        Konversation med invånaren
      </h2>
      {task.messages.map((message, index) => (
        <article
          key={index}
          class={message.direction === "out" ? "ds-card message ours" : "ds-card message"}
          data-color="neutral"
        >
          <header>
            <h3 class="ds-heading" data-size="2xs">
              {message.direction === "out" ? "Till invånaren" : "Från invånaren"}
            </h3>
            <span class="subtle">{channelText(message.channel).text}</span>
            <ExactTime at={message.at} />
          </header>
          <div class="message-text">{message.text.trimEnd()}</div>
        </article>
      ))}
    </section>
  );
}

/** What the unit has said, once it has. */
export function TaskOutcome({ task, now }: { task: Task; now: Date }) {
  const { directory } = useDesk();
  const acknowledged = task.state === "acknowledged" && task.dueDate !== null;
  if (task.reply === null && !acknowledged) return null;
  return (
    <section class="ds-card message ours" data-color="neutral" aria-labelledby="reply">
      <header>
        <h2 id="reply" class="ds-heading" data-size="xs">
          {acknowledged ? "Ni har tagit emot ärendet" : repliedText(task, directory)}
        </h2>
        {task.endedAt !== null && <ExactTime at={task.endedAt} />}
      </header>
      {acknowledged && (
        <p>
          Diarienummer {task.diaryNumber}. Invånaren kan kontakta {task.contact}. Besked väntas senast{" "}
          {shortDate(task.dueDate ?? "", dateInSweden(now))}.
        </p>
      )}
      {task.reply !== null && <div class="message-text">{task.reply.trimEnd()}</div>}
    </section>
  );
}
