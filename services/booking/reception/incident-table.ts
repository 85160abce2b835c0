import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import { table, transact } from "#shared/table.ts";
import { incidentRaised } from "../events.ts";
import { incidentEventKey, incidentKey } from "../keys.ts";

export const incidentSchema = z.object({
  incidentId: z.string(),
  at: z.string(),
  /** Who raised it: the subject of a sign-in. */
  by: z.string(),
  text: z.nullable(z.string()),
});
export type Incident = z.infer<typeof incidentSchema>;

/** Saves an incident and the event that tells others at once. */
export async function saveIncident(bookingTable: string, office: string, incident: Incident): Promise<void> {
  const { incidentId, at } = incident;
  const event = incidentRaised.make(
    { subject: incidentId, version: 1, at: new Date(at) },
    { incidentId, office },
  );
  const outcome = await transact([
    {
      Put: {
        TableName: bookingTable,
        Item: { ...incidentKey(office, at, incidentId), ...incident },
        ConditionExpression: "attribute_not_exists(pk)",
      },
    },
    {
      Put: {
        TableName: bookingTable,
        Item: { ...incidentEventKey(office, incidentId), rowType: "event", event },
        ConditionExpression: "attribute_not_exists(pk)",
      },
    },
  ]);
  if (!outcome.done) throw new Error(`incident ${incidentId} is there already`);
}

/** Adds what happened to an incident, once; false: it is another's, described already or not there. */
export async function describeIncident(
  bookingTable: string,
  office: string,
  incident: Incident,
): Promise<boolean> {
  const { incidentId, at, by } = incident;
  const outcome = await transact([
    {
      Put: {
        TableName: bookingTable,
        Item: { ...incidentKey(office, at, incidentId), ...incident },
        ConditionExpression: "#by = :by AND #text = :nothing",
        ExpressionAttributeNames: { "#by": "by", "#text": "text" },
        ExpressionAttributeValues: { ":by": by, ":nothing": null },
      },
    },
  ]);
  return outcome.done;
}

/** An office's last incidents, the latest first. */
export async function latestIncidents(
  bookingTable: string,
  office: string,
  most = 100,
): Promise<readonly Incident[]> {
  const { pk } = incidentKey(office, "", "");
  const { Items = [] } = await table.send(
    new QueryCommand({
      TableName: bookingTable,
      KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
      ExpressionAttributeValues: { ":pk": pk, ":prefix": "INCIDENT#" },
      ScanIndexForward: false,
      ConsistentRead: true,
      Limit: most,
    }),
  );
  return Items.map((item) => incidentSchema.parse(item));
}
