import { expect, it } from "vitest";
import { ApiFailure } from "../api/failure.ts";
import { failureText, floorText, refusalText, stateText } from "./reception-words.ts";
import { someVisit } from "./test-visit.ts";

it.each([
  [{ state: "called", reception: "coordinator" }, "Väntar på klartecken"],
  [{ state: "called", tries: 2 }, "Värden är kallad, försökt 2 ggr"],
  [{ state: "called", unanswered: true, tries: 1 }, "Inget svar på 5 min – ring en kollega"],
  [
    { state: "called", reception: "coordinator", unanswered: true },
    "Inget klartecken på 5 min – ring planet",
  ],
  [{ state: "called", reception: "coordinator", may: ["clear"] }, "Väntar på ert klartecken"],
  [{ state: "waiting", purpose: "hand-in" }, "Ska lämna in"],
  [{ state: "of-tomorrow" }, "of-tomorrow"],
])("says of %j %j", (more, text) => {
  expect(stateText(someVisit(1, more))).toBe(text);
});

it("says a no in words, and where the visit stands instead", () => {
  expect(refusalText("badge-taken")).toContain("Ta en annan");
  const gone = someVisit(7, { state: "went-away" });
  expect(refusalText("wrong-status", gone)).toBe("Någon annan var före. Nummer 7: gick utan besök.");
  expect(refusalText("of-tomorrow")).toBe("Det gick inte att göra nu.");
});

it("says that nothing typed is lost when nothing comes back, and no more than that where one has no right", () => {
  expect(failureText(new ApiFailure("unavailable"))).toContain("Det du skrev är kvar");
  expect(failureText(new ApiFailure("not-found"))).not.toContain("nätet");
});

it("calls the servicecenter by its name and floors by number", () => {
  expect([floorText(null), floorText(2)]).toEqual(["servicecentret", "plan 2"]);
});
