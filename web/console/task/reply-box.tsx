import type { RefObject } from "preact";
import { useRef, useState } from "preact/hooks";
import { Button } from "../../ui/button.tsx";
import { Choices } from "../../ui/choice.tsx";
import { focusFirstFault } from "../../ui/form-dialog.tsx";
import { Problem } from "../../ui/problem.tsx";
import type { Task } from "../api/task-schemas.ts";
import { DraftField } from "../draft-field.tsx";
import { sendCommandOf } from "../keys.ts";
import { useDraft } from "../use-draft.ts";
import { senderText } from "../words.ts";
import type { DoReply } from "./use-task-reply.ts";

type Props = { task: Task; busy: boolean; field: RefObject<HTMLTextAreaElement | null>; onReply: DoReply };

/** The unit's answer. It goes to the servicecenter, unless the officer chooses the citizen. */
export function ReplyBox({ task, busy, field, onReply }: Props) {
  const draft = useDraft(task.caseId, task.taskId);
  const [to, setTo] = useState<"service-centre" | "citizen">("service-centre");
  const [problem, setProblem] = useState<string | undefined>();
  const [fault, setFault] = useState<string | undefined>();
  const box = useRef<HTMLElement>(null);
  const direct = task.may.includes("answer-citizen");
  const toCitizen = direct && to === "citizen";
  const send = async (): Promise<void> => {
    setProblem(undefined);
    const missing = draft.text.trim() === "";
    setFault(missing ? "Skriv ett svar först." : undefined);
    if (missing) {
      focusFirstFault(box.current);
      return;
    }
    const done = toCitizen
      ? "Svaret är skickat till invånaren, med kopia till servicecentret."
      : "Svaret är skickat till servicecentret.";
    const no = await onReply(
      { reply: "answer", to: toCitizen ? "citizen" : "service-centre", text: draft.text },
      done,
    );
    setProblem(no);
    if (no !== undefined) field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (sendCommandOf(event) === undefined || busy) return;
    event.preventDefault();
    void send();
  };
  return (
    <section class="answer-box" aria-labelledby="answer" ref={box} onKeyDown={onKeyDown}>
      <h2 id="answer" class="ds-heading" data-size="xs">
        Svara
      </h2>
      {direct && (
        <Choices
          legend="Till vem?"
          value={to}
          choices={[
            { value: "service-centre", label: "Svara servicecentret, som berättar för invånaren" },
            {
              value: "citizen",
              label: `Svara invånaren direkt (${senderText(task.sender).who}, kopia till servicecentret)`,
            },
          ]}
          onChoose={(value) => setTo(value === "citizen" ? "citizen" : "service-centre")}
        />
      )}
      <DraftField
        label={toCitizen ? "Svar till invånaren" : "Svar till servicecentret"}
        hint={toCitizen ? "Texten går till invånaren precis som du skriver den." : undefined}
        error={fault}
        rows={7}
        draft={draft}
        field={field}
      />
      <Problem text={problem} />
      <div class="buttons">
        <Button busy={busy} onClick={() => void send()}>
          {toCitizen ? "Skicka till invånaren" : "Skicka till servicecentret"}
        </Button>
      </div>
    </section>
  );
}
