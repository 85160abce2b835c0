import { expect, test } from "vitest";
import { matches, parsePattern } from "./filter.ts";
import { rateMs } from "./schedule.ts";

const pattern = parsePattern('{"eventName":["INSERT"],"dynamodb":{"NewImage":{"rowType":{"S":["event"]}}}}');
const record = (eventName: string, rowType?: string) => ({
  eventName,
  dynamodb: { NewImage: rowType === undefined ? {} : { rowType: { S: rowType } } },
});

test.each([
  ["a new event row", record("INSERT", "event"), true],
  ["a changed event row", record("MODIFY", "event"), false],
  ["another row", record("INSERT", "mail"), false],
  ["a row without a kind", record("INSERT"), false],
  ["nothing", undefined, false],
])("%s passes the relay's filter: %s", (_what, value, passes) => {
  expect(matches(pattern, value)).toBe(passes);
});

test("stops at an operator that is not played", () => {
  expect(() => parsePattern('{"a":{"b":[{"prefix":"x"}]}}')).toThrow("a.b");
  expect(() => parsePattern("[]")).toThrow("an object is expected");
});

test("rates are milliseconds; anything else stops", () => {
  expect([rateMs("rate(5 minutes)"), rateMs("rate(1 hour)"), rateMs("rate(2 days)")]).toEqual([
    300_000, 3_600_000, 172_800_000,
  ]);
  expect(() => rateMs("cron(0 8 * * ? *)")).toThrow("only rate");
});
