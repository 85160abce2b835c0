import { describe, expect, it } from "vitest";
import { attentionText, closeReasonText, historyText, statusText } from "./case-words.ts";
import { directory } from "./test-case.ts";

type Detail = Record<string, string | boolean>;
const told = (type: string, by: string | null, detail: Detail = {}): string =>
  historyText({ version: 1, at: "2026-11-24T09:00:00Z", type, by, detail }, directory, "2026-11-24");

describe("history", () => {
  it.each<[string, string | null, Detail, string]>([
    ["CaseOpened", null, {}, "Ärendet skapades"],
    ["MessageReceived", null, { reopened: true }, "Ett nytt meddelande kom in och öppnade ärendet igen"],
    ["CaseAdmitted", "Amina", {}, "Amina släppte in ärendet ur karantänen"],
    ["MessagePassedOn", null, { authority: "bmn" }, "Meddelandet skickades vidare till Byggnämnden"],
    ["CaseClosed", "Amina", { reason: "spam" }, "Amina avslutade ärendet: skräppost"],
    ["CaseTaken", "Amina", {}, "Amina tog ärendet"],
    ["CaseClassified", "Amina", { access: "secret" }, "Amina märkte ärendet som sekretess"],
    ["FollowUpSet", "Amina", { nextDate: "2026-11-27" }, "Amina satte en bevakning till fre 27 nov"],
    ["CitizenTold", "Amina", { how: "phone" }, "Amina berättade för invånaren på telefon"],
    ["AssignmentSent", "Amina", { unit: "bygglov" }, "Amina skickade ett uppdrag till Bygglov"],
    ["AssignmentAnswered", "Eva, Bygglov", {}, "Eva på Bygglov svarade på uppdraget"],
    [
      "AssignmentReturned",
      "Bygglov",
      { rightAddress: "miljo", sentOn: false },
      "Bygglov skickade tillbaka uppdraget: det hör till Miljö",
    ],
    [
      "AssignmentReturned",
      "Bygglov",
      { rightAddress: "miljo", sentOn: true },
      "Bygglov skickade uppdraget vidare till Miljö",
    ],
    ["CaseTransferred", "Amina", { authority: "bmn" }, "Amina lämnade över ärendet till Byggnämnden"],
    ["CaseClosed", "Amina", { reason: "answered" }, "Amina avslutade ärendet: besvarat"],
    ["CaseReopened", "Amina", { cause: "by-hand" }, "Amina öppnade ärendet igen"],
    [
      "CaseReopened",
      null,
      { cause: "answer-not-delivered" },
      "Svaret nådde inte fram, och ärendet öppnades igen",
    ],
    ["SomethingNew", "Amina", {}, "Ärendet ändrades"],
  ])("%s by %s %j", (type, by, detail, text) => {
    expect(told(type, by, detail)).toBe(text);
  });
});

describe("codes", () => {
  it("are said in Swedish, and those not known here as they came", () => {
    expect(statusText("with-unit")).toBe("Hos enhet");
    expect(statusText("paused")).toBe("paused");
    expect(attentionText(null)).toBeUndefined();
    expect(attentionText("transfer-returned")?.text).toBe("Överlämnandet kom tillbaka");
    expect(attentionText("new-code")?.text).toBe("new-code");
    expect(closeReasonText("decided")).toBe("beslutat");
    expect(closeReasonText("new-reason")).toBe("new-reason");
  });
});
