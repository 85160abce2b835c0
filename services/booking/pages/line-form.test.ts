import { expect, test } from "vitest";
import { type TypedWait, waitIn } from "./line-form.ts";

const typed: TypedWait = {
  from: "2026-11-24",
  to: "2026-12-04",
  part: "",
  seats: "1",
  email: "asa@example.org",
};
const limits = { today: "2026-11-24", last: "2027-05-26", seats: 4 };

test("a whole form is what they wait for", () => {
  expect(waitIn({ ...typed, part: "evening", seats: "4" }, limits)).toEqual({
    wait: { ...typed, part: "evening", seats: 4 },
  });
  expect(waitIn({ ...typed, part: "night" }, limits)).toMatchObject({ wait: { part: null } });
});

test.each<[string, Partial<TypedWait>, string]>([
  ["no first day", { from: "" }, "from"],
  ["a day that no month has", { from: "2026-11-31" }, "from"],
  ["words for a last day", { to: "fredag" }, "to"],
  ["a last day that is past", { from: "2026-11-01", to: "2026-11-23" }, "to"],
  ["a last day before the first", { from: "2026-12-05" }, "to"],
  ["a last day too far ahead", { to: "2027-05-27" }, "to"],
  ["nobody", { seats: "0" }, "seats"],
  ["more than there is room for", { seats: "5" }, "seats"],
  ["half an address", { email: "asa@" }, "email"],
  ["no address", { email: "" }, "email"],
])("of %s it says so beside the field", (_what, changes, field) => {
  const read = waitIn({ ...typed, ...changes }, limits);
  expect("faults" in read ? read.faults.map((fault) => fault.field) : []).toEqual([field]);
});
