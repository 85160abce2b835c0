import { Button } from "../../ui/button.tsx";
import { Problem } from "../../ui/problem.tsx";
import { useDesk } from "../desk.ts";
import { CaseTable } from "../list/case-table.tsx";
import { CASE_LISTS } from "../list/list-words.ts";
import { WorklistPage } from "../list/worklist-page.tsx";
import { DutyPanel } from "./duty-panel.tsx";
import { useMany } from "./use-many.ts";

type Props = { returnedFrom: string | undefined; focused: boolean };

/** What came from senders that could not be trusted, with whoever looks through it today. Several can be judged at once. */
export function QuarantinePage({ returnedFrom, focused }: Props) {
  const { cases } = useDesk();
  const { chosen, choose, busy, problem, judge } = useMany();
  const words = CASE_LISTS.quarantine;
  return (
    <WorklistPage
      store={cases.quarantine}
      words={words}
      returnedFrom={returnedFrom}
      focused={focused}
      above={<DutyPanel />}
    >
      {(rows, added, now) => {
        const ids = rows.filter(({ row, gone }) => !gone && chosen.has(row.id)).map(({ row }) => row.id);
        return (
          <>
            {/* biome-ignore lint/a11y/useSemanticElements: buttons without a form are no fieldset */}
            <div class="buttons actions" role="group" aria-label="Gör något med de valda">
              <p role="status">{ids.length === 0 ? "Inget valt" : `${ids.length} valda`}</p>
              {ids.length > 0 && (
                <>
                  <Button variant="secondary" busy={busy} onClick={() => void judge("admit", ids)}>
                    Släpp in valda
                  </Button>
                  <Button variant="secondary" busy={busy} onClick={() => void judge("spam", ids)}>
                    Avsluta valda som skräp
                  </Button>
                </>
              )}
            </div>
            <Problem text={problem} />
            <CaseTable
              caption={words.title}
              rows={rows}
              added={added}
              now={now}
              choice={{ chosen, onChoose: choose }}
            />
          </>
        );
      }}
    </WorklistPage>
  );
}
