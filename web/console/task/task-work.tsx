import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import { Button } from "../../ui/button.tsx";
import { Problem } from "../../ui/problem.tsx";
import type { Task } from "../api/task-schemas.ts";
import { useKeys } from "../use-keys.ts";
import { AcknowledgePanel } from "./acknowledge-panel.tsx";
import { ReplyBox } from "./reply-box.tsx";
import { ReturnPanel } from "./return-panel.tsx";
import { type DoReply, useTaskReply } from "./use-task-reply.ts";

/** What the API says that the unit can do with the task now, around what it is about. */
export function TaskWork({ task, children }: { task: Task; children: ComponentChildren }) {
  const { busy, reply } = useTaskReply(task);
  const [panel, setPanel] = useState<"return" | "acknowledge" | undefined>();
  const [problem, setProblem] = useState<string | undefined>();
  const field = useRef<HTMLTextAreaElement>(null);
  const view = useRef<HTMLDivElement>(null);
  const may = (act: string): boolean => task.may.includes(act);
  /** The buttons go away when the task has been answered: the keyboard goes on from the heading. */
  const tell: DoReply = async (body, done) => {
    const no = await reply(body, done);
    requestAnimationFrame(() =>
      setTimeout(() => {
        if (document.activeElement === document.body)
          view.current?.closest("main")?.querySelector("h1")?.focus();
      }),
    );
    return no;
  };
  const take = async (): Promise<void> => setProblem(await tell({ reply: "take" }, "Uppdraget är ditt."));
  useKeys({
    ...(may("take") ? { take: () => void take() } : {}),
    ...(may("answer") ? { answer: () => field.current?.focus() } : {}),
  });
  return (
    <div ref={view}>
      <div class="buttons actions">
        {may("take") && (
          <Button variant="secondary" busy={busy} onClick={() => void take()}>
            Ta uppdraget
          </Button>
        )}
        {may("acknowledge") && <Button onClick={() => setPanel("acknowledge")}>Bekräfta mottagande</Button>}
        {may("return") && (
          <Button variant="secondary" onClick={() => setPanel("return")}>
            Skicka tillbaka
          </Button>
        )}
      </div>
      <Problem text={problem} />
      {children}
      {may("answer") && <ReplyBox task={task} busy={busy} field={field} onReply={tell} />}
      {panel === "return" && (
        <ReturnPanel task={task} busy={busy} onReply={tell} onClose={() => setPanel(undefined)} />
      )}
      {panel === "acknowledge" && (
        <AcknowledgePanel busy={busy} onReply={tell} onClose={() => setPanel(undefined)} />
      )}
    </div>
  );
}
