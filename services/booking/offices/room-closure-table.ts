import { DeleteCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import { queryAll, table } from "#shared/table.ts";
import { localDate } from "#shared/time/working-time.ts";
import { daysLater } from "../hours/local-dates.ts";
import { roomClosureKey } from "../keys.ts";

/** When a room cannot be had: it is repaired, or its house needs it. Instants. */
export const roomClosureSchema = z.object({
  closureId: z.string(),
  office: z.string(),
  room: z.string(),
  from: z.string(),
  to: z.string(),
  reason: z.string(),
  enteredBy: z.string(),
});
export type RoomClosure = z.infer<typeof roomClosureSchema>;

/** The longest that a room is closed at once: what began before a period and reaches into it is found by looking so far back. */
export const longestClosureDays = 183;

/** The closures of an office's rooms that touch a period of local dates, both included. */
export async function findRoomClosures(
  bookingTable: string,
  office: string,
  { from, to }: { from: string; to: string },
): Promise<readonly RoomClosure[]> {
  const rows = await queryAll({
    TableName: bookingTable,
    KeyConditionExpression: "pk = :pk AND sk BETWEEN :from AND :to",
    ExpressionAttributeValues: {
      ":pk": roomClosureKey(office, "", "").pk,
      ":from": roomClosureKey(office, daysLater(from, -longestClosureDays - 1), "").sk,
      ":to": roomClosureKey(office, `${to}T99`, "").sk,
    },
    ConsistentRead: true,
  });
  return rows.map((row) => roomClosureSchema.parse(row)).filter((closure) => touches(closure, { from, to }));
}

/** Whether a stretch touches local dates; one that ends at midnight does not touch the day that begins. */
function touches(closure: Pick<RoomClosure, "from" | "to">, dates: { from: string; to: string }): boolean {
  const first = localDate(new Date(closure.from));
  const last = localDate(new Date(Date.parse(closure.to) - 1));
  return first <= dates.to && dates.from <= last;
}

export async function removeRoomClosure(bookingTable: string, closure: RoomClosure): Promise<void> {
  const { office, from, closureId } = closure;
  await table.send(
    new DeleteCommand({ TableName: bookingTable, Key: roomClosureKey(office, from, closureId) }),
  );
}
