import { GetObjectCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import type { System } from "../../local/system.ts";
import { physicalNameOf } from "../../local/template.ts";
import { postman, withSystem } from "../bench-system.ts";
import type { Bench, Figure, ProvingCase } from "../case.ts";
import { invariants, percentile, rowsOf } from "../invariants.ts";
import { settled } from "../queues.ts";
import { inParallel } from "../registrations.ts";

/** One record in three comes once more. */
const again = 1 / 3;
const badKey = { pk: "nobody#BROKEN", sk: "EVENT#000001" };

/** The first record of the stream has nothing to tell, and what was told comes again: the others must not suffer. */
export async function badRecord({ random, say }: Bench, mails: number): Promise<Figure> {
  let repeats = 0;
  const recordsComeAgain = (): boolean => {
    const comes = random() < again;
    if (comes) repeats += 1;
    return comes;
  };
  return await withSystem({ maxInstances: 2, visibilitySeconds: 15, recordsComeAgain }, async (system) => {
    const first = await heldUp(system);
    const row = { ...badKey, rowType: "event", note: "no event" };
    await system.clients.dynamodb.send(
      new PutCommand({ TableName: system.assembly.output("CasesTable"), Item: row }),
    );
    const all = Array.from({ length: mails - 1 }, (_, n) => n + 1);
    // These lie behind the bad record when the relay goes on; the others come while it is at work.
    const behind = all.splice(0, Math.min(50, Math.ceil(mails / 2)));
    await inParallel(behind, 8, (n) => first.post(n));
    await untilCases(system, behind.length + 1);
    const resumedAt = first.goOn();
    await inParallel(all, 8, (n) => first.post(n));
    first.close();
    say(`${mails} mails sent`);
    const putBack = await settled(system);
    const parked = await givenUp(system);
    const whole = parked.filter((record) => isWhole(record, row)).length;
    const lags = await lagSeconds(system, resumedAt);
    const found = await invariants(system);
    const { acknowledged, cases, doubled, lost, faults } = found;
    const holds =
      parked.length === 1 &&
      whole === 1 &&
      repeats > 0 &&
      cases === mails &&
      acknowledged === mails &&
      doubled === 0 &&
      lost === 0 &&
      faults.length === 0;
    return {
      holds,
      mails,
      repeats,
      putAsideAndBack: putBack,
      parked: parked.length,
      parkedWhole: whole,
      lagMaxSeconds: percentile(lags, 1),
      lagP50Seconds: percentile(lags, 0.5),
      acknowledged,
      doubled,
      lost,
      faults,
    };
  });
}

/** A first mail comes, and the relay hangs over its event: what is written now lies in the stream, in one batch. */
async function heldUp(system: System) {
  const post = postman(system, 8);
  const relay = system.hostOf("cases/relay");
  const hanging = new Promise<string>((resolve) => {
    system.door.watch(({ caller, instance }) => {
      if (caller !== "cases/relay") return "pass";
      system.door.watch(undefined);
      relay.pause(instance);
      resolve(instance);
      return "pass";
    });
  });
  const send = (n: number) => post.post({ from: `person${n}@example.org`, subject: `Fråga ${n}` });
  await send(0);
  const instance = await hanging;
  return {
    post: send,
    close: () => post.close(),
    goOn(): number {
      relay.resume(instance);
      return Date.now();
    },
  };
}

async function untilCases(system: System, count: number): Promise<void> {
  const cases = async () => (await rowsOf(system, "CasesTable")).filter((row) => row["sk"] === "CASE");
  while ((await cases()).length < count) await new Promise((resolve) => setTimeout(resolve, 200));
}

type StreamRecord = { dynamodb?: { NewImage?: Record<string, { S?: string }> } };

/** The records in the bucket for what a stream's reader gave up. */
async function givenUp(system: System): Promise<StreamRecord[]> {
  const bucket = system.assembly.all("AWS::S3::Bucket").find(({ id }) => /undelivered/i.test(id));
  if (bucket === undefined) throw new Error("no bucket for what is given up");
  const Bucket = physicalNameOf(bucket);
  const { Contents = [] } = await system.clients.s3.send(new ListObjectsV2Command({ Bucket }));
  const objects = await Promise.all(
    Contents.map(({ Key }) => system.clients.s3.send(new GetObjectCommand({ Bucket, Key }))),
  );
  const texts = await Promise.all(objects.map(({ Body }) => Body?.transformToString() ?? "[]"));
  return texts.flatMap((text): StreamRecord[] => JSON.parse(text));
}

function isWhole(record: StreamRecord, row: Record<string, string>): boolean {
  const image = record.dynamodb?.NewImage ?? {};
  const fields = Object.keys(row);
  return (
    Object.keys(image).length === fields.length && fields.every((field) => image[field]?.S === row[field])
  );
}

/** From the saving of each case, or from when the relay went on, until its acknowledgement went out. */
async function lagSeconds(system: System, resumedAt: number): Promise<number[]> {
  const sentAt = new Map(system.sent().map(({ tags, at }) => [tags["outbox"], Date.parse(at)]));
  const rows = await rowsOf(system, "CasesTable");
  return rows
    .filter((row) => row["sk"] === "CASE")
    .flatMap((row) => {
      const sent = sentAt.get(`ack-${row["caseId"]}`);
      return sent === undefined
        ? []
        : [(sent - Math.max(resumedAt, Date.parse(String(row["openedAt"])))) / 1000];
    });
}

export const r16: ProvingCase = {
  id: "R16",
  title: "a bad record first in the stream, and records that come again",
  run: (bench) => badRecord(bench, 500),
};
