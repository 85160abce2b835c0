import { afterEach, describe, expect, test } from "vitest";
import type { System } from "../../local/system.ts";
import { changedAssembly, impatient, type TemplateChange } from "../../provbank/assembly.ts";
import { everyCrashPoint } from "../../provbank/crash-points.ts";
import { account } from "../../provbank/intake.ts";
import { rawMail, send } from "../mail.ts";
import { intake, said, startTestSystem } from "../system.ts";

const cleanUp: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});

async function start(
  change: TemplateChange,
  options: Parameters<typeof startTestSystem>[0] = {},
): Promise<System> {
  const { folder, remove } = changedAssembly(change);
  cleanUp.push(remove);
  const system = await startTestSystem({ ...options, assembly: folder });
  cleanUp.push(() => system.stop());
  return system;
}

describe("what the runner runs is what the templates say", () => {
  /** receive-mail with an inbox that is not its own, and a mail: how often is it tried, how far apart, and where does it end? */
  async function failing(visibilitySeconds: number, maxReceiveCount: number) {
    const system = await start((template) => {
      for (const { Type, Properties } of Object.values(template.Resources)) {
        const redrive = Properties?.["RedrivePolicy"] as { maxReceiveCount?: number } | undefined;
        if (Type === "AWS::SQS::Queue" && redrive?.maxReceiveCount !== undefined) {
          redrive.maxReceiveCount = maxReceiveCount;
          Properties["VisibilityTimeout"] = visibilitySeconds;
        }
        const environment = Properties?.["Environment"] as { Variables: Record<string, unknown> } | undefined;
        if (environment?.Variables["INBOX_BUCKET"] !== undefined)
          environment.Variables["INBOX_BUCKET"] = "no-such-bucket";
      }
    });
    const started = performance.now();
    await send(system.smtpPort, rawMail());
    await system.quiet();
    const seconds = (performance.now() - started) / 1000;
    const tries = system.door.refusals().filter(({ action }) => action === "s3:GetObject").length;
    return { tries, seconds };
  }

  test("a message comes again after its visibility, as often as maxReceiveCount says", async () => {
    const two = await failing(1, 2);
    const three = await failing(3, 3);
    expect([two.tries, three.tries]).toEqual([2, 3]);
    expect(two.seconds).toBeGreaterThan(1);
    expect(three.seconds).toBeGreaterThan(6);
    expect(said.some((line) => line.includes("receive-mail"))).toBe(false);
  });

  test("an unknown property stops the start with its name", async () => {
    const { folder, remove } = changedAssembly((template) => {
      for (const { Type, Properties } of Object.values(template.Resources)) {
        if (Type === "AWS::Lambda::EventSourceMapping") Properties["BatchSizes"] = 1;
      }
    });
    cleanUp.push(remove);
    await expect(startTestSystem({ assembly: folder })).rejects.toThrow(
      /BatchSizes: not known to this machine/,
    );
  });
});

describe("a function that dies after its n-th call", () => {
  test("leaves exactly one case, whichever function and whichever call it was", {
    timeout: 240_000,
  }, async () => {
    const system = await start(impatient(1), { functionsAs: "processes", maxInstances: 1 });
    const points: Record<string, number> = {};
    for (const caller of ["email/receive-mail", "email/relay", "cases/register-mail"]) {
      points[caller] = await everyCrashPoint(system, caller, () => send(system.smtpPort, rawMail()));
    }
    // receive-mail: read, archive, letter, transaction, delete. register-mail: letter, what is known, transaction.
    expect(points).toMatchObject({ "email/receive-mail": 5, "cases/register-mail": 3 });
    expect(points["email/relay"]).toBeGreaterThanOrEqual(1);
    const result = await account(system, 0);
    expect(result).toMatchObject({ handled: result.accepted, cases: result.accepted, lost: 0, doubled: 0 });
    expect(await intake(system)).toHaveLength(result.accepted);
  });
});

test("a mail whose notice never came is swept up, once, with its sender unverified", async () => {
  const system = await start(impatient(1));
  const { PutObjectCommand } = await import("@aws-sdk/client-s3");
  const Bucket = system.assembly.output("InboxBucket");
  await system.clients.s3.send(
    new PutObjectCommand({ Bucket, Key: "mail/abc123", Body: rawMail({ subject: "Bortglömd" }) }),
  );
  await system.hostOf("email/sweep").invoke({});
  await system.quiet();
  expect(await intake(system)).toEqual([]);

  process.env["CLOCK_OFFSET_MS"] = String(11 * 60_000);
  const later = await startTestSystem();
  delete process.env["CLOCK_OFFSET_MS"];
  cleanUp.push(() => later.stop());
  const InboxBucket = later.assembly.output("InboxBucket");
  await later.clients.s3.send(
    new PutObjectCommand({
      Bucket: InboxBucket,
      Key: "mail/abc123",
      Body: rawMail({ subject: "Bortglömd" }),
    }),
  );
  await later.hostOf("email/sweep").invoke({});
  await later.hostOf("email/sweep").invoke({});
  await later.quiet();
  expect(await intake(later)).toMatchObject([{ subject: "Bortglömd", messageCount: 1 }]);
});
