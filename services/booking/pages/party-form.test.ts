import { expect, test } from "vitest";
import { partyIn } from "./party-form.ts";

const asa = { name: "Åsa Öberg", email: "asa@example.org", phone: "" };

test("a name and one way to be reached are enough", () => {
  expect(partyIn(asa)).toEqual({ party: { ...asa, phone: null, about: null } });
  expect(partyIn({ ...asa, email: "", phone: "070-174 06 05" })).toEqual({
    party: { name: "Åsa Öberg", email: null, phone: "070-174 06 05", about: null },
  });
});

test.each([
  ["no name", { ...asa, name: "" }, ["name"]],
  ["a name without end", { ...asa, name: "å".repeat(201) }, ["name"]],
  ["no way to be reached", { ...asa, email: "" }, ["email"]],
  ["half an address", { ...asa, email: "asa@" }, ["email"]],
  ["a line break in the address", { ...asa, email: "asa@example.org\nBcc: bo@example.org" }, ["email"]],
  ["an address without end", { ...asa, email: `${"a".repeat(200)}@example.org` }, ["email"]],
  ["words for a number", { ...asa, phone: "ring mig" }, ["phone"]],
  ["nothing at all", { name: "", email: "", phone: "" }, ["name", "email"]],
])("%s is told beside its field", (_what, typed, fields) => {
  const form = partyIn(typed);
  expect("faults" in form && form.faults.map(({ field }) => field)).toEqual(fields);
});
