import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import fc from "fast-check";
import { beforeEach, expect, test } from "vitest";
import { table } from "#shared/table.ts";
import { freshTable } from "../../../test/tables.ts";
import { caseKey, meetingKey } from "../keys.ts";
import { type Meeting, meetingSchema, meetingStatusCodes } from "./meeting.ts";
import { keepMeeting } from "./meeting-table.ts";

let cases: string;
beforeEach(async () => {
  cases = await freshTable("CasesTable");
});

const open = (caseId: string) => table.send(new PutCommand({ TableName: cases, Item: caseKey(caseId) }));
const news = (bookingVersion: number, bookingId = "b1"): Meeting => ({
  bookingId,
  bookingVersion,
  service: "vagledning",
  unit: "servicecenter",
  office: "kommunhuset",
  startsAt: "2026-12-01T09:00:00.000Z",
  endsAt: "2026-12-01T09:30:00.000Z",
  status: meetingStatusCodes[bookingVersion % meetingStatusCodes.length] ?? "confirmed",
  at: new Date(Date.UTC(2026, 10, 24, 8, bookingVersion)).toISOString(),
});
const row = async (caseId: string) =>
  (
    await table.send(
      new GetCommand({ TableName: cases, Key: meetingKey(caseId, "b1"), ConsistentRead: true }),
    )
  ).Item;

test("the newest news of a meeting stand, shuffled and repeated as they may be", async () => {
  let n = 0;
  const shuffled = fc.shuffledSubarray([1, 1, 2, 2, 3, 3, 4], { minLength: 7, maxLength: 7 });
  await fc.assert(
    fc.asyncProperty(shuffled, async (versions) => {
      n += 1;
      await open(`c${n}`);
      for (const version of versions) await keepMeeting(cases, `c${n}`, news(version));
      expect(meetingSchema.parse(await row(`c${n}`))).toEqual(news(4));
    }),
    { numRuns: 25 },
  );
});

test("of two at once both are tried and the newer one stays", async () => {
  await open("c1");
  const outcomes = await Promise.all([1, 2].map((version) => keepMeeting(cases, "c1", news(version))));
  expect(outcomes[1]).toBe("kept");
  expect(await row("c1")).toMatchObject({ bookingVersion: 2 });
});

test("what is known is not written again, and nothing at all of a case that is not there", async () => {
  expect(await keepMeeting(cases, "c1", news(2))).toBe("no-such-case");
  expect(await row("c1")).toBeUndefined();
  await open("c1");
  expect(await keepMeeting(cases, "c1", news(2))).toBe("kept");
  expect(await keepMeeting(cases, "c1", news(2))).toBe("known-already");
  expect(await keepMeeting(cases, "c1", news(1))).toBe("known-already");
});
