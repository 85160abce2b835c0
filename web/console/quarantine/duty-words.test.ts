import { expect, it, test } from "vitest";
import type { Duties, Duty } from "../api/quarantine-schemas.ts";
import { remainderText, todayText } from "./duty-words.ts";

const amina = { sub: "amina", name: "Amina" };

function duties(first: Partial<Duty> = {}, more: Partial<Duties> = {}): Duties {
  const day = { date: "2026-11-24", person: null, done: null, daysOffAfter: 0, ...first };
  return { today: "2026-11-24", days: [day], held: 0, heldBeforeToday: 0, ...more };
}

it("says whose day it is and that it is not done", () => {
  expect(todayText(duties({ person: amina }))).toBe("I dag: Amina. Inte genomgången än.");
  expect(todayText(duties())).toBe("I dag: ingen har dagen. Inte genomgången än.");
});

it("says when it was done, in Swedish time, and by whom: perhaps by another", () => {
  const done = { at: "2026-11-24T08:12:00Z", by: "Jonas" };
  expect(todayText(duties({ person: amina, done }))).toBe("I dag: Amina. Genomgången kl. 09:12 av Jonas.");
});

it("says on a day off who has the next working day", () => {
  const saturday = duties({ date: "2026-11-30", person: amina }, { today: "2026-11-28" });
  expect(todayText(saturday)).toBe("I dag är ledig dag. Nästa arbetsdag, mån 30 nov: Amina.");
  expect(remainderText(saturday)).toBeUndefined();
});

test.each([
  [1, "1 ärende har legat här"],
  [4, "4 ärenden har legat här"],
])("says that %i lay here before today and when it should be done", (heldBeforeToday, words) => {
  expect(remainderText(duties({}, { heldBeforeToday }))).toContain(words);
  expect(remainderText(duties({}, { heldBeforeToday }))).toContain("senast kl. 10");
});

it("reminds of days off, when nothing else is left", () => {
  const done = { at: "2026-11-27T08:12:00Z", by: "Amina" };
  expect(remainderText(duties({ done, daysOffAfter: 2 }, { heldBeforeToday: 3 }))).toContain(
    "2 lediga dagar",
  );
  expect(remainderText(duties({ done }))).toBeUndefined();
});
