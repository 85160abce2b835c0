import { Button } from "../../ui/button.tsx";
import type { CaseFile } from "../api/case-schemas.ts";
import { useDesk } from "../desk.ts";
import { bookForCaseHref } from "../route.ts";
import type { Change, DoChange } from "./use-case-change.ts";

/** What opens a form. */
export type Panel = "assign" | "transfer" | "note" | "told" | "watch" | "close";

type Props = {
  file: CaseFile;
  busy: boolean;
  onPanel: (panel: Panel) => void;
  onChange: DoChange;
};

const PANELS: readonly (readonly [command: string, panel: Panel, text: string])[] = [
  ["assign", "assign", "Skicka uppdrag"],
  ["transfer", "transfer", "Lämna över till nämnd"],
  ["tell", "told", "Berättat på annat sätt"],
  ["note", "note", "Anteckna"],
  ["watch", "watch", "Bevaka"],
  ["close", "close", "Avsluta"],
];

/** What the API says can be done with the case now, and nothing else. */
export function Actions({ file, busy, onPanel, onChange }: Props) {
  const { me } = useDesk();
  const { version, assignee, access } = file.case;
  const may = (command: string): boolean => file.may.includes(command);
  const simple = (text: string, change: Omit<Change, "body">, more: Record<string, unknown> = {}) => (
    <Button
      key={change.action}
      variant="secondary"
      busy={busy}
      onClick={() => void onChange({ ...change, body: { version, ...more } })}
    >
      {text}
    </Button>
  );
  const take = takeChange(file, me.sub);
  return (
    // biome-ignore lint/a11y/useSemanticElements: buttons without a form are no fieldset
    <div class="buttons actions" role="group" aria-label="Gör något med ärendet">
      {may("admit") &&
        simple("Släpp in", { action: "admit", done: "Ärendet är insläppt, med sin ankomsttid." })}
      {may("admit") &&
        may("close") &&
        simple(
          "Avsluta som skräp",
          { action: "close", done: "Ärendet är avslutat: skräppost." },
          { reason: "spam" },
        )}
      {take !== undefined && simple(assignee === null ? "Ta ärendet" : "Ta över ärendet", take)}
      {may("release") &&
        assignee?.sub === me.sub &&
        simple("Lägg tillbaka", { action: "release", done: "Ärendet ligger bland det som ska tas om hand." })}
      {PANELS.filter(([command]) => may(command)).map(([, panel, text]) => (
        <Button key={panel} variant="secondary" onClick={() => onPanel(panel)}>
          {text}
        </Button>
      ))}
      {file.case.status !== "closed" && (
        <a class="ds-button" data-variant="secondary" href={bookForCaseHref(file.case.caseId)}>
          Boka möte
        </a>
      )}
      {may("classify") &&
        access !== "public" &&
        simple(
          "Märk som offentligt",
          { action: "classify", done: "Ärendet är märkt som offentligt." },
          { access: "public" },
        )}
      {may("classify") &&
        access !== "secret" &&
        simple(
          "Märk som sekretess",
          { action: "classify", done: "Ärendet är märkt som sekretess." },
          { access: "secret" },
        )}
      {may("reopen") && simple("Öppna igen", { action: "reopen", done: "Ärendet är öppet igen." })}
    </div>
  );
}

/** Taking the case, unless one has it already. */
export function takeChange(file: CaseFile, me: string | undefined): Omit<Change, "body"> | undefined {
  const { assignee } = file.case;
  if (!file.may.includes("take") || (assignee !== null && assignee.sub === me)) return undefined;
  const from = assignee === null ? "" : ` efter ${assignee.name}`;
  return { action: "take", done: `Du har ärendet${from}.` };
}
