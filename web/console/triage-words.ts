import type { CaseFile, Triage } from "./api/case-schemas.ts";
import type { Directory } from "./directory.ts";
import type { Words } from "./words.ts";

const URGENCIES: Readonly<Record<string, string>> = {
  "child-at-risk": "ett barn kan fara illa",
  suicide: "någon kan vara på väg att ta sitt liv",
  violence: "våld eller hot",
};

/** What cannot wait, as a list says it. Undefined where nothing is urgent. */
export function urgencyText(urgency: string | null): Words | undefined {
  if (urgency === null) return undefined;
  const what = URGENCIES[urgency];
  return { text: what === undefined ? "BRÅDSKANDE" : `BRÅDSKANDE: ${what}`, tone: "danger", icon: "warning" };
}

const KINDS: Readonly<Record<string, { name: string; todo: string }>> = {
  disclosure: { name: "Begäran om handling", todo: "besked samma dag" },
  appeal: { name: "Överklagande", todo: "skickas vidare genast" },
  invoice: { name: "Faktura", todo: "ingen väntar på svar" },
  complaint: { name: "Klagomål", todo: "har ett utlovat svar" },
  application: { name: "Ansökan", todo: "går till den enhet som handlägger" },
};

/** What a case seems to be, in a list: a proposal by its words. Undefined for a question. */
export function kindName(kind: string): string | undefined {
  return KINDS[kind]?.name;
}

/** The same with what follows of it: "Överklagande: skickas vidare genast". */
export function kindText(kind: string): string | undefined {
  const known = KINDS[kind];
  return known === undefined ? undefined : `${known.name}: ${known.todo}`;
}

/** Which unit a case seems to belong to, and why. Undefined when nothing is proposed, or something was sent already. */
export function proposalOf(file: CaseFile, directory: Directory): { unit: string; why: string } | undefined {
  const unit = proposedUnit(file.case.triage, directory);
  if (unit === undefined || file.assignments.length > 0) return undefined;
  const opened = file.history.find(({ type }) => type === "CaseOpened");
  const addressed = opened?.detail["addressedUnit"] === unit;
  return {
    unit,
    why: addressed
      ? "Förslag: mejlet skickades till enhetens egen adress."
      : "Förslag: orden i mejlet handlar om det som enheten sköter.",
  };
}

function proposedUnit({ unit }: Triage, { units }: Directory): string | undefined {
  return units.find(({ id }) => id === unit)?.id;
}
