import { afterEach, describe, expect, test } from "vitest";
import type { System } from "../../local/system.ts";
import { changedAssembly, impatient } from "../../provbank/assembly.ts";
import { rawMail, send } from "../mail.ts";
import { ask, intake, startTestSystem } from "../system.ts";

const cleanUp: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});

type Statement = { Action: string | string[]; Resource: unknown };

/** The system with something changed in the statements of one function's role. */
async function startWith(role: RegExp, change: (statement: Statement) => void): Promise<System> {
  let changed = 0;
  const { folder, remove } = changedAssembly((template, file) => {
    impatient(1)(template, file);
    for (const [id, { Type, Properties }] of Object.entries(template.Resources)) {
      if (Type !== "AWS::IAM::Policy" || !role.test(`${file} ${id}`)) continue;
      changed += 1;
      for (const statement of (Properties["PolicyDocument"] as { Statement: Statement[] }).Statement)
        change(statement);
    }
  });
  cleanUp.push(remove);
  expect(changed).toBe(1);
  const system = await startTestSystem({ assembly: folder });
  cleanUp.push(() => system.stop());
  return system;
}

describe("on one machine a function may do what its role in the template allows", () => {
  test("and not on another table: its mail is left, nothing half is written, and the door says why", async () => {
    const system = await startWith(/email\.template.* ReceiveMailRole/, (statement) => {
      const json = JSON.stringify(statement.Resource);
      if ([statement.Action].flat().includes("dynamodb:PutItem"))
        statement.Resource = JSON.parse(json.replace(/MailTable\w+/, "ElsewhereTable"));
    }).catch((error: unknown) => error);
    // A role that names what the template does not have stops the start.
    expect(String(system)).toMatch(/ElsewhereTable/);
  });

  test("and not what has been taken away: a mail that cannot be saved is kept in the inbox and becomes no case", async () => {
    const system = await startWith(/email\.template.* ReceiveMailRole/, (statement) => {
      statement.Action = [statement.Action].flat().filter((action) => action !== "dynamodb:PutItem");
      if (statement.Action.length === 0) statement.Action = "none:None";
    });
    await send(system.smtpPort, rawMail());
    await system.quiet();
    expect(await intake(system)).toEqual([]);
    expect(system.door.refusals()[0]).toMatchObject({
      caller: "email/receive-mail",
      action: "dynamodb:PutItem",
      resource: expect.stringContaining("MailTable"),
    });
  });

  test("and not of an index that it was not given, though it may read the table", async () => {
    const system = await startWith(/cases\.template.* ApiRole/, (statement) => {
      if (JSON.stringify(statement.Resource).includes("/index/")) statement.Action = "none:None";
    });
    expect((await ask(system, "/cases/worklists/unassigned", { sub: "amina" })).status).toBe(500);
    expect(system.door.refusals()).toMatchObject([
      {
        caller: "cases/api",
        action: "dynamodb:Query",
        resource: expect.stringMatching(/\/index\/worklist$/),
      },
    ]);
  });
});
