import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createDrafts } from "./drafts.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function opened() {
  const saved: string[] = [];
  let down = false;
  const drafts = createDrafts((_caseId, _box, text) => {
    if (down) return Promise.reject(new Error("down"));
    saved.push(text);
    const savedAt = text === "" ? null : `2026-11-24T09:00:0${saved.length}Z`;
    return Promise.resolve({ answer: { savedAt } });
  });
  return {
    saved,
    drafts,
    breaks(): void {
      down = true;
    },
    mends(): void {
      down = false;
    },
    read: () => drafts.read("c", "answer"),
  };
}

it("saves once, a second after the typing stops", async () => {
  const { drafts, saved, read } = opened();
  drafts.write("c", "answer", "H");
  await vi.advanceTimersByTimeAsync(900);
  drafts.write("c", "answer", "Hej");
  expect(read()).toMatchObject({ text: "Hej", state: "unsaved" });
  await vi.advanceTimersByTimeAsync(1000);
  expect(saved).toEqual(["Hej"]);
  expect(read()).toMatchObject({ text: "Hej", state: "saved", savedAt: "2026-11-24T09:00:01Z" });
});

it("keeps the text when saving fails, says so and tries again", async () => {
  const { drafts, saved, read, breaks, mends } = opened();
  breaks();
  drafts.write("c", "answer", "Hej");
  await vi.advanceTimersByTimeAsync(1000);
  expect(read()).toMatchObject({ text: "Hej", state: "failed" });
  mends();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(saved).toEqual(["Hej"]);
  expect(read().state).toBe("saved");
});

it("saves at once when the tab is left", async () => {
  const { drafts, saved } = opened();
  drafts.write("c", "answer", "Hej");
  drafts.write("c", "note", "Obs");
  await drafts.flushAll();
  expect(saved).toEqual(["Hej", "Obs"]);
});

it("takes what was written on another computer, but never over what is being written here", async () => {
  const { drafts, read } = opened();
  drafts.adopt("c", "answer", "Från kontoret", "2026-11-24T08:00:00Z");
  expect(read()).toMatchObject({ text: "Från kontoret", savedAt: "2026-11-24T08:00:00Z" });
  drafts.write("c", "answer", "Hemma");
  drafts.adopt("c", "answer", "Från kontoret igen", "2026-11-24T08:30:00Z");
  expect(read().text).toBe("Hemma");
  await vi.advanceTimersByTimeAsync(1000);
  drafts.adopt("c", "answer", "Från kontoret igen", "2026-11-24T08:30:00Z");
  expect(read().text).toBe("Hemma");
});

it("is empty once sent, and does not come back with an older answer", async () => {
  const { drafts, saved, read } = opened();
  drafts.write("c", "answer", "Hej");
  await vi.advanceTimersByTimeAsync(1000);
  await drafts.clear("c", "answer");
  drafts.adopt("c", "answer", "Hej", "2026-11-24T09:00:01Z");
  expect(read()).toMatchObject({ text: "", savedAt: undefined });
  expect(saved).toEqual(["Hej", ""]);
});

it("takes a draft without a time only before anything has been written", () => {
  const { drafts } = opened();
  drafts.adopt("c", "task", "Börjat", undefined);
  expect(drafts.read("c", "task").text).toBe("Börjat");
  drafts.adopt("c", "task", "Annat", undefined);
  expect(drafts.read("c", "task").text).toBe("Börjat");
});
