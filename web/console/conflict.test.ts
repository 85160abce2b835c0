import { describe, expect, it } from "vitest";
import { newsText, refusalText, taskRefusalText } from "./conflict.ts";
import { caseFile, directory } from "./test-case.ts";

const seen = { version: 3, me: "Amina", directory, now: new Date("2026-11-24T10:00:00Z") };
const entry = (version: number, type: string, by: string | null, at = "2026-11-24T09:42:00Z") => ({
  version,
  type,
  by,
  at,
  detail: {},
});
const changed = (...history: ReturnType<typeof entry>[]) => caseFile({ version: 9 }, { history });

describe("what others have done", () => {
  it("is who, what and when, since what one has seen", () => {
    const file = changed(
      entry(3, "CaseTaken", "Jonas"),
      entry(5, "AnswerGiven", "Jonas"),
      entry(4, "CaseTaken", "Jonas", "2026-11-24T09:40:00Z"),
    );
    expect(newsText(file, seen)).toBe("Jonas tog ärendet kl. 10:40 och Jonas svarade invånaren kl. 10:42");
  });

  it("leaves out one's own", () => {
    expect(newsText(changed(entry(4, "NoteAdded", "Amina")), seen)).toBe("");
  });
});

describe("a no", () => {
  it("says what has changed, and that the draft is kept", () => {
    const file = changed(entry(4, "AnswerGiven", "Jonas"));
    expect(refusalText("changed", file, seen, true)).toBe(
      "Jonas svarade invånaren kl. 10:42 medan du skrev. Ditt utkast är kvar. Titta igen innan du fortsätter.",
    );
    expect(refusalText("changed", undefined, seen, false)).toBe(
      "Ärendet ändrades. Titta igen innan du fortsätter.",
    );
  });

  it("says why in words", () => {
    expect(refusalText("not-told", changed(), seen, false)).toBe("Skriv först vad invånaren har fått veta.");
    expect(refusalText("secret-not-by-mail", changed(), seen, true)).toContain("Ditt utkast är kvar.");
    expect(refusalText("wrong-status", caseFile({ status: "closed" }), seen, false)).toBe(
      "Det går inte längre: ärendet står nu som ”Avslutat”.",
    );
    expect(refusalText("a-new-code", undefined, seen, false)).toBe("Det gick inte att göra nu.");
  });
});

it("says of a task how it stands now", () => {
  expect(taskRefusalText("wrong-state", "återkallat", true)).toBe(
    "Uppdraget har ändrats medan du hade det framme. Det står nu som ”återkallat”. Det du skrev är kvar.",
  );
  expect(taskRefusalText("no-right-address", "", false)).toBe("Välj en annan enhet än er egen.");
});
