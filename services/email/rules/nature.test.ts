import { describe, expect, test } from "vitest";
import { isThanks, type NatureFacts, natureOf } from "./nature.ts";

const facts = (some: Partial<NatureFacts> = {}): NatureFacts => ({
  writer: "person",
  fields: [],
  subject: "",
  ownText: "Hej, när öppnar ni?",
  attachments: 0,
  ...some,
});
const field = (key: string, value: string) => [{ key, value }];

describe("a mail's nature", () => {
  test.each([
    ["a question", {}, "ordinary"],
    ["thanks", { ownText: "Tack för snabbt svar!! 🙂" }, "thanks"],
    ["thanks with a file", { ownText: "Tack!", attachments: 1 }, "ordinary"],
    ["a machine's thanks", { writer: "machine", ownText: "Tack!" }, "ordinary"],
    [
      "a vacation program",
      { writer: "machine", fields: field("auto-submitted", "auto-replied; owner-email=x") },
      "absence",
    ],
    [
      "Exchange",
      { writer: "machine", fields: field("x-ms-exchange-inbox-rules-loop", "a@example.org") },
      "absence",
    ],
    ["a Swedish subject", { writer: "machine", subject: "Automatiskt svar: Semester v. 29–32" }, "absence"],
    ["a reply to it", { writer: "machine", subject: "SV: Frånvaro: Åsa" }, "absence"],
    [
      "a receipt of an order",
      { writer: "machine", fields: field("auto-submitted", "auto-generated") },
      "ordinary",
    ],
    [
      "a delivery report",
      {
        writer: "machine",
        fields: field("content-type", 'multipart/report; report-type=delivery-status; boundary="b"'),
      },
      "delivery-report",
    ],
    [
      "an older one",
      { writer: "machine", fields: field("x-failed-recipients", "a@example.org") },
      "delivery-report",
    ],
    [
      "a read receipt",
      {
        writer: "machine",
        fields: field("content-type", "multipart/report; report-type=disposition-notification"),
      },
      "ordinary",
    ],
  ] as const)("%s is %s", (_what, some, nature) => {
    expect(natureOf(facts(some))).toBe(nature);
  });
});

describe("only thanks", () => {
  test.each([
    "Tack!",
    "Tack så mycket för hjälpen!\n\nMed vänliga hälsningar\nÅsa Öberg-Ek",
    "Hej! Tusen tack för ert snabba svar 🙂 Ha en trevlig helg! Mvh Kent",
    "Ok, tack då!",
    "Thank you very much for your help",
    "Kiitos paljon!",
  ])("%j", (text) => expect(isThanks(text)).toBe(true));

  test.each([
    "Tack, men soptunnan är fortfarande full.",
    "Tack på förhand! Vilken dag kommer ni?",
    "Tack. Ring mig på 070-174 06 05",
    "Tack, då vill jag överklaga.",
    "Hej!",
    "",
    "Nej tack.",
    "Tack för ingenting",
  ])("not %j", (text) => expect(isThanks(text)).toBe(false));
});
