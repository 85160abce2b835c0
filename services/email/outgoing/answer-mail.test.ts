import { describe, expect, test } from "vitest";
import { mailTexts } from "#shared/config.ts";
import { answerContent } from "./answer-mail.ts";

const fields = {
  subject: "Sv: Plogning [BJO-2026-000123]",
  text: "Gatan plogas {phone} i dag.\n",
  caseNumber: "BJO-2026-000123",
  signedBy: "Gatuenheten",
  organisation: "Björkeby kommun",
  phone: "070-174 06 05",
  page: "https://arende.example.se/m/abc",
  filesOnPage: false,
};
const asked = {
  to: "asa@example.org",
  address: "asa@example.org",
  receivedAt: new Date("2026-11-23T23:30:00Z"),
  text: "Hej, när plogas gatan?",
  readable: true,
};

function written(
  language: string,
  answered?: Parameters<typeof answerContent>[3],
  changes: Partial<typeof fields> = {},
) {
  const template = mailTexts()[language]?.answer;
  if (template === undefined) throw new Error(`no texts in ${language}`);
  return answerContent(language, template, { ...fields, ...changes }, answered);
}

test.each(["sv", "en", "fi"])(
  "in %s an answer begins with what was written, as it was written",
  (language) => {
    const { subject, text } = written(language);
    expect(subject).toBe("Sv: Plogning [BJO-2026-000123]");
    expect(text).toMatch(/^Gatan plogas \{phone\} i dag\.\n\nGatuenheten\nBjörkeby kommun\n/);
    for (const part of [fields.caseNumber, fields.phone, fields.page]) expect(text).toContain(part);
  },
);

test.each([
  ["sv", "är för stora för e-post"],
  ["en", "are too large for e-mail"],
  ["fi", "ovat liian suuria sähköpostiin"],
])(
  "in %s, files that are too large for a mail are said to be on the page, below the answer",
  (language, words) => {
    const { text } = written(language, undefined, { filesOnPage: true });
    const [answer = "", files = "", signature = ""] = text.split("\n\n");
    expect([answer, signature]).toEqual(
      [fields.text.trim(), "Gatuenheten\nBjörkeby kommun\n".trim()].map((part) =>
        expect.stringContaining(part),
      ),
    );
    expect(files).toContain(words);
    expect(files).toContain(fields.page);
    expect(written(language).text).not.toContain(words);
  },
);

describe("below it stands what the citizen wrote", () => {
  test.each([
    ["sv", "Den 24 november 2026 skrev du:"],
    ["en", "On 24 November 2026 you wrote:"],
    ["fi", "Kirjoitit 24. marraskuuta 2026:"],
  ])("in %s: %s, by the date in Sweden", (language, intro) => {
    expect(written(language, asked).quote).toEqual({ intro, text: "Hej, när plogas gatan?" });
  });

  test.each([
    ["somebody else wrote it", { address: "bo@example.org" }],
    ["nobody knows who wrote it", { address: null }],
    ["it could not be read", { readable: false }],
    ["it says nothing of its own", { text: " \n" }],
  ])("but not when %s", (_what, changes) => {
    expect(written("sv", { ...asked, ...changes }).quote).toBeUndefined();
  });
});
