import { GetCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import { municipality } from "#shared/config.ts";
import { table } from "#shared/table.ts";

/** The roles of `docs/glossary.md`. What each may do stands in the services' route tables and cores. */
export const roles = [
  "agent",
  "officer",
  "manager",
  "switchboard",
  "receptionist",
  "registrar",
  "infoCoordinator",
  "floorCoordinator",
  "webEditor",
  "administrator",
] as const;
export type Role = (typeof roles)[number];

const staffSchema = z.object({
  sub: z.string(),
  name: z.string(),
  roles: z.array(z.enum(roles)),
  units: z.array(z.string()),
});
/** A person who works here: who they are to the identity provider, what they may do, and for which units. */
export type Staff = z.infer<typeof staffSchema>;

/** The row of one member of staff, as the table holds it. */
export function staffRow(organisation: string, staff: Staff): Staff & { pk: string; sk: string } {
  return { ...staff, pk: `${organisation}#STAFF#${staff.sub}`, sk: "STAFF" };
}

const keptMs = 5 * 60_000;
const kept = new Map<string, { staff: Staff | undefined; until: number }>();

/**
 * Who a token's subject is. Read from the table, not from the token, so that a right that is taken away is gone within
 * five minutes (the time that an answer is kept), not when the token expires.
 */
export async function findStaff(staffTable: string, sub: string, now: Date): Promise<Staff | undefined> {
  const known = kept.get(sub);
  if (known !== undefined && known.until > now.getTime()) return known.staff;
  const { pk, sk } = staffRow(municipality().organisation.id, { sub, name: "", roles: [], units: [] });
  const answer = await table.send(new GetCommand({ TableName: staffTable, Key: { pk, sk } }));
  const staff = answer.Item === undefined ? undefined : staffSchema.parse(answer.Item);
  kept.set(sub, { staff, until: now.getTime() + keptMs });
  return staff;
}
