import { describe, expect, it } from "vitest";
import { nextStep, STEPS, stepsOf } from "./steps.ts";
import { someVisit } from "./test-visit.ts";

const reception = ["tryAgain", "handIn", "turnAway", "goAway", "closeForgotten"];

describe("the one next step", () => {
  it.each([
    ["waiting", {}, "call"],
    ["a document in hand", { purpose: "hand-in", may: ["call", "handIn"] }, "handIn"],
    ["called, host's floor", { state: "called", may: ["tryAgain", "fetch"] }, "fetch"],
    ["called without answer", { state: "called", unanswered: true, may: ["tryAgain", "fetch"] }, "tryAgain"],
    ["called, not cleared yet", { state: "called", reception: "coordinator", may: reception }, "tryAgain"],
    [
      "called, for the coordinator",
      { state: "called", unanswered: true, may: ["tryAgain", "clear"] },
      "clear",
    ],
    ["called, upper reception", { state: "called", may: ["tryAgain", "sendUp"] }, "sendUp"],
    ["cleared", { state: "cleared", may: ["sendUp", "goAway"] }, "sendUp"],
    ["cleared, for the coordinator", { state: "cleared", may: ["turnAway"] }, undefined],
    ["sent up, for the coordinator", { state: "sent-up", may: ["receive", "handBack"] }, "receive"],
    ["up, for the coordinator", { state: "on-floor", may: ["handBack"] }, "handBack"],
    ["up, for the reception", { state: "on-floor", may: ["handBack", "leave"] }, "leave"],
    ["back", { state: "left-floor", may: ["leave"] }, "leave"],
    ["out", { state: "left", may: [] }, undefined],
  ])("%s", (_where, more, command) => {
    expect(nextStep(someVisit(1, more))?.command).toBe(command);
  });
});

it("offers nothing that the API does not allow, and leaves closing to the house list", () => {
  const commands = stepsOf(someVisit(1, { may: reception })).map(({ command }) => command);
  expect(commands).toEqual(["tryAgain", "handIn", "turnAway", "goAway"]);
  expect(stepsOf(someVisit(1, { may: ["unheard-of"] }))).toEqual([]);
});

it("gives each step a letter of its own, none of them the first of a pair or the one for those to come", () => {
  const keys = STEPS.map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
  expect(keys).not.toContain("g");
  expect(keys).not.toContain("c");
});
