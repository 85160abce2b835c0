import { formatCaseNumber } from "#services/cases/register/case.ts";
import { loadForRegistration, saveRegistration } from "#services/cases/register/case-table.ts";
import { type IncomingMail, registerMail } from "#services/cases/register/registration.ts";
import { municipality } from "#shared/config.ts";
import { newId } from "#shared/ids.ts";
import { isRefused } from "#shared/refusal.ts";
import { incomingMail } from "../test/cases.ts";

const rules = { answerWorkingDays: 2, redDays: [] };
const now = new Date("2026-11-24T08:00:00Z");
const year = "2026";

/** A mail as registration sees it, with an id of its own. */
export function mailNumber(n: number, changes: Partial<IncomingMail>): IncomingMail {
  return incomingMail({ mailId: n.toString(16).padStart(32, "0"), ...changes });
}

/** Registers a mail as the function does: load, decide, save, and again when somebody else was first. Returns the rounds. */
export async function register(casesTable: string, mail: IncomingMail): Promise<number> {
  for (let round = 1; ; round += 1) {
    const { lastNumber, ...known } = await loadForRegistration(casesTable, mail, year);
    const { caseNumber, serviceCentre } = municipality();
    const opening = {
      caseId: newId(),
      caseNumber: formatCaseNumber(caseNumber, year, lastNumber + 1),
      owner: serviceCentre.unit,
      rules,
    };
    const decision = registerMail(
      mail,
      { ...known, tokenCase: undefined, answeredCase: undefined },
      opening,
      now,
    );
    if (isRefused(decision)) return round;
    const saved = await saveRegistration(casesTable, decision, mail, { year, lastNumber });
    if (saved !== "lost-race") return round;
  }
}

/** Does all of it, so many at a time. */
export async function inParallel<T>(
  things: readonly T[],
  atATime: number,
  work: (thing: T, n: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < things.length) {
      const n = next;
      next += 1;
      await work(things[n] as T, n);
    }
  };
  await Promise.all(Array.from({ length: atATime }, worker));
}
