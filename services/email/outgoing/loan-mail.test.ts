import { expect, test } from "vitest";
import type { LoanLetter } from "#services/booking/events.ts";
import { mailTexts } from "#shared/config.ts";
import { overdueContent } from "./loan-mail.ts";

const letter: LoanLetter = {
  to: "asa@example.org",
  language: "sv",
  item: "Nyckel till Samlingssalen",
  number: "G1",
  place: "Granhults servicekontor",
  dueAt: "2026-11-30T09:00:00.000Z",
};
const around = { organisation: "Björkeby kommun", serviceCentre: "Servicecenter", phone: "070-174 06 05" };

function mail(language: string, about = letter) {
  const texts = mailTexts()[language];
  if (texts === undefined) throw new Error(`no texts in ${language}`);
  return overdueContent(language, texts.loan.overdue, about, around);
}

test("says what was lent, where it is to be, since when, and whom to call, in Swedish time", () => {
  const { subject, text } = mail("sv");
  expect(subject).toBe("Påminnelse om det du har lånat: Nyckel till Samlingssalen (G1)");
  expect(text).toContain(
    "Det skulle ha lämnats tillbaka till Granhults servicekontor senast måndag 30 november 10:00.",
  );
  expect(text).toContain("070-174 06 05");
});

test("of what has no number says its name alone", () => {
  expect(mail("sv", { ...letter, item: "Projektor", number: null }).text).toContain(
    "Du har lånat: Projektor\n",
  );
});

test.each(["sv", "en", "fi"])("is whole in %s", (language) => {
  const { subject, text } = mail(language);
  expect(`${subject} ${text}`).not.toMatch(/[{}]/);
  for (const word of ["Samlingssalen (G1)", "Granhults servicekontor", "30", "Björkeby kommun"])
    expect(text).toContain(word);
});
