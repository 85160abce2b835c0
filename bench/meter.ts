import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { GetCommand, QueryCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import type { System } from "../local/system.ts";
import { nameOfArn, physicalNameOf } from "../local/template.ts";

type Row = Record<string, unknown>;
type Item = Record<string, AttributeValue>;
/** Of a call's body, in DynamoDB's own JSON, what is looked at here. */
type Body = {
  TableName: string;
  Key?: Item;
  Item?: Item;
  ExpressionAttributeValues?: Item;
  ExclusiveStartKey?: Item;
  ConsistentRead?: boolean;
};
type Transaction = { TransactItems: readonly Record<string, Body>[] };
type Batch = { RequestItems: Record<string, { Keys: Item[]; ConsistentRead?: boolean }> };
type Call = { caller: string; service: string; operation: string; body: string };

/** What some callers asked of AWS, and what DynamoDB would charge for it. */
export type Metered = {
  requests: number;
  /** Calls by service and operation: `dynamodb TransactWriteItems`. */
  calls: Readonly<Record<string, number>>;
  writeUnits: number;
  /** Of the write units: what keeps the indexes. */
  indexUnits: number;
  readUnits: number;
  /** What Query and Scan looked at and what they gave: more of the first is work that grows. */
  scanned: number;
  counted: number;
};

export type Meter = {
  /** What each caller has done since the last reading. */
  read(): Promise<ReadonlyMap<string, Metered>>;
  stop(): void;
};

/**
 * Counts at the door, call by call. Units are worked out from item sizes, since the emulator counts transactions wrong:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
 * A write takes a unit per started kB, in a transaction two, and one more per started kB of each index entry that it
 * makes, changes or takes away. A read takes a unit per started 4 kB, half of it unless it must be consistent. To know
 * what an index held before, every row is looked at first: `reads` is for where nothing is written.
 */
export async function openMeter(system: System, what: "all" | "reads" = "all"): Promise<Meter> {
  let calls: Call[] = [];
  const before = what === "all" ? await indexedRows(system) : new Map<string, Row>();
  system.door.inject(({ caller, service, operation, body }) => {
    calls.push({ caller, service, operation, body });
    return undefined;
  });
  return {
    async read() {
      const taken = calls;
      calls = [];
      const byCaller = new Map<string, Metered>();
      for (const call of taken) {
        const kept = byCaller.get(call.caller) ?? nothing;
        byCaller.set(call.caller, sum(kept, await metered(system, call, before)));
      }
      return byCaller;
    },
    stop: () => system.door.inject(undefined),
  };
}

const nothing: Metered = {
  requests: 0,
  calls: {},
  writeUnits: 0,
  indexUnits: 0,
  readUnits: 0,
  scanned: 0,
  counted: 0,
};

/** Of several callers together. */
export function together(byCaller: ReadonlyMap<string, Metered>, callers?: readonly string[]): Metered {
  return [...byCaller]
    .filter(([caller]) => callers === undefined || callers.includes(caller))
    .reduce((total, [, one]) => sum(total, one), nothing);
}

function sum(a: Metered, b: Metered): Metered {
  const calls = { ...a.calls };
  for (const [name, n] of Object.entries(b.calls)) calls[name] = (calls[name] ?? 0) + n;
  return {
    requests: a.requests + b.requests,
    calls,
    writeUnits: a.writeUnits + b.writeUnits,
    indexUnits: a.indexUnits + b.indexUnits,
    readUnits: a.readUnits + b.readUnits,
    scanned: a.scanned + b.scanned,
    counted: a.counted + b.counted,
  };
}

async function metered(system: System, call: Call, before: Map<string, Row>): Promise<Metered> {
  const { service, operation } = call;
  const base = { ...nothing, requests: 1, calls: { [`${service} ${operation}`]: 1 } };
  if (service !== "dynamodb") return base;
  const body: Body & Transaction & Batch = JSON.parse(call.body);
  switch (operation) {
    case "TransactWriteItems":
      return { ...base, ...(await written(system, body.TransactItems, 2, before)) };
    case "PutItem":
      return { ...base, ...(await written(system, [{ Put: body }], 1, before)) };
    case "UpdateItem":
      return { ...base, ...(await written(system, [{ Update: body }], 1, before)) };
    case "DeleteItem":
      return { ...base, ...(await written(system, [{ Delete: body }], 1, before)) };
    case "Query":
      return { ...base, ...(await queriedAgain(system, body)) };
    case "GetItem": {
      const row = await findRow(system, body.TableName, unmarshall(body.Key ?? {}));
      return { ...base, readUnits: unitsOf(sizeOf(row), body.ConsistentRead) };
    }
    case "BatchGetItem":
      return { ...base, readUnits: await unitsOfBatch(system, body) };
    default:
      throw new Error(`what does ${operation} cost?`);
  }
}

async function written(
  system: System,
  items: Transaction["TransactItems"],
  each: 1 | 2,
  before: Map<string, Row>,
) {
  let rowUnits = 0;
  let indexUnits = 0;
  for (const item of items) {
    const [entry] = Object.entries(item);
    if (entry === undefined) continue;
    const [kind, { TableName: tableName, Key, Item }] = entry;
    const key = unmarshall(Key ?? Item ?? {});
    const name = rowName(tableName, key);
    const old = before.get(name);
    const next = Item === undefined ? await findRow(system, tableName, key) : unmarshall(Item);
    rowUnits += each * started(Math.max(sizeOf(next), sizeOf(old)), 1024);
    if (kind === "ConditionCheck") continue;
    indexUnits += indexWork(system, tableName, old, next);
    if (next === undefined) before.delete(name);
    else before.set(name, next);
  }
  return { writeUnits: rowUnits + indexUnits, indexUnits };
}

/** A row as it stands now: after all that was metered, which is no smaller than in between. */
async function findRow(system: System, TableName: string, { pk, sk }: Row): Promise<Row | undefined> {
  const answer = await system.clients.dynamodb.send(new GetCommand({ TableName, Key: { pk, sk } }));
  return answer.Item;
}

function indexWork(system: System, tableName: string, old: Row | undefined, next: Row | undefined): number {
  let units = 0;
  for (const { keys, projected } of indexesOf(system, tableName)) {
    const [was, is] = [old, next].map((row) => entryOf(row, keys, projected));
    if (JSON.stringify(was) === JSON.stringify(is)) continue;
    const moved = was !== undefined && is !== undefined && keys.some((key) => was[key] !== is[key]);
    // An entry whose key changes is taken away and made anew.
    if (moved) units += started(sizeOf(was), 1024) + started(sizeOf(is), 1024);
    else units += started(Math.max(sizeOf(was), sizeOf(is)), 1024);
  }
  return units;
}

function entryOf(
  row: Row | undefined,
  keys: readonly string[],
  projected: readonly string[],
): Row | undefined {
  if (row === undefined || keys.some((key) => row[key] === undefined)) return undefined;
  const names = [...new Set(["pk", "sk", ...keys, ...projected])].sort();
  return Object.fromEntries(names.flatMap((name) => (row[name] === undefined ? [] : [[name, row[name]]])));
}

function indexesOf(system: System, tableName: string) {
  const table = system.assembly
    .all("AWS::DynamoDB::GlobalTable")
    .find((one) => nameOfArn(tableName) === physicalNameOf(one));
  return (table?.properties.GlobalSecondaryIndexes ?? []).map(({ KeySchema, Projection }) => ({
    keys: KeySchema.map(({ AttributeName }) => AttributeName),
    projected: Projection.NonKeyAttributes ?? [],
  }));
}

/** Every row of a table that has an index: what was in the index before is known from the row alone. */
async function indexedRows(system: System): Promise<Map<string, Row>> {
  const rows = new Map<string, Row>();
  for (const output of ["CasesTable", "EmailTable"]) {
    const TableName = system.assembly.output(output);
    let from: Row | undefined;
    do {
      const page = await system.clients.dynamodb.send(
        new ScanCommand({ TableName, ExclusiveStartKey: from }),
      );
      for (const row of page.Items ?? []) rows.set(rowName(TableName, row), row);
      from = page.LastEvaluatedKey;
    } while (from !== undefined);
  }
  return rows;
}

function rowName(tableName: string, { pk, sk }: Row): string {
  return `${nameOfArn(tableName)} ${String(pk)} ${String(sk)}`;
}

/** Asks the same once more, past the door, to see what it looks at and what that costs. */
async function queriedAgain(system: System, body: Body) {
  const { ExpressionAttributeValues = {}, ExclusiveStartKey, ...rest } = body;
  const answer = await system.clients.dynamodb.send(
    new QueryCommand({
      ...rest,
      ExpressionAttributeValues: unmarshall(ExpressionAttributeValues),
      ...(ExclusiveStartKey === undefined ? {} : { ExclusiveStartKey: unmarshall(ExclusiveStartKey) }),
    }),
  );
  const bytes = (answer.Items ?? []).reduce((total, item) => total + sizeOf(item), 0);
  return {
    readUnits: unitsOf(bytes, body.ConsistentRead),
    scanned: answer.ScannedCount ?? 0,
    counted: answer.Count ?? 0,
  };
}

/** Each row of a batch is charged by itself, one that is not there as well. */
async function unitsOfBatch(system: System, { RequestItems }: Batch): Promise<number> {
  let units = 0;
  for (const [tableName, { Keys, ConsistentRead }] of Object.entries(RequestItems)) {
    for (const key of Keys) {
      units += unitsOf(sizeOf(await findRow(system, tableName, unmarshall(key))), ConsistentRead);
    }
  }
  return units;
}

function unitsOf(bytes: number, consistent: boolean | undefined): number {
  return started(bytes, 4096) * (consistent === true ? 1 : 0.5);
}

function started(bytes: number, size: number): number {
  return Math.max(1, Math.ceil(bytes / size));
}

/** As DynamoDB counts (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html). */
function sizeOf(value: unknown, inside = false): number {
  if (value === undefined) return 0;
  if (typeof value === "string") return Buffer.byteLength(value);
  if (typeof value === "number") return Math.ceil(String(Math.abs(value)).length / 2) + 1 + Number(value < 0);
  if (typeof value === "boolean" || value === null) return 1;
  if (value instanceof Set) return [...value].reduce((total: number, one) => total + sizeOf(one), 0);
  if (Array.isArray(value)) return 3 + value.reduce((total: number, one) => total + 1 + sizeOf(one, true), 0);
  const entries = Object.entries(value as Row);
  const overhead = inside ? 3 + entries.length : 0;
  return entries.reduce(
    (total, [name, one]) => total + Buffer.byteLength(name) + sizeOf(one, true),
    overhead,
  );
}
