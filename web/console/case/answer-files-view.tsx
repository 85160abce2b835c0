import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { useDesk } from "../desk.ts";
import { fileTypeText, sizeText } from "../words.ts";
import {
  type AnswerFile,
  answerFileText,
  isStuck,
  mayTryAgain,
  wayText,
  whyNotSent,
} from "./answer-file-rules.ts";

/** The files of the answer that is being written in a case, and what can be done with them. `onTouch`: when somebody does it. */
export function useAnswerFiles(caseId: string, onTouch: () => void) {
  const { answerFiles } = useDesk();
  const [, redraw] = useState({});
  useEffect(() => answerFiles.watch(() => redraw({})), [answerFiles]);
  const files = answerFiles.read(caseId);
  const add = (added: readonly File[]): void => {
    onTouch();
    answerFiles.add(caseId, added);
  };
  return {
    files,
    /** As the API takes them. */
    named: files.flatMap(({ sha256, name, contentType }) =>
      sha256 === undefined ? [] : [{ sha256, name, contentType }],
    ),
    whyNotSent: whyNotSent(files),
    add,
    remove: (id: number): void => {
      onTouch();
      answerFiles.remove(caseId, id);
    },
    again: (id: number): void => {
      onTouch();
      answerFiles.again(caseId, id);
    },
    clear: (): void => answerFiles.clear(caseId),
    /** For the whole box: a file that is dropped beside the target would else be opened instead of the page. */
    dropping: {
      onDragOver: (event: DragEvent): void => {
        if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
      },
      onDrop: (event: DragEvent): void => {
        const dropped = [...(event.dataTransfer?.files ?? [])];
        if (dropped.length === 0) return;
        event.preventDefault();
        add(dropped);
      },
    },
  };
}

type Props = Pick<ReturnType<typeof useAnswerFiles>, "files" | "add" | "remove" | "again">;

/** What goes with the answer, and the way to add to it. */
export function AnswerFiles({ files, add, remove, again }: Props) {
  const picker = useRef<HTMLInputElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const way = wayText(files);
  const removeAt = (place: number, id: number): void => {
    remove(id);
    focusAfter(box, place);
  };
  return (
    <div class="answer-files" ref={box}>
      {files.length > 0 && (
        <ul aria-label="Filer till svaret">
          {files.map((file, place) => (
            <FileRow
              key={file.id}
              file={file}
              onRemove={() => removeAt(place, file.id)}
              onAgain={() => again(file.id)}
            />
          ))}
        </ul>
      )}
      <div role="status">{way !== undefined && <p class="hint">{way}</p>}</div>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        onChange={({ currentTarget }) => {
          add([...(currentTarget.files ?? [])]);
          // The same file can be chosen once more.
          currentTarget.value = "";
        }}
      />
      <p class="answer-files-add">
        <Button variant="tertiary" accent class="attach-button" onClick={() => picker.current?.click()}>
          <Icon name="clip" /> Bifoga fil
        </Button>
        <span class="hint">eller dra hit filer. Högst 10 filer, 25 MB var.</span>
      </p>
    </div>
  );
}

type RowProps = { file: AnswerFile; onRemove: () => void; onAgain: () => void };

function FileRow({ file: { name, contentType, bytes, state, sent }, onRemove, onAgain }: RowProps) {
  const wrong = isStuck({ state });
  const kind = contentType === "" ? "" : `${fileTypeText(contentType)}, `;
  return (
    <li>
      <span class="file-name">{name}</span>{" "}
      <span class="subtle">
        {kind}
        {sizeText(bytes)}
      </span>
      <div role="status">
        <p class={wrong ? "file-state field-error" : "file-state hint"}>{answerFileText(state)}</p>
      </div>
      {state === "sending" && <progress max={1} value={sent} aria-label={`Uppladdning av ${name}`} />}
      <div class="buttons">
        {mayTryAgain(state) && (
          <Button variant="secondary" accent onClick={onAgain}>
            Försök igen<span class="ds-sr-only"> med {name}</span>
          </Button>
        )}
        <Button variant="tertiary" accent class="remove-file" onClick={onRemove}>
          Ta bort<span class="ds-sr-only"> {name}</span>
        </Button>
      </div>
    </li>
  );
}

/** The button that had the focus is gone with its file: the keyboard goes on from the next one, or from where files are added. */
function focusAfter(box: RefObject<HTMLDivElement | null>, place: number): void {
  requestAnimationFrame(() =>
    setTimeout(() => {
      const left = [...(box.current?.querySelectorAll<HTMLElement>(".remove-file") ?? [])];
      const next = left[Math.min(place, left.length - 1)];
      (next ?? box.current?.querySelector<HTMLElement>(".attach-button"))?.focus();
    }),
  );
}
