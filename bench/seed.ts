import { BatchWriteCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { loadMunicipality } from "#config/load.ts";
import type { System } from "../local/system.ts";
import { ask } from "../provbank/api-client.ts";
import { postman } from "../provbank/bench-system.ts";
import { letter } from "./contacts.ts";

type Row = Record<string, unknown>;
const agent = { sub: "amina" };
const casesPerDay = 10;
/** The day after the last one that is seeded. */
const epoch = Date.parse("2026-11-01");

/** What was seeded: a case by mail, made as any other, and more of its kind around it. */
export type Seeded = {
  /** The real one. */
  caseId: string;
  /** Makes the cases and their figures this many altogether. */
  grow(cases: number): Promise<void>;
};

/**
 * Rows as a registration writes them, straight into the tables: one mail becomes a case, and its row is written again
 * under other ids, with a fact and the figures of a day in the past. What a page can meet is the list's index, its own
 * case, and the days that it shows; so each has its row, and no case but the real one has a conversation.
 */
export async function seedCases(system: System): Promise<Seeded> {
  const post = postman(system, 1);
  await post.post(letter(0));
  post.close();
  await system.quiet();
  const { cases } = (await ask(system, "/cases/worklists/unassigned", agent)).body;
  const { caseId } = cases[0];
  const casesTable = system.assembly.output("CasesTable");
  const statsTable = system.assembly.output("StatsTable");
  const organisation = loadMunicipality("demo").organisation.id;
  const model = await caseRow(system, casesTable, `${organisation}#CASE#${caseId}`);
  let made = 1;
  return {
    caseId,
    async grow(wanted) {
      const numbers = Array.from({ length: Math.max(0, wanted - made) }, (_, n) => made + n);
      await writeAll(system, casesTable, numbers, (n) => [caseLike(model, n, organisation)]);
      await writeAll(system, statsTable, numbers, (n) => factsLike(model, n, organisation));
      made = wanted;
      await system.quiet();
    },
  };
}

/** The days that a page of figures shows, all of them seeded whatever the number of cases. */
export const figureDays = { from: dayOf(300 / casesPerDay - 1), to: dayOf(0) };

async function caseRow(system: System, TableName: string, pk: string): Promise<Row> {
  const answer = await system.clients.dynamodb.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: "pk = :pk AND sk = :sk",
      ExpressionAttributeValues: { ":pk": pk, ":sk": "CASE" },
    }),
  );
  const [row] = answer.Items ?? [];
  if (row === undefined) throw new Error("no case to seed from");
  return row;
}

/** Its promise runs out later than the real one's: the first page holds the same rows however many there are. */
function caseLike(model: Row, n: number, organisation: string): Row {
  const id = n.toString(16).padStart(32, "0");
  const caseNumber = `BJO-2026-${String(n + 1).padStart(6, "0")}`;
  return {
    ...model,
    pk: `${organisation}#CASE#${id}`,
    caseId: id,
    caseNumber,
    due: `${String(model["nextDate"])}#${String(model["arrivedAt"])}#${caseNumber}`,
  };
}

function factsLike(model: Row, n: number, organisation: string): readonly Row[] {
  const date = dayOf(Math.floor(n / casesPerDay));
  const at = `${date}T08:00:00.000Z`;
  const figures = { "contacts/email": 1, "contact-outcome/opened-case": 1, opened: 1 };
  const id = n.toString(16).padStart(32, "0");
  const fact = {
    pk: `${organisation}#FACTS#${date}`,
    sk: `${at}#${id}`,
    eventId: `${id}-1`,
    at,
    caseId: id,
    caseNumber: model["caseNumber"],
    figures,
  };
  if (n % casesPerDay !== 1) return [fact];
  const all = Object.entries(figures).map(([name, value]) => [name, value * casesPerDay]);
  return [fact, { pk: `${organisation}#DAY#${date}`, sk: "FIGURES", ...Object.fromEntries(all) }];
}

function dayOf(daysBack: number): string {
  return new Date(epoch - (daysBack + 1) * 86_400_000).toISOString().slice(0, 10);
}

/** Twenty-five at a time, which is what a batch takes, and a few batches side by side. */
async function writeAll(
  system: System,
  table: string,
  numbers: readonly number[],
  rowsOf: (n: number) => readonly Row[],
): Promise<void> {
  const left = [...numbers];
  const next = async () => {
    for (;;) {
      const rows = left.splice(0, 20).flatMap(rowsOf);
      if (rows.length === 0) return;
      const requests = rows.map((Item) => ({ PutRequest: { Item } }));
      await system.clients.dynamodb.send(new BatchWriteCommand({ RequestItems: { [table]: requests } }));
    }
  };
  await Promise.all([next(), next(), next(), next()]);
}
