import { GetCommand } from "@aws-sdk/lib-dynamodb";
import fc from "fast-check";
import { beforeEach, expect, test } from "vitest";
import { table } from "#shared/table.ts";
import { freshTable } from "../../../test/tables.ts";
import { outgoingKey } from "../keys.ts";
import { mailStatusCodes, type OutgoingMail, outgoingSchema } from "./mail-status.ts";
import { keepMailStatus } from "./mail-status-table.ts";

let cases: string;
beforeEach(async () => {
  cases = await freshTable("CasesTable");
});

const news = (outboxVersion: number): OutgoingMail => ({
  outboxId: "ack-c1",
  outboxVersion,
  kind: "acknowledgement",
  status: mailStatusCodes[outboxVersion % mailStatusCodes.length] ?? "sent",
  at: new Date(Date.UTC(2026, 10, 24, 8, outboxVersion)).toISOString(),
  reason: null,
});
const kept = async (caseId: string) =>
  outgoingSchema.parse(
    (await table.send(new GetCommand({ TableName: cases, Key: outgoingKey(caseId, "ack-c1") }))).Item,
  );

test("the newest news of a mail stand, shuffled and repeated as they may be", async () => {
  let caseNumber = 0;
  const shuffled = fc.shuffledSubarray([1, 1, 2, 2, 3, 3, 4], { minLength: 7, maxLength: 7 });
  await fc.assert(
    fc.asyncProperty(shuffled, async (versions) => {
      caseNumber += 1;
      for (const version of versions) await keepMailStatus(cases, `c${caseNumber}`, news(version));
      expect(await kept(`c${caseNumber}`)).toEqual(news(4));
    }),
    { numRuns: 25 },
  );
});

test("what is known already is not written again", async () => {
  expect(await keepMailStatus(cases, "c1", news(2))).toBe("kept");
  expect(await keepMailStatus(cases, "c1", news(2))).toBe("known-already");
  expect(await keepMailStatus(cases, "c1", news(1))).toBe("known-already");
  expect(await keepMailStatus(cases, "c1", news(3))).toBe("kept");
});
