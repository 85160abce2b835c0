import type { Bench, Figure, ProvingCase } from "../case.ts";
import { casesNotWhole, percentile } from "../invariants.ts";
import { inParallel, mailNumber, register } from "../registrations.ts";
import { scanned, withTable } from "../tables.ts";

/** New cases meet at the counter: their numbers must be 1, 2, 3 … without a gap and without a repeat. */
export async function atTheCounter(
  { say }: Bench,
  { registrations, atATime }: { registrations: number; atATime: number },
): Promise<Figure> {
  return await withTable("CasesTable", async (table) => {
    const mails = Array.from({ length: registrations }, (_, n) => mailNumber(n, { threadKey: null }));
    const rounds: number[] = [];
    await inParallel(mails, atATime, async (mail) => {
      rounds.push(await register(table, mail));
      if (rounds.length % 250 === 0) say(`${rounds.length} of ${registrations} registered`);
    });
    const rows = await scanned(table);
    const numbers = rows
      .filter((row) => row["sk"] === "CASE")
      .map((row) => Number(String(row["caseNumber"]).split("-").at(-1)));
    const distinct = new Set(numbers);
    const missing = mails.filter((_, n) => !distinct.has(n + 1)).length;
    const repeated = numbers.length - distinct.size;
    const faults = casesNotWhole(rows);
    return {
      holds: numbers.length === registrations && missing === 0 && repeated === 0 && faults.length === 0,
      registrations,
      atATime,
      distinctNumbers: distinct.size,
      missing,
      repeated,
      roundsP50: percentile(rounds, 0.5),
      roundsP99: percentile(rounds, 0.99),
      roundsMost: percentile(rounds, 1),
      faults: faults.slice(0, 5),
    };
  });
}

export const r22: ProvingCase = {
  id: "R22",
  title: "two thousand cases opened at once: the numbers",
  run: (bench) => atTheCounter(bench, { registrations: 2_000, atATime: 40 }),
};
