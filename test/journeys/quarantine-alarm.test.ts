import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { System } from "../../local/system.ts";
import { rawMail, send } from "../mail.ts";
import { ask, change, startTestSystem } from "../system.ts";

const amina = { sub: "amina" };
const state = mkdtempSync(join(tmpdir(), "state-"));
afterAll(() => rmSync(state, { recursive: true, force: true }));

/** The next working day after today, as the system counts. */
let nextDay: string;

/** The same system at another time. */
async function at<T>(instant: string, use: (system: System) => Promise<T>): Promise<T> {
  process.env["CLOCK_OFFSET_MS"] = String(Date.parse(instant) - Date.now());
  const system = await startTestSystem({ state });
  delete process.env["CLOCK_OFFSET_MS"];
  try {
    return await use(system);
  } finally {
    await system.stop();
  }
}

/** The events that the alarm has let out, and how often it has called in the log. */
async function alarms(system: System) {
  await system.hostOf("cases/quarantine-alarm").invoke({});
  await system.quiet();
  const { Items = [] } = await system.clients.dynamodb.send(
    new ScanCommand({ TableName: system.assembly.output("CasesTable") }),
  );
  const events = Items.flatMap(({ event }) => (event?.type === "QuarantineOverdue" ? [event.data] : []));
  const log = readFileSync(join(system.folder, "logs", "cases-quarantine-alarm.log"), "utf8");
  return { events, calls: log.split("QUARANTINE_OVERDUE").length - 1 };
}

beforeAll(async () => {
  const system = await startTestSystem({ state });
  await send(system.smtpPort, rawMail({ subject: "Du har vunnit" }), { greeting: "verdict.spam-fail" });
  await system.quiet();
  const { body } = await ask(system, "/cases/quarantine/duty", amina);
  nextDay = body.days.find(({ date }: { date: string }) => date > body.today).date;
  // What came today nobody has to have seen today.
  expect(await alarms(system)).toEqual({ events: [], calls: 0 });
  await system.stop();
});

test("before ten in Sweden nobody is called", async () => {
  const early = await at(`${nextDay}T07:30:00Z`, alarms);
  expect(early).toEqual({ events: [], calls: 0 });
});

test("after ten somebody is, once as an event and each time in the log, until it is looked through", async () => {
  await at(`${nextDay}T10:30:00Z`, async (system) => {
    const overdue = [{ date: nextDay, held: 1, taken: false }];
    expect(await alarms(system)).toEqual({ events: overdue, calls: 1 });
    expect(await alarms(system)).toEqual({ events: overdue, calls: 2 });
    const done = await change(system, `/cases/quarantine/duty/${nextDay}/done`, amina, {});
    expect(done.body.days[0].done.by).toBe("Amina");
    expect(await alarms(system)).toEqual({ events: overdue, calls: 2 });
    // It asked for nothing that its role does not allow, and used all that it does.
    expect(system.door.refusals()).toEqual([]);
    const unused = system.rights.unused().filter((grant) => grant.startsWith("cases/quarantine-alarm: "));
    expect(unused).toEqual([]);
  });
});
