import type { CaseFile } from "../api/case-schemas.ts";
import type { CaseAction } from "../api/client.ts";

export type Undo = { action: CaseAction; text: string; done: string };

/** The way back from what was just done, where there is one that leads to where things stood. */
export function undoOf(
  action: CaseAction,
  before: CaseFile,
  after: CaseFile,
  me: string | undefined,
): Undo | undefined {
  const may = (command: string): boolean => after.may.includes(command);
  const held = before.case.assignee;
  if (action === "take" && held === null && may("release"))
    return { action: "release", text: "Ångra", done: "Ärendet är tillbaka bland det som ska tas om hand." };
  if (action === "release" && held?.sub === me && may("take"))
    return { action: "take", text: "Ångra", done: "Du har ärendet igen." };
  const closed = before.case.status !== "closed" && after.case.status === "closed";
  if (closed && may("reopen"))
    return {
      action: "reopen",
      // What was sent stays sent.
      text: action === "close" ? "Ångra" : "Öppna igen",
      done: "Ärendet är öppet igen.",
    };
  if (action !== "assignments" || !may("withdraw")) return undefined;
  const known = new Set(before.assignments.map(({ assignmentId }) => assignmentId));
  const sent = after.assignments.find(({ assignmentId }) => !known.has(assignmentId));
  if (sent === undefined) return undefined;
  return {
    action: `assignments/${sent.assignmentId}/withdraw`,
    text: "Ångra",
    done: "Uppdraget är återkallat.",
  };
}
