import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import type { System } from "../../local/system.ts";
import { changedAssembly, impatient } from "../../provbank/assembly.ts";
import { everyCrashPoint } from "../../provbank/crash-points.ts";
import { account } from "../../provbank/intake.ts";
import { rawMail, send } from "../mail.ts";
import { ask, intake, startTestSystem } from "../system.ts";

const cleanUp: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});

async function start(options: Parameters<typeof startTestSystem>[0] = {}): Promise<System> {
  const { folder, remove } = changedAssembly(impatient(1));
  cleanUp.push(remove);
  const system = await startTestSystem({ ...options, assembly: folder });
  cleanUp.push(() => system.stop());
  return system;
}

/** What the cases say of their acknowledgements, by the cases' subjects. */
async function statuses(system: System): Promise<Record<string, string | undefined>> {
  const cases = await intake(system);
  const files = await Promise.all(
    cases.map(({ caseId }) => ask(system, `/cases/${caseId}`, { sub: "amina" })),
  );
  return Object.fromEntries(
    files.map(({ body }) => [
      body.case.subject,
      body.outgoing.map((mail: { status: string }) => mail.status).join(),
    ]),
  );
}

test("SES busy: sent later, once. SES refuses: never, and the case says so. Its answer lost: not sent again", async () => {
  const system = await start();
  const mail = async (subject: string, ...faults: Parameters<System["ses"]["failNext"]>[0]) => {
    system.ses.failNext(faults);
    const from = `${subject}@example.org`;
    await send(system.smtpPort, rawMail({ subject, from }), { from });
    await system.quiet();
  };
  await mail("busy", { code: "Throttling" }, { code: "Throttling" });
  await mail("refused", { code: "MessageRejected" });
  await mail("lost", { lost: "answer" });
  await mail("silent", { lost: "answer and events" });
  expect(system.sent().map(({ to }) => to.join())).toEqual([
    "busy@example.org",
    "lost@example.org",
    "silent@example.org",
  ]);
  expect(await statuses(system)).toEqual({
    busy: "delivered",
    refused: "refused",
    lost: "delivered",
    silent: "",
  });
});

test("a mail whose fate nobody knows is uncertain after a quarter of an hour, and is not sent again", async () => {
  const state = mkdtempSync(join(tmpdir(), "state-"));
  cleanUp.push(() => rmSync(state, { recursive: true, force: true }));
  const before = await startTestSystem({ state });
  before.ses.failNext([{ lost: "answer and events" }]);
  await send(before.smtpPort, rawMail({ subject: "tyst" }));
  await before.quiet();
  await before.hostOf("email/sweep-outbox").invoke({});
  await before.quiet();
  expect(await statuses(before)).toEqual({ tyst: "" });
  await before.stop();

  process.env["CLOCK_OFFSET_MS"] = String(16 * 60_000);
  const later = await startTestSystem({ state });
  delete process.env["CLOCK_OFFSET_MS"];
  cleanUp.push(() => later.stop());
  await later.hostOf("email/sweep-outbox").invoke({});
  await later.quiet();
  expect(await statuses(later)).toEqual({ tyst: "uncertain" });
  expect(later.sent()).toHaveLength(1);
});

test("killed after any call, the sending side never sends a second mail; one is missing only where it was claimed", async () => {
  const system = await start({ functionsAs: "processes", maxInstances: 1 });
  const points: Record<string, number> = {};
  for (const name of ["email/send-mail", "email/reconcile", "cases/record-mail-status"]) {
    points[name] = await everyCrashPoint(system, name, async (n) => {
      // An instance looks for waiting answers once a second at most: by now it does, so that every mail's calls are the same ones.
      if (name === "email/send-mail") await setTimeout(1_000);
      const from = `${name.replace("/", "-")}-${n}@example.org`;
      await send(system.smtpPort, rawMail({ subject: `${name} ${n}`, from }), { from });
    });
  }
  // send-mail: letter, tokens, a look for waiting answers, claim, SES, and the settlement where SES's own events have not come first.
  expect(points["email/send-mail"]).toBeGreaterThanOrEqual(5);
  expect(points["email/reconcile"]).toBeGreaterThanOrEqual(2);
  expect(points["cases/record-mail-status"]).toBeGreaterThanOrEqual(1);
  const result = await account(system, 0);
  expect(result).toMatchObject({ lost: 0, doubled: 0, acknowledged: result.cases - 1 });
  const unsettled = Object.entries(await statuses(system)).filter(([, status]) => status !== "delivered");
  expect(unsettled).toEqual([["email/send-mail 4", ""]]);
});
