import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import type { Attachment } from "../api/case-schemas.ts";
import { useDesk } from "../desk.ts";
import { useFetched } from "../use-fetched.ts";
import { fileTypeText, sizeText } from "../words.ts";
import { afterAnswer, type FileState, fileText, PAUSE_MS } from "./file-state.ts";

type Props = { files: readonly Attachment[]; path: string };

/** The files of a message (`path` is its own in the API). They are saved, never opened here. */
export function Attachments({ files, path }: Props) {
  const { texts } = useDesk();
  const { data } = useFetched(texts, path);
  const unpacked = new Set(data?.files.filter((file) => file.unpacked).map(({ sha256 }) => sha256));
  // A message's row lists the first of many; what is fetched with its text has them all.
  const all = data !== undefined && data.files.length > files.length ? data.files : files;
  return (
    <section class="attachments" aria-label="Bilagor">
      <p class="attachments-title with-icon">
        <Icon name="clip" /> {all.length === 1 ? "1 bilaga" : `${all.length} bilagor`}
      </p>
      <ul>
        {all.map((file, index) => (
          <FileView key={index} file={file} path={path} unpacked={unpacked.has(file.sha256 ?? "")} />
        ))}
      </ul>
    </section>
  );
}

type FileProps = { file: Attachment; path: string; unpacked: boolean };

function FileView({ file, path, unpacked }: FileProps) {
  const name = file.name ?? "Bilaga utan namn";
  const { state, fetchFile, cancel } = useFile(file.sha256, path);
  const busy = state === "asking" || state === "waiting";
  const text = fileText(state);
  return (
    <li>
      <span class="file-name">{name}</span>{" "}
      <span class="subtle">
        {fileTypeText(file.contentType)}, {sizeText(file.bytes)}
        {unpacked && ", uppackad ur winmail.dat"}
      </span>
      {file.sha256 === null && <p class="hint">Finns i det sparade originalet men kan inte hämtas här.</p>}
      {file.sha256 !== null && state !== "infected" && state !== "unscannable" && (
        <Button variant="tertiary" accent busy={busy} onClick={() => void fetchFile(false)}>
          Ladda ner<span class="ds-sr-only"> {name}</span>
        </Button>
      )}
      <div role="status">
        {text !== "" && (
          <p class={state === "infected" ? "file-state field-error" : "file-state hint"}>{text}</p>
        )}
      </div>
      {state === "unscannable" && (
        <div class="buttons">
          <Button variant="secondary" accent onClick={() => void fetchFile(true)}>
            Ladda ner ändå<span class="ds-sr-only"> {name}</span>
          </Button>
          <Button variant="tertiary" accent onClick={cancel}>
            Avbryt
          </Button>
        </div>
      )}
    </li>
  );
}

/** Asks for a file until it is known whether it can be had; while it is being scanned, a few times by itself. */
function useFile(sha256: string | null, path: string) {
  const { api } = useDesk();
  const [state, setState] = useState<FileState>("idle");
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const ask = async (anyway: boolean, tries: number): Promise<void> => {
    if (sha256 === null) return;
    setState(tries === 1 ? "asking" : "waiting");
    try {
      const outcome = await api.openFile(path, sha256, anyway);
      const answer = "answer" in outcome ? outcome.answer : outcome;
      const next = afterAnswer(answer, tries);
      setState(next);
      if ("url" in answer) save(answer);
      if (next === "waiting") timer.current = setTimeout(() => void ask(anyway, tries + 1), PAUSE_MS);
    } catch {
      setState("failed");
    }
  };
  return { state, fetchFile: (anyway: boolean) => ask(anyway, 1), cancel: () => setState("idle") };
}

/** The address answers with a file to be saved (Content-Disposition), so the page stays where it is. */
function save({ url, name }: { url: string; name: string }): void {
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.rel = "noreferrer";
  link.click();
}
