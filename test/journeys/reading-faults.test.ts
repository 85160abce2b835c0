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
  const { folder, remove } = changedAssembly(impatient(3));
  cleanUp.push(remove);
  const system = await startTestSystem({ assembly: folder });
  cleanUp.push(() => system.stop());
  const { door } = system;
  const reader = system.hostOf("email/receive-mail");
  const letters = system.assembly.output("LettersBucket");
  let failed = 0;
  // An answer that the SDK does not try again: an attempt is over long before the queue brings the mail once more.
  door.enforce((caller, { action, resource }) => {
    const fails =
      caller === "email/receive-mail" &&
      action === "s3:PutObject" &&
      resource.includes(letters) &&
      reader.invocations() <= 3;
    if (fails) failed += 1;
    return !fails;
  });
  const from = "asa@example.org";
  await send(system.smtpPort, rawMail({ from, subject: "Plogning", text: "Kommer plogen?" }), { from });
  await system.quiet();
  expect([reader.invocations(), failed]).toEqual([4, 3]);
  const cases = await intake(system);
  expect(cases).toMatchObject([{ subject: "Plogning", unreadable: false }]);
  const { body } = await ask(system, `/cases/${cases[0]?.caseId}`, { sub: "amina" });
  expect(body.case.sender).toMatchObject({ address: from });
  expect(body.outgoing).toMatchObject([{ kind: "acknowledgement", status: "delivered" }]);
  expect(await putAside(system)).toEqual({});
});
