import { expect, test } from "vitest";
import { isRefused } from "#shared/refusal.ts";
import { id, now, openCase, rules, someLetter } from "../../../test/cases.ts";
import { receiveFromPage } from "./citizen-case.ts";

const written = { messageId: id(2), letter: someLetter("web") };

test("a message from the page that cannot wait makes the case secret and is told, in the same change", () => {
  const current = openCase();
  const change = receiveFromPage(current, { ...written, urgency: "violence" }, rules, now);
  if (isRefused(change)) throw new Error("refused");
  expect(change.next).toMatchObject({
    access: "secret",
    triage: { urgency: "violence" },
    version: current.version + 2,
  });
  expect(change.events.map(({ type, data }) => [type, data.caseVersion])).toEqual([
    ["MessageReceived", current.version + 1],
    ["UrgencyRaised", current.version + 2],
  ]);
  expect(change.events[1]?.data).toMatchObject({ mailId: id(2), urgency: "violence" });
});

test("any other leaves it as open as it was", () => {
  const current = openCase({ access: "public" });
  const change = receiveFromPage(current, written, rules, now);
  if (isRefused(change)) throw new Error("refused");
  expect(change.next).toMatchObject({ access: "public", version: current.version + 1 });
  expect(change.events.map(({ type }) => type)).toEqual(["MessageReceived"]);
});
