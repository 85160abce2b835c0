import * as z from "zod/mini";
import { shortHash } from "#shared/ids.ts";
import { getAll, queryAll, type TransactItem, transactOnce } from "#shared/table.ts";
import { staffingShort } from "../events.ts";
import { staffingEventKey, staffingGapKey } from "../keys.ts";

/** What can be done about it where nobody can step in, or that somebody did. */
export const solutions = ["stepped-in", "room-closed", "guard-called", "other"] as const;

/** A gap that was raised. */
export const raisedGapSchema = z.object({
  office: z.string(),
  date: z.string(),
  from: z.string(),
  to: z.string(),
  present: z.int(),
  minimum: z.int(),
  /** Rises with each change. */
  version: z.int(),
  raisedAt: z.string(),
  /** The fewest that it has been raised with. */
  fewest: z.int(),
  /** It is no more: somebody came, or it closed. */
  over: z.boolean(),
  solved: z.nullable(
    z.object({ how: z.enum(solutions), text: z.nullable(z.string()), by: z.string(), at: z.string() }),
  ),
});
export type RaisedGap = z.infer<typeof raisedGapSchema>;

/** What was raised of a day: at one office, or at all. */
export async function raisedGaps(
  bookingTable: string,
  date: string,
  office?: string,
): Promise<readonly RaisedGap[]> {
  const prefix = office === undefined ? "GAP#" : `GAP#${office}#`;
  const rows = await queryAll({
    TableName: bookingTable,
    KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
    ExpressionAttributeValues: { ":pk": staffingGapKey(date, "", "", "").pk, ":prefix": prefix },
    ConsistentRead: true,
  });
  return rows.map((row) => raisedGapSchema.parse(row));
}

export async function findRaisedGap(
  bookingTable: string,
  { date, office, from, to }: Pick<RaisedGap, "date" | "office" | "from" | "to">,
): Promise<RaisedGap | undefined> {
  const [row] = await getAll(bookingTable, [staffingGapKey(date, office, from, to)]);
  return row === undefined ? undefined : raisedGapSchema.parse(row);
}

/** Saves a gap over the version before, and with `tells` the event. False: somebody else was there first. */
export async function saveRaisedGap(bookingTable: string, gap: RaisedGap, tells: boolean): Promise<boolean> {
  const { office, date, from, to, present, minimum } = gap;
  const event = staffingShort.make(
    { subject: shortHash([office, from, to].join("|")), version: present, at: new Date(gap.raisedAt) },
    { office, date, from, to, present, minimum },
  );
  const items: TransactItem[] = [
    {
      Put: {
        TableName: bookingTable,
        Item: { ...staffingGapKey(date, office, from, to), ...gap },
        ...(gap.version === 1
          ? { ConditionExpression: "attribute_not_exists(pk)" }
          : {
              ConditionExpression: "version = :seen",
              ExpressionAttributeValues: { ":seen": gap.version - 1 },
            }),
      },
    },
    ...(tells
      ? [
          {
            Put: {
              TableName: bookingTable,
              Item: {
                ...staffingEventKey(date, office, `${from}#${to}#${present}`),
                rowType: "event",
                event,
              },
              ConditionExpression: "attribute_not_exists(pk)",
            },
          },
        ]
      : []),
  ];
  const outcome = await transactOnce(items);
  return outcome !== "conflict" && outcome.done;
}
