import { useState } from "preact/hooks";
import type { CaseFile } from "../api/case-schemas.ts";
import type { CaseAction } from "../api/client.ts";
import { failureKind } from "../api/failure.ts";
import { refusalText } from "../conflict.ts";
import { type Desk, useDesk } from "../desk.ts";
import { undoOf } from "./undo.ts";

export type Change = {
  action: CaseAction;
  /** With the version that was on the screen. */
  body: { version: number } & Record<string, unknown>;
  /** Said when it is done. */
  done: string;
  /** The box that the change sends: emptied when it is done. */
  box?: string;
};

/** Does something with the case. Answers why it could not be done, or nothing when it was. */
export type DoChange = (change: Change) => Promise<string | undefined>;

/**
 * The one way in which the case page changes a case: what the API answers is shown at once, also when it says no, and
 * what somebody wrote stays until it has been sent.
 */
export function useCaseChange(file: CaseFile): {
  busy: CaseAction | undefined;
  change: DoChange;
} {
  const desk = useDesk();
  const [busy, setBusy] = useState<CaseAction | undefined>();
  const change: DoChange = async (wanted) => {
    if (busy !== undefined) return "Det förra är inte klart ännu. Försök igen om ett ögonblick.";
    setBusy(wanted.action);
    try {
      return await changeCase(desk, file, wanted);
    } finally {
      setBusy(undefined);
    }
  };
  return { busy, change };
}

async function changeCase(desk: Desk, before: CaseFile, wanted: Change): Promise<string | undefined> {
  const { caseId } = before.case;
  const { action, body, done, box } = wanted;
  try {
    const outcome = await desk.api.changeCase(caseId, action, body);
    if ("refused" in outcome) {
      const { refused, current } = outcome;
      if (current !== undefined) desk.files.put(caseId, current);
      const seen = { version: body.version, me: desk.me.name, directory: desk.directory, now: new Date() };
      return refusalText(refused, current, seen, box !== undefined);
    }
    desk.took(outcome.answer);
    if (box !== undefined) void desk.drafts.clear(caseId, box);
    const undo = undoOf(action, before, outcome.answer, desk.me.sub);
    desk.say(
      undo === undefined
        ? { text: done }
        : { text: done, undo: { text: undo.text, run: () => void undoIt(desk, outcome.answer, undo) } },
    );
    return undefined;
  } catch (error) {
    return failureText(error, box !== undefined);
  }
}

async function undoIt(desk: Desk, file: CaseFile, undo: { action: CaseAction; done: string }): Promise<void> {
  const body = { version: file.case.version };
  const problem = await changeCase(desk, file, { ...undo, body });
  if (problem !== undefined) desk.say({ text: `Gick inte att ångra. ${problem}` });
}

/** Why nothing is known of what one wanted. */
export function failureText(error: unknown, wrote: boolean): string {
  if (failureKind(error) === "not-found") return "Det finns inte längre, eller så har du inte behörighet.";
  return `Tjänsten svarar inte.${wrote ? " Det du skrev är kvar." : ""} Försök igen om en stund.`;
}
