import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { Problem } from "../../ui/problem.tsx";
import { shortDate } from "../../ui/swedish-time.ts";
import { useDesk } from "../desk.ts";
import { CoverageBars } from "./coverage-bars.tsx";
import { RotaDates } from "./rota-dates.tsx";
import { draftFaults } from "./rota-draft.ts";
import { RotaFindings } from "./rota-findings.tsx";
import { RotaGrid } from "./rota-grid.tsx";
import type { KeptRota } from "./rota-schemas.ts";
import { useRota } from "./use-rota.ts";
import type { Basics } from "./with-basics.tsx";

type Props = {
  rotaId: string;
  opened: KeptRota | undefined;
  office: string;
  /** Rises when the office's hours have changed: the rota means something else then. */
  exceptions: number;
  basics: Basics;
};

/** One rota: its dates, who works when, and at once what that would mean. */
export function RotaEditor({ rotaId, opened, office, exceptions, basics }: Props) {
  const { me } = useDesk();
  const { draft, kept, dirty, busy, problem, check, edit, save, approve, publish } = useRota(
    rotaId,
    opened,
    { office, exceptions },
    basics,
  );
  const faults = draftFaults(draft);
  const approved = kept?.rota.approvals.map(({ person }) => person) ?? [];
  const mine = [
    ...new Set(
      (check?.faults ?? []).flatMap(({ code, manager, person }) =>
        code === "not-approved" && manager === me.sub && person !== undefined ? [person] : [],
      ),
    ),
  ];
  const needs = basics.offices.find(({ id }) => id === office)?.minimumStaff ?? 1;
  return (
    <>
      <p class="rota-state">
        <Badge tone={kept?.status === "published" && !dirty ? "success" : "neutral"}>
          {stateText(kept, dirty, basics.today)}
        </Badge>
      </p>
      <RotaDates draft={draft} faults={faults} onEdit={edit} />
      <RotaGrid draft={draft} faults={faults} approved={approved} basics={basics} onEdit={edit} />
      <Problem text={problem} />
      <div class="buttons actions">
        <Button variant="secondary" busy={busy} onClick={() => void save()}>
          Spara utkast
        </Button>
        {mine.length > 0 && (
          <Button variant="secondary" busy={busy} onClick={() => void approve(mine)}>
            Godkänn {mine.map(basics.names.person).join(", ")}
          </Button>
        )}
        {me.roles.includes("manager") && (
          <Button busy={busy} onClick={() => void publish()}>
            Publicera
          </Button>
        )}
      </div>
      {faults.length > 0 && <p class="hint">Rätta de markerade fälten, så räknas schemat igenom.</p>}
      {check !== undefined && (
        <>
          <RotaFindings check={check} basics={basics} />
          <CoverageBars coverage={check.coverage} from={draft.validFrom} needs={needs} today={basics.today} />
        </>
      )}
    </>
  );
}

function stateText(kept: KeptRota | undefined, dirty: boolean, today: string): string {
  if (kept === undefined) return "Nytt, inte sparat";
  if (dirty) return "Ändringar som inte är sparade";
  if (kept.status !== "published") return "Utkast, sparat";
  const { publishedTo } = kept;
  return publishedTo === null ? "Publiceras" : `Publicerat till och med ${shortDate(publishedTo, today)}`;
}
