import { BatchWriteCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import type { APIGatewayProxyEventV2, Context } from "aws-lambda";
import { handler } from "../services/booking/api.ts";
import { type Role, staffRow } from "../shared/staff.ts";
import { table } from "../shared/table.ts";
import { freshTable } from "./tables.ts";

/** Who is signed in, by the name that they have here, and is called. */
export type People = Readonly<Record<string, { roles: Role[]; units: string[] }>>;

/**
 * The booking service's tables, and its environment, which is read once: they are the same for all tests of a file. Returns the name of
 * the table of bookings.
 */
export async function startBooking(people: People): Promise<string> {
  const [booking, staff] = [await freshTable("BookingTable"), await freshTable("StaffTable")];
  Object.assign(process.env, { BOOKING_TABLE: booking, STAFF_TABLE: staff, LETTERS_BUCKET: "letters" });
  const rows = Object.entries(people).map(([sub, one]) => staffRow("bjorkeby", { sub, name: sub, ...one }));
  const RequestItems = { [staff]: rows.map((Item) => ({ PutRequest: { Item } })) };
  await table.send(new BatchWriteCommand({ RequestItems }));
  return booking;
}

export async function emptyTable(TableName: string): Promise<void> {
  const { Items = [] } = await table.send(new ScanCommand({ TableName, ConsistentRead: true }));
  const deletes = Items.map(({ pk, sk }) => ({ DeleteRequest: { Key: { pk, sk } } }));
  while (deletes.length > 0)
    await table.send(new BatchWriteCommand({ RequestItems: { [TableName]: deletes.splice(0, 25) } }));
}

/** What time it is for the service. Reset it after each test. */
export function clockAt(at: string): void {
  process.env["CLOCK_OFFSET_MS"] = String(Date.parse(at) - Date.now());
}

// biome-ignore lint/suspicious/noExplicitAny: whatever the API answers, compared in the tests.
export type Answer = { status: number; body: any };

/** Asks the API as somebody who is signed in; the path with its query, `/booking/unsettled`. */
export async function askBooking(
  method: "GET" | "POST" | "PUT",
  path: string,
  sub: string,
  body?: object,
): Promise<Answer> {
  const [rawPath = "", query] = path.split("?");
  const event = {
    version: "2.0",
    rawPath,
    queryStringParameters: Object.fromEntries(new URLSearchParams(query)),
    headers: {},
    body: body === undefined ? undefined : JSON.stringify(body),
    requestContext: {
      http: { method, path: rawPath },
      authorizer: { jwt: { claims: { sub, token_use: "access" } } },
    },
  };
  const answer = await handler(event as unknown as APIGatewayProxyEventV2, {} as Context);
  return { status: answer.statusCode ?? 0, body: JSON.parse(answer.body ?? "") };
}
