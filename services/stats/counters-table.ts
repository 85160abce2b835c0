import { BatchGetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import { type TransactItem, table, transact } from "#shared/table.ts";
import type { LocalDate } from "#shared/time/working-time.ts";
import { eachOnce, type Fact, type Figures, figuresSchema, sumOf, transactionsOf } from "./figures.ts";
import { dayKey, factKey, factsOfDay, totalKey } from "./keys.ts";

/** How many facts are new, and how many were counted before. */
export type Counted = { counted: number; known: number };

/** Counts facts, each once for ever, however often and in whatever order they come. */
export async function countFacts(statsTable: string, facts: readonly Fact[]): Promise<Counted> {
  let counted = 0;
  for (const together of transactionsOf(eachOnce(facts))) {
    counted += await countTogether(statsTable, together);
  }
  return { counted, known: facts.length - counted };
}

/** The facts and what they add, in one transaction. Those that are there already are left out, and it is tried again. */
async function countTogether(statsTable: string, facts: readonly Fact[]): Promise<number> {
  let fresh = facts;
  while (fresh.length > 0) {
    const outcome = await transact([
      ...fresh.map((fact) => putFact(statsTable, fact)),
      ...additions(statsTable, fresh),
    ]);
    if (outcome.done) break;
    // Only facts have a condition, and they stand first.
    fresh = fresh.filter((_, place) => !outcome.failed.includes(place));
  }
  return fresh.length;
}

const factRow = { sk: z.string(), eventId: z.string(), at: z.string(), figures: figuresSchema };
const factRowSchema = z.union([
  z.object({ ...factRow, caseId: z.string(), caseNumber: z.string() }),
  z.object({ ...factRow, bookingId: z.string(), service: z.string(), startsAt: z.string() }),
]);

function putFact(statsTable: string, fact: Fact): TransactItem {
  const { eventId, at, subject, figures } = fact;
  return {
    Put: {
      TableName: statsTable,
      Item: { ...factKey(fact), eventId, at, ...subject, figures },
      ConditionExpression: "attribute_not_exists(pk)",
    },
  };
}

function additions(statsTable: string, facts: readonly Fact[]): readonly TransactItem[] {
  const { days, open } = sumOf(facts);
  return [
    ...[...days].map(([date, figures]) => add(statsTable, dayKey(date), figures)),
    ...(open === 0 ? [] : [add(statsTable, totalKey(), { open })]),
  ];
}

function add(statsTable: string, key: Record<string, string>, figures: Figures): TransactItem {
  const cells = Object.entries(figures);
  return {
    Update: {
      TableName: statsTable,
      Key: key,
      UpdateExpression: `ADD ${cells.map((_, n) => `#f${n} :f${n}`).join(", ")}`,
      ExpressionAttributeNames: Object.fromEntries(cells.map(([name], n) => [`#f${n}`, name])),
      ExpressionAttributeValues: Object.fromEntries(cells.map(([, value], n) => [`:f${n}`, value])),
    },
  };
}

const figuresRowSchema = z.catchall(z.object({ pk: z.string(), sk: z.string() }), z.int());

/** DynamoDB's limit for one BatchGet. */
const rowsPerRead = 100;

/** The figures of each day, in the order asked for, and how many cases are open: one read, whatever was counted. */
export async function figuresOfDays(
  statsTable: string,
  dates: readonly LocalDate[],
): Promise<{ days: { date: LocalDate; figures: Figures }[]; open: number }> {
  const keys = [...dates.map(dayKey), totalKey()];
  const rows = new Map<string, Figures>();
  for (let from = 0; from < keys.length; from += rowsPerRead) {
    for (const row of await readTogether(statsTable, keys.slice(from, from + rowsPerRead))) {
      const { pk, sk: _, ...figures } = figuresRowSchema.parse(row);
      rows.set(pk, figures);
    }
  }
  return {
    days: dates.map((date) => ({ date, figures: rows.get(dayKey(date).pk) ?? {} })),
    open: rows.get(totalKey().pk)?.["open"] ?? 0,
  };
}

async function readTogether(
  statsTable: string,
  keys: Record<string, string>[],
): Promise<Record<string, unknown>[]> {
  const answer = await table.send(new BatchGetCommand({ RequestItems: { [statsTable]: { Keys: keys } } }));
  if (Object.keys(answer.UnprocessedKeys ?? {}).length > 0)
    throw new Error("the table handed back keys unread");
  return answer.Responses?.[statsTable] ?? [];
}

/** How many facts of the day one page looks through: at some 400 bytes each, 25 read units. */
const factsPerPage = 500;

/**
 * The cases and bookings behind one figure of one day, oldest first: one Query a page. A page may come short, or empty,
 * with a cursor: the day's other facts lie between.
 */
export async function countedBehind(
  statsTable: string,
  { date, figure, after }: { date: LocalDate; figure: string; after: string | undefined },
  pageSize = factsPerPage,
) {
  const answer = await table.send(
    new QueryCommand({
      TableName: statsTable,
      KeyConditionExpression: "pk = :pk AND sk > :after",
      FilterExpression: "attribute_exists(figures.#figure)",
      ExpressionAttributeNames: { "#figure": figure },
      ExpressionAttributeValues: { ":pk": factsOfDay(date), ":after": after ?? "0" },
      Limit: pageSize,
    }),
  );
  const last = answer.LastEvaluatedKey?.["sk"];
  const facts = (answer.Items ?? []).map((item) => factRowSchema.parse(item));
  return {
    cases: facts.flatMap((fact) =>
      "caseId" in fact ? [{ caseId: fact.caseId, caseNumber: fact.caseNumber, at: fact.at }] : [],
    ),
    bookings: facts.flatMap((fact) => {
      if (!("bookingId" in fact)) return [];
      const { bookingId, service, startsAt, at } = fact;
      return [{ bookingId, service, startsAt, at }];
    }),
    cursor: typeof last === "string" ? last : null,
  };
}
