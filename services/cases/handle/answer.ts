import { sealLetter } from "#shared/letter.ts";
import type { AnswerLetter, SentFile } from "../events.ts";
import type { Case } from "../register/case.ts";
import type { Person } from "../register/people.ts";
import type { Answering } from "./handling.ts";

type Written = {
  messageId: string;
  text: string;
  /** Who wrote it. None where a unit's own system did. */
  person: Person | null;
  /** The unit that answers the citizen itself. */
  unit: { id: string; name: string } | null;
  /** What goes along. */
  files: readonly SentFile[];
};

/** An answer to the citizen, sealed, to the address that stands on the case and to no other. */
export function answerOf(current: Case, written: Written): Answering {
  const subject = answerSubject(current);
  const letter: AnswerLetter = {
    messageId: written.messageId,
    to: current.sender?.address ?? "",
    subject,
    text: written.text,
    signedBy: written.unit?.name ?? null,
    files: [...written.files],
  };
  return {
    messageId: written.messageId,
    letter: sealLetter("answer", written.messageId, letter),
    subject,
    by: written.person?.name ?? written.unit?.name ?? "",
    person: written.unit === null ? written.person : null,
    unit: written.unit?.id,
    files: written.files,
  };
}

/** `Sv: Soptunnan [BJO-2026-000123]`. The number only helps people: it ties nothing. */
function answerSubject({ subject, caseNumber }: Case): string {
  const bare = (subject ?? "").replace(/^((sv|re|vs|aw|vb|fwd?)\s*:\s*)+/i, "").trim();
  const about = bare === "" ? "Ditt ärende" : bare;
  return about.includes(caseNumber) ? `Sv: ${about}` : `Sv: ${about} [${caseNumber}]`;
}
