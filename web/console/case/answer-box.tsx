import type { RefObject } from "preact";
import { useRef, useState } from "preact/hooks";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { focusFirstFault } from "../../ui/form-dialog.tsx";
import { Problem } from "../../ui/problem.tsx";
import type { CaseFile } from "../api/case-schemas.ts";
import { DraftField } from "../draft-field.tsx";
import { sendCommandOf } from "../keys.ts";
import { useDraft } from "../use-draft.ts";
import { trustText } from "../words.ts";
import { addresseeOf } from "./addressee.ts";
import { AnswerFiles, useAnswerFiles } from "./answer-files-view.tsx";
import type { DoChange } from "./use-case-change.ts";

type Props = {
  file: CaseFile;
  busy: boolean;
  field: RefObject<HTMLTextAreaElement | null>;
  /** The version that the page has told the person about. */
  toldVersion: number;
  onChange: DoChange;
};

/** The answer to the citizen. It goes to the address of the case, which stands above it, and nowhere else. */
export function AnswerBox({ file, busy, field, toldVersion, onChange }: Props) {
  const { caseId, version } = file.case;
  const draft = useDraft(caseId, "answer");
  const [problem, setProblem] = useState<string | undefined>();
  // What was said of the files does not hold once they are others.
  const along = useAnswerFiles(caseId, () => setProblem(undefined));
  const [fault, setFault] = useState<string | undefined>();
  const box = useRef<HTMLElement>(null);
  // The version that was on the screen when the text was last touched: what came after it may be unseen.
  const seen = useRef(version);
  seen.current = Math.max(seen.current, toldVersion);
  const { address, trust } = addresseeOf(file);
  const badge = trustText(trust);

  const write = (text: string): void => {
    seen.current = version;
    setFault(undefined);
    draft.write(text);
  };
  const send = async (close: boolean): Promise<void> => {
    setProblem(undefined);
    if (draft.text.trim() === "") {
      setFault("Skriv ett svar först.");
      focusFirstFault(box.current);
      return;
    }
    if (along.whyNotSent !== undefined) {
      setProblem(along.whyNotSent);
      return;
    }
    const done = close ? "Svaret är skickat och ärendet avslutat." : "Svaret är skickat.";
    const body = { version: seen.current, text: draft.text, close, files: along.named };
    const no = await onChange({ action: "answer", body, done, box: "answer" });
    setProblem(no);
    if (no === undefined) along.clear();
    if (no !== undefined) field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const command = sendCommandOf(event);
    if (command === undefined || busy) return;
    event.preventDefault();
    void send(command === "send-and-close" && file.may.includes("close"));
  };

  return (
    <section class="answer-box" aria-labelledby="answer" ref={box} onKeyDown={onKeyDown} {...along.dropping}>
      <h2 id="answer" class="ds-heading" data-size="xs">
        Svara invånaren
      </h2>
      <p class="answer-to">
        <span>
          Till <strong>{address}</strong>
        </span>
        <Badge tone={badge.tone} icon={badge.icon}>
          {badge.text}
        </Badge>
      </p>
      <DraftField label="Ditt svar" error={fault} rows={7} draft={{ ...draft, write }} field={field} />
      <AnswerFiles files={along.files} add={along.add} remove={along.remove} again={along.again} />
      <Problem text={problem} />
      <div class="buttons">
        <Button busy={busy} onClick={() => void send(false)}>
          Skicka
        </Button>
        {file.may.includes("close") && (
          <Button variant="secondary" busy={busy} onClick={() => void send(true)}>
            Skicka och avsluta
          </Button>
        )}
      </div>
    </section>
  );
}
