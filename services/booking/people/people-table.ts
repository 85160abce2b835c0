import { PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import { queryAll, table } from "#shared/table.ts";
import { personKey } from "../keys.ts";
import { guestHosts } from "./guest-hosts.ts";

/** A person who can be booked, or who works at an office. */
export const personSchema = z.object({
  /** The subject of their sign-in. */
  person: z.string(),
  name: z.string(),
  unit: z.string(),
  /** Ids of the config's services. */
  services: z.array(z.string()),
  /** ISO 639 codes. */
  languages: z.array(z.string()),
  /** Into and out of which languages they interpret for colleagues; ISO 639 codes. */
  interprets: z._default(z.array(z.string()), []),
  /** Who approves that they work at another office. Nobody has two managers. */
  manager: z.nullable(z.string()),
  /** Where they sit, by their unit's hours, when no rota says otherwise. */
  office: z.nullable(z.string()),
  standIn: z.nullable(z.string()),
  /** An address of their calendar (iCalendar), at one of the hosts in the config. */
  calendarUrl: z.nullable(z.string()),
});
export type Person = z.infer<typeof personSchema>;

/** Everybody, by id, and the config's guest hosts after them. A municipality has some hundreds. */
export async function listPeople(bookingTable: string): Promise<readonly Person[]> {
  const rows = await queryAll({
    TableName: bookingTable,
    KeyConditionExpression: "pk = :pk",
    ExpressionAttributeValues: { ":pk": personKey("").pk },
  });
  return [...rows.map((item) => personSchema.parse(item)), ...guestHosts()];
}

export async function savePerson(bookingTable: string, person: Person): Promise<void> {
  await table.send(
    new PutCommand({ TableName: bookingTable, Item: { ...personKey(person.person), ...person } }),
  );
}
