import { DeleteCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import { queryAll, table } from "#shared/table.ts";
import { absenceKey } from "../keys.ts";

export const absenceSchema = z.object({
  absenceId: z.string(),
  person: z.string(),
  from: z.string(),
  to: z.string(),
  enteredBy: z.string(),
});
export type KeptAbsence = z.infer<typeof absenceSchema>;

/** The longest that an absence may be: what began before a period and reaches into it is found by looking so far back. */
export const longestAbsenceDays = 120;

/** A person's absences that touch a period of local dates. */
export async function findAbsences(
  bookingTable: string,
  person: string,
  { from, to }: { from: string; to: string },
): Promise<readonly KeptAbsence[]> {
  const earliest = new Date(Date.parse(`${from}T00:00:00Z`) - (longestAbsenceDays + 1) * 86_400_000);
  const rows = await queryAll({
    TableName: bookingTable,
    KeyConditionExpression: "pk = :pk AND sk BETWEEN :from AND :to",
    ExpressionAttributeValues: {
      ":pk": absenceKey(person, "", "").pk,
      ":from": absenceKey(person, earliest.toISOString(), "").sk,
      ":to": absenceKey(person, `${to}T99`, "").sk,
    },
    ConsistentRead: true,
  });
  return rows.map((item) => absenceSchema.parse(item)).filter((absence) => absence.to.slice(0, 10) >= from);
}

/** The same as stretches of time. */
export async function listAbsences(
  bookingTable: string,
  person: string,
  period: { from: string; to: string },
): Promise<readonly { person: string; from: Date; to: Date }[]> {
  const found = await findAbsences(bookingTable, person, period);
  return found.map(({ from, to }) => ({ person, from: new Date(from), to: new Date(to) }));
}

export async function removeAbsence(bookingTable: string, absence: KeptAbsence): Promise<void> {
  const { person, from, absenceId } = absence;
  await table.send(new DeleteCommand({ TableName: bookingTable, Key: absenceKey(person, from, absenceId) }));
}
