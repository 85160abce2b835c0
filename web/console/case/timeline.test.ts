import { expect, it } from "vitest";
import { assignment, caseFile, message, transfer } from "../test-case.ts";
import { timelineOf } from "./timeline.ts";

const mail = (messageId: string | null, at: string, kind = "answer") => ({
  kind,
  status: "sent",
  at,
  reason: null,
  messageId,
});

it("puts everything where it happened, oldest first", () => {
  const file = caseFile(
    {},
    {
      messages: [message("late", { arrivedAt: "2026-11-23T14:00:00Z" }), message("early")],
      assignments: [
        assignment("a", { state: "answered", endedAt: "2026-11-23T13:00:00Z", answeredTo: "service-centre" }),
      ],
      transfers: [transfer("t", { state: "acknowledged", endedAt: "2026-11-23T15:00:00Z" })],
      notes: [{ noteId: "n", at: "2026-11-23T11:00:00Z", by: "Jonas", text: "x" }],
      outgoing: [mail(null, "2026-11-23T08:05:00Z", "acknowledgement")],
    },
  );
  expect(timelineOf(file).map(({ kind }) => kind)).toEqual([
    "message",
    "mail",
    "asked",
    "handed-over",
    "note",
    "replied",
    "message",
    "settled",
  ]);
});

it("tells of an answer's mail beside the answer, and not on its own", () => {
  const file = caseFile(
    {},
    { messages: [message("m", { direction: "out" })], outgoing: [mail("m", "2026-11-23T08:00:05Z")] },
  );
  expect(timelineOf(file)).toMatchObject([{ kind: "message", mail: { messageId: "m" } }]);
});

it("shows an assignment that was taken back only where it was sent", () => {
  const file = caseFile(
    {},
    { assignments: [assignment("a", { state: "withdrawn", endedAt: "2026-11-23T13:00:00Z" })] },
  );
  expect(timelineOf(file).map(({ kind }) => kind)).toEqual(["asked"]);
});
