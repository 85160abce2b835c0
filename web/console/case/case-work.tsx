import { useRef, useState } from "preact/hooks";
import { Alert } from "../../ui/alert.tsx";
import { Problem } from "../../ui/problem.tsx";
import type { CaseFile } from "../api/case-schemas.ts";
import { useDesk } from "../desk.ts";
import { useKeys } from "../use-keys.ts";
import { Actions, type Panel, takeChange } from "./actions.tsx";
import { AnswerBox } from "./answer-box.tsx";
import { AssignPanel } from "./assign-panel.tsx";
import { ClosePanel } from "./close-panel.tsx";
import { Conversation } from "./conversation.tsx";
import { History } from "./history.tsx";
import { NoAnswer } from "./no-answer.tsx";
import { NotePanel } from "./note-panel.tsx";
import { ToldPanel } from "./told-panel.tsx";
import { TransferPanel } from "./transfer-panel.tsx";
import { type DoChange, useCaseChange } from "./use-case-change.ts";
import { WatchPanel } from "./watch-panel.tsx";

const PANELS = {
  assign: AssignPanel,
  transfer: TransferPanel,
  note: NotePanel,
  told: ToldPanel,
  watch: WatchPanel,
  close: ClosePanel,
} as const;

type Props = {
  file: CaseFile;
  /** What others have done since the case was opened here. */
  news: string;
  now: Date;
  toldVersion: number;
  onTold: (version: number) => void;
};

/** Everything that can be done with a case, around its conversation. */
export function CaseWork({ file, news, now, toldVersion, onTold }: Props) {
  const { directory, drafts, files, me } = useDesk();
  const { caseId, version } = file.case;
  const { busy, change } = useCaseChange(file);
  const [panel, setPanel] = useState<Panel | undefined>();
  const [problem, setProblem] = useState<string | undefined>();
  const field = useRef<HTMLTextAreaElement>(null);
  const view = useRef<HTMLDivElement>(null);
  const may = (command: string): boolean => file.may.includes(command);

  /** What a change answered, yes or no, is on the screen: the person has been told of it. */
  const tell: DoChange = async (wanted) => {
    const no = await change(wanted);
    onTold(files.read(caseId).data?.case.version ?? version);
    focusIfLost(view.current);
    return no;
  };
  const atOnce: DoChange = async (wanted) => {
    const no = await tell(wanted);
    setProblem(no);
    return no;
  };
  const use = (text: string): void => {
    const begun = drafts.read(caseId, "answer").text.trimEnd();
    drafts.write(caseId, "answer", begun === "" ? text : `${begun}\n\n${text}`);
    // Whoever uses what a unit said has seen what has happened.
    onTold(version);
    field.current?.focus();
  };
  const open = (wanted: Panel, command: string) => (may(command) ? { [wanted]: () => setPanel(wanted) } : {});
  const take = takeChange(file, me.sub);
  useKeys({
    ...open("note", "note"),
    ...open("assign", "assign"),
    ...open("watch", "watch"),
    ...(may("answer") ? { answer: () => field.current?.focus() } : {}),
    ...(take === undefined ? {} : { take: () => void atOnce({ ...take, body: { version } }) }),
  });

  const Form = panel === undefined ? undefined : PANELS[panel];
  return (
    <div ref={view}>
      {file.may.length > 0 && (
        <Actions file={file} busy={busy !== undefined} onPanel={setPanel} onChange={atOnce} />
      )}
      <Problem text={problem} />
      <div class="case-columns">
        <div>
          <Conversation
            file={file}
            now={now}
            onUse={may("answer") ? use : undefined}
            onWithdraw={(assignmentId) =>
              void atOnce({
                action: `assignments/${assignmentId}/withdraw`,
                body: { version },
                done: "Uppdraget är återkallat.",
              })
            }
          />
          <div role="status">
            {news !== "" && (
              <Alert tone="info">
                <p>{news}.</p>
              </Alert>
            )}
          </div>
          {may("answer") ? (
            <AnswerBox
              file={file}
              busy={busy !== undefined}
              field={field}
              toldVersion={toldVersion}
              onChange={tell}
            />
          ) : (
            <NoAnswer file={file} onTold={() => setPanel("told")} />
          )}
        </div>
        <History entries={file.history} directory={directory} now={now} />
      </div>
      {Form !== undefined && (
        <Form
          file={file}
          toldVersion={toldVersion}
          busy={busy !== undefined}
          onChange={tell}
          onClose={() => setPanel(undefined)}
        />
      )}
    </div>
  );
}

/** What had the focus may have gone with the change: then the keyboard goes on from the heading. */
function focusIfLost(view: HTMLElement | null): void {
  requestAnimationFrame(() =>
    setTimeout(() => {
      if (document.activeElement === document.body) view?.closest("main")?.querySelector("h1")?.focus();
    }),
  );
}
