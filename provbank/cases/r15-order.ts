import { findCaseFile } from "#services/cases/register/case-table.ts";
import type { IncomingMail } from "#services/cases/register/registration.ts";
import { shortHash } from "#shared/ids.ts";
import { type Bench, between, type Figure, type ProvingCase, shuffled } from "../case.ts";
import { casesNotWhole } from "../invariants.ts";
import { inParallel, mailNumber, register } from "../registrations.ts";
import { scanned, withTable } from "../tables.ts";

const mailsEach = 3;
const firstArrival = Date.parse("2026-11-23T08:00:00Z");

/** Threads of three mails are registered in any order, the answers before what they answer as well. */
export async function anyOrder({ random, say }: Bench, threads: number): Promise<Figure> {
  return await withTable("CasesTable", async (table) => {
    const sent = Array.from({ length: threads }, (_, thread) => mailsOf(thread, random));
    const order = shuffled(random, sent.flat());
    let done = 0;
    await inParallel(order, 8, async (mail) => {
      await register(table, mail);
      done += 1;
      if (done % 500 === 0) say(`${done} of ${order.length} mails registered`);
    });
    const rows = await scanned(table);
    const caseOf = new Map(
      rows.filter((row) => row["sk"] === "THREAD").map((row) => [row["pk"], String(row["caseId"])]),
    );
    const cases = rows.filter((row) => row["sk"] === "CASE").length;
    let together = 0;
    let chronological = 0;
    await inParallel(sent, 8, async (mails) => {
      const caseId = [...caseOf].find(([pk]) => String(pk).endsWith(`#${mails[0]?.threadKey}`))?.[1] ?? "";
      const file = await findCaseFile(table, caseId, "nobody");
      const ids = (file?.messages ?? []).map(({ messageId }) => messageId);
      const byArrival = mails.map(({ mailId }) => mailId);
      if (ids.length === mailsEach && byArrival.every((id) => ids.includes(id))) together += 1;
      if (ids.join() === byArrival.join()) chronological += 1;
    });
    const overtaken = overtakenIn(sent, order);
    const faults = casesNotWhole(rows);
    const holds =
      cases === threads && together === threads && chronological === threads && faults.length === 0;
    return { holds, threads, overtaken, cases, together, chronological, faults: faults.slice(0, 5) };
  });
}

/** A question, and what the same person added to it: each arrived some time after the one before. */
function mailsOf(thread: number, random: () => number): IncomingMail[] {
  const address = `person${thread}@example.org`;
  let arrival = firstArrival + between(random, 0, 3_600_000);
  return Array.from({ length: mailsEach }, (_, n) => {
    arrival += between(random, 1, 3_600_000);
    return mailNumber(thread * mailsEach + n, {
      // Ids say nothing of the order.
      mailId: shortHash(`${thread} ${n}`),
      receivedAt: new Date(arrival).toISOString(),
      sender: { name: null, address },
      threadKey: thread.toString(16).padStart(32, "0"),
      isReply: n > 0,
    });
  });
}

/** In how many threads a later mail was begun with before an earlier one. */
function overtakenIn(sent: readonly IncomingMail[][], order: readonly IncomingMail[]): number {
  const place = new Map(order.map(({ mailId }, n) => [mailId, n]));
  return sent.filter((mails) =>
    mails.some(
      (mail, n) => n > 0 && (place.get(mail.mailId) ?? 0) < (place.get(mails[n - 1]?.mailId ?? "") ?? 0),
    ),
  ).length;
}

export const r15: ProvingCase = {
  id: "R15",
  title: "threads of three mails, registered in any order",
  run: (bench) => anyOrder(bench, 1_000),
};
