import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import type { Event } from "#shared/event.ts";
import { table, transact } from "#shared/table.ts";
import type { LocalDate } from "#shared/time/working-time.ts";
import { dutyDoneKey, dutyKey, dutyPartition, overdueKey } from "../keys.ts";
import { type Person, personSchema } from "../register/people.ts";
import { listCases } from "../register/worklist-table.ts";
import type { Duty } from "./duty.ts";

const rowSchema = z.object({
  date: z.string(),
  person: z.optional(z.nullable(personSchema)),
  done: z.optional(z.object({ at: z.string(), by: z.string() })),
});

/** What is known of some days: who has each, and whether it was looked through. Days that nobody has are there as well. */
export async function findDuties(casesTable: string, dates: readonly LocalDate[]): Promise<readonly Duty[]> {
  const answer = await table.send(
    new QueryCommand({
      TableName: casesTable,
      KeyConditionExpression: "pk = :pk AND sk BETWEEN :from AND :to",
      ExpressionAttributeValues: {
        ":pk": dutyPartition(),
        ":from": dutyKey(dates[0] ?? "").sk,
        ":to": dutyDoneKey(dates.at(-1) ?? "").sk,
      },
      ConsistentRead: true,
    }),
  );
  const rows = (answer.Items ?? []).map((row) => rowSchema.parse(row));
  return dates.map((date) => {
    const ofDay = rows.filter((row) => row.date === date);
    return {
      date,
      person: ofDay.find(({ person }) => person !== undefined)?.person ?? null,
      done: ofDay.find(({ done }) => done !== undefined)?.done ?? null,
    };
  });
}

/** Gives a day to somebody, or to nobody. Says no when it is no longer in the hands that were seen (`was`, a subject). */
export async function giveDuty(
  casesTable: string,
  date: LocalDate,
  person: Person | null,
  was: string | null,
): Promise<boolean> {
  const free = "attribute_not_exists(pk) OR person = :nobody";
  const saved = await transact([
    {
      Put: {
        TableName: casesTable,
        Item: { ...dutyKey(date), date, person },
        ConditionExpression: was === null ? free : "person.#sub = :was",
        ...(was === null ? {} : { ExpressionAttributeNames: { "#sub": "sub" } }),
        ExpressionAttributeValues: was === null ? { ":nobody": null } : { ":was": was },
      },
    },
  ]);
  return saved.done;
}

/** Writes that a day was looked through. The first to say so stands. */
export async function callDone(casesTable: string, date: LocalDate, at: Date, by: Person): Promise<void> {
  const done = { at: at.toISOString(), by: by.name };
  await putOnce(casesTable, { ...dutyDoneKey(date), date, done, bySub: by.sub });
}

/** Lets the event of an overdue day out, once a day. */
export async function publishOverdue(casesTable: string, date: LocalDate, event: Event): Promise<void> {
  await putOnce(casesTable, { ...overdueKey(date), rowType: "event", event, by: null });
}

async function putOnce(casesTable: string, Item: Record<string, unknown>): Promise<void> {
  await transact([{ Put: { TableName: casesTable, Item, ConditionExpression: "attribute_not_exists(pk)" } }]);
}

/** When each case that lies in quarantine arrived: as many pages as there are. */
export async function heldArrivals(casesTable: string): Promise<readonly string[]> {
  const arrivals: string[] = [];
  let after: string | undefined;
  do {
    const { cases, cursor } = await listCases(casesTable, "quarantine", after);
    arrivals.push(...cases.map(({ arrivedAt }) => arrivedAt));
    after = cursor ?? undefined;
  } while (after !== undefined);
  return arrivals;
}
