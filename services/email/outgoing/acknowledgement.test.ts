import { describe, expect, test } from "vitest";
import { mailTexts } from "#shared/config.ts";
import {
  type AcknowledgementFacts,
  acknowledge,
  acknowledgementContent,
  type Wording,
} from "./acknowledgement.ts";

const citizen: AcknowledgementFacts = {
  trust: "verified",
  writer: "person",
  readable: true,
  addressee: "official",
  address: "asa@example.org",
  ownDomains: ["example.se", "in.example.se"],
  access: "intake",
  nature: "ordinary",
  kind: "question",
};

describe("a new case is acknowledged", () => {
  test.each(["official", "unit", "reply", "unknown"] as const)(
    "to a verified person who wrote to %s",
    (addressee) => {
      expect(acknowledge({ ...citizen, addressee })).toEqual({
        to: "asa@example.org",
        wording: "acknowledgement",
      });
    },
  );

  test.each([
    ["nobody vouches for the sender", { trust: "unknown" as const }, "sender-not-verified"],
    ["the sender failed the checks", { trust: "failed" as const }, "sender-not-verified"],
    ["they only thank us", { nature: "thanks" as const }, "only-thanks"],
    ["it is an invoice", { kind: "invoice" }, "no-answer-due"],
    ["a machine wrote", { writer: "machine" as const }, "written-by-a-machine"],
    ["one cannot be sure that it was none", { writer: "unsure" as const }, "written-by-a-machine"],
    ["the mail could not be read", { readable: false }, "unreadable"],
    ["there is no address", { address: null }, "no-address"],
    ["it comes from ourselves", { address: "bygglov@example.se" }, "our-own-address"],
    ["it comes from our own mail domain", { address: "x@in.example.se" }, "our-own-address"],
    ["a child may be at risk", { urgency: "child-at-risk" }, "urgent"],
    [
      "somebody may be in danger, whoever they are",
      { urgency: "suicide", trust: "failed" as const },
      "urgent",
    ],
    ["a department sent us news", { addressee: "internal" as const }, "not-for-citizens"],
  ])("to nobody when %s", (_what, changes, refused) => {
    expect(acknowledge({ ...citizen, ...changes })).toEqual({ refused });
  });
});

test("what is secret from the first second gets the wording that gives nothing away", () => {
  expect(acknowledge({ ...citizen, access: "secret" })).toEqual({
    to: "asa@example.org",
    wording: "neutral",
  });
  expect(acknowledge({ ...citizen, access: "public" })).toMatchObject({ wording: "acknowledgement" });
});

const fields = {
  caseNumber: "BJO-2026-000123",
  nextDate: "2026-11-26",
  organisation: "Björkeby kommun",
  serviceCentre: "Björkeby servicecenter",
  phone: "070-174 06 05",
  openingHours: "måndag–torsdag 8–18, fredag 8–17",
  page: "https://arende.example.se/m/abc",
};

function written(language: string, wording: Wording) {
  const template = mailTexts()[language]?.[wording];
  if (template === undefined) throw new Error(`no texts in ${language}`);
  return acknowledgementContent(language, template, fields);
}

test.each([
  ["sv", "torsdag 26 november"],
  ["en", "Thursday, 26 November"],
  ["fi", "torstai 26. marraskuuta"],
])(
  "in %s it has the number, the date (%s), link, phone, hours and what an official document means",
  (language, date) => {
    const { subject, text } = written(language, "acknowledgement");
    expect(subject).toContain("BJO-2026-000123");
    const { nextDate, ...others } = fields;
    for (const part of [...Object.values(others), date, "allmän handling"]) expect(text).toContain(part);
    expect(text).not.toContain(nextDate);
  },
);

test.each(["sv", "en", "fi"])("in %s the neutral one has neither date nor link", (language) => {
  const { subject, text } = written(language, "neutral");
  expect(text).toContain("BJO-2026-000123");
  expect(`${subject} ${text}`).not.toMatch(/https?:|november|marraskuu|BJO-2026-000123.*BJO-2026-000123/);
});
