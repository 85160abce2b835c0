import { afterEach, expect, test } from "vitest";
import { changedAssembly, impatient } from "../../provbank/assembly.ts";
import { putAside } from "../../provbank/queues.ts";
import { rawMail, send } from "../mail.ts";
import { ask, intake, startTestSystem } from "../system.ts";

const cleanUp: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});

test("a mail that cannot be stored three times over is read all the same, and acknowledged", async () => {
  const { folder, remove } = changedAssembly(impatient(1));
  cleanUp.push(remove);
  const system = await startTestSystem({ assembly: folder });
  cleanUp.push(() => system.stop());
  const { door } = system;
  const reader = system.hostOf("email/receive-mail");
  let failed = 0;
  door.inject(({ caller, service, operation }) => {
    const fails =
      caller === "email/receive-mail" &&
      service === "dynamodb" &&
      operation === "TransactWriteItems" &&
      reader.invocations() <= 3;
    if (fails) failed += 1;
    return fails ? "throttled" : undefined;
  });
  const from = "asa@example.org";
  await send(system.smtpPort, rawMail({ from, subject: "Plogning", text: "Kommer plogen?" }), { from });
  await system.quiet();
  door.inject(undefined);
  expect([reader.invocations(), failed > 3]).toEqual([4, true]);
  const cases = await intake(system);
  expect(cases).toMatchObject([{ subject: "Plogning", unreadable: false }]);
  const { body } = await ask(system, `/cases/${cases[0]?.caseId}`, { sub: "amina" });
  expect(body.case.sender).toMatchObject({ address: from });
  expect(body.outgoing).toMatchObject([{ kind: "acknowledgement", status: "delivered" }]);
  expect(await putAside(system)).toEqual({});
});
