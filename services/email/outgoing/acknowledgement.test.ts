import { describe, expect, test } from "vitest";
import { type AcknowledgementFacts, acknowledge, acknowledgementText } from "./acknowledgement.ts";

const citizen: AcknowledgementFacts = {
  trust: "verified",
  writer: "person",
  readable: true,
  addressee: "official",
  address: "asa@example.org",
  ownDomains: ["example.se", "in.example.se"],
};

describe("a new case is acknowledged", () => {
  test.each(["official", "unit", "reply", "unknown"] as const)(
    "to a verified person who wrote to %s",
    (addressee) => {
      expect(acknowledge({ ...citizen, addressee })).toEqual({ to: "asa@example.org" });
    },
  );

  test.each([
    ["nobody vouches for the sender", { trust: "unknown" as const }, "sender-not-verified"],
    ["the sender failed the checks", { trust: "failed" as const }, "sender-not-verified"],
    ["a machine wrote", { writer: "machine" as const }, "written-by-a-machine"],
    ["the mail could not be read", { readable: false }, "unreadable"],
    ["there is no address", { address: null }, "no-address"],
    ["it comes from ourselves", { address: "bygglov@example.se" }, "our-own-address"],
    ["it comes from our own mail domain", { address: "x@in.example.se" }, "our-own-address"],
    ["a department sent us news", { addressee: "internal" as const }, "not-for-citizens"],
  ])("to nobody when %s", (_what, changes, refused) => {
    expect(acknowledge({ ...citizen, ...changes })).toEqual({ refused });
  });
});

test("the text has the number, the date, the phone, the hours and what an official document means", () => {
  const { subject, text } = acknowledgementText({
    caseNumber: "BJO-2026-000123",
    nextDate: "2026-11-26",
    organisation: "Björkeby kommun",
    serviceCentre: "Björkeby servicecenter",
    phone: "070-174 06 05",
    openingHours: "måndag–torsdag 8–18, fredag 8–17",
    page: "https://arende.example.se/m/abc",
  });
  expect(subject).toContain("BJO-2026-000123");
  for (const part of [
    "BJO-2026-000123",
    "torsdag 26 november",
    "070-174 06 05",
    "fredag 8–17",
    "https://arende.example.se/m/abc",
    "allmän handling",
  ]) {
    expect(text).toContain(part);
  }
});
