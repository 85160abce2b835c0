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
      {
        writer: "machine",
        fields: [
          ...field("x-auto-response-suppress", "All"),
          ...field("x-ms-exchange-inbox-rules-loop", "a@example.org"),
        ],
      },
      "absence",
    ],
    [
      "a rule of Exchange alone",
      { writer: "machine", fields: field("x-ms-exchange-inbox-rules-loop", "a@example.org") },
      "ordinary",
    ],
    [
      "a Swedish subject without a return path",
      {
        writer: "machine",
        fields: field("return-path", "<>"),
        subject: "Automatiskt svar: Semester v. 29–32",
      },
      "absence",
    ],
    [
      "a reply to it that asks for silence",
      { writer: "machine", fields: field("x-auto-response-suppress", "All"), subject: "SV: Frånvaro: Åsa" },
      "absence",
    ],
    [
      "an absence that a machine made",
      { writer: "machine", fields: field("auto-submitted", "auto-generated"), subject: "Frånvaro: Åsa" },
      "absence",
    ],
    ["such a subject alone", { writer: "unsure", subject: "Frånvaro Kalle 3B" }, "ordinary"],
    [
      "such a subject on a list",
      { writer: "machine", fields: field("list-id", "<3b.example.org>"), subject: "Frånvaro Kalle 3B" },
      "ordinary",
    ],
    ["thanks of which one cannot be sure", { writer: "unsure", ownText: "Tack!" }, "ordinary"],
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
    "Tack! mvh anna",
    "Thank you!\n\nKind regards\nÅsa O\u0308berg",
    "Tack för hjälpen, hälsningar och\nMed vänlig hälsning Kent",
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
    "Tack för svaret. Vänligen skicka blanketten hem.",
    "Tack! Vänligen ring mig.",
    "Tack. Mvh Anna. Jag överklagar",
    "Tack för beskedet! Hälsningar Anna PS soptunnan luktar",
    "Tack! Hälsningar ring mig mvh",
    "Thanks! Kind regards, please call me",
    "Kiitos. Terveisin Matti, soittakaa minulle",
  ])("not %j", (text) => expect(isThanks(text)).toBe(false));
});
