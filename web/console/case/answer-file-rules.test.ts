import { describe, expect, it } from "vitest";
import {
  type AnswerFileState,
  afterAnswer,
  answerFileText,
  firstState,
  isUnderWay,
  mayTryAgain,
  SCAN_TRIES,
  wayText,
  whyNotSent,
} from "./answer-file-rules.ts";

it.each([
  [0, "empty"],
  [1, "reading"],
  [25_000_000, "reading"],
  [25_000_001, "file-too-large"],
])("a file of %i bytes begins as %s", (size, state) => expect(firstState({ size })).toBe(state));

it.each([
  [{ state: "missing" }, 1, "sending"],
  [{ state: "missing" }, 2, "failed"],
  [{ state: "not-scanned" }, 1, "scanning"],
  [{ state: "not-scanned" }, SCAN_TRIES, "unscanned"],
  [{ state: "clean" }, SCAN_TRIES, "clean"],
  [{ state: "infected" }, 1, "infected"],
  [{ state: "unscannable" }, 1, "unscannable"],
  [{ refused: "file-too-large" }, 1, "file-too-large"],
  [{ refused: "secret-not-by-mail" }, 1, "refused"],
])("after %j, the %ith time, it is %s", (answer, tries, state) => {
  expect(afterAnswer(answer, tries)).toBe(state);
});

const states: readonly AnswerFileState[] = [
  "reading",
  "sending",
  "scanning",
  "clean",
  "infected",
  "unscannable",
  "unscanned",
  "file-too-large",
  "empty",
  "refused",
  "failed",
];

it("every state has words of its own", () => {
  expect(new Set(states.map(answerFileText)).size).toBe(states.length);
  expect(states.filter(isUnderWay)).toEqual(["reading", "sending", "scanning"]);
  expect(states.filter(mayTryAgain)).toEqual(["unscanned", "failed"]);
});

const files = (count: number, bytes: number, state: AnswerFileState = "clean") =>
  Array.from({ length: count }, () => ({ bytes, state }));

describe("an answer", () => {
  it("goes without files, and with clean ones", () => {
    expect(whyNotSent([])).toBeUndefined();
    expect(whyNotSent(files(10, 5_000_000))).toBeUndefined();
  });

  it.each<[string, readonly { bytes: number; state: AnswerFileState }[], RegExp]>([
    ["too many", files(11, 1), /högst 10 filer/],
    ["too much", files(3, 17_000_000), /större än 50 MB/],
    ["one that is infected", [...files(1, 1), ...files(1, 1, "infected")], /kan inte skickas/],
    ["one that is too large by itself", files(1, 60_000_000, "file-too-large"), /kan inte skickas/],
    ["one that failed", files(1, 1, "failed"), /försök igen/],
    ["one on its way", [...files(1, 1), ...files(1, 1, "scanning")], /inte klara ännu/],
  ])("waits with %s", (_what, some, words) => expect(whyNotSent(some)).toMatch(words));

  it("says when its files are fetched on the citizen's page", () => {
    expect(wayText(files(2, 3_500_000))).toBeUndefined();
    expect(wayText(files(2, 3_500_001))).toMatch(/på sin sida/);
    expect(wayText(files(1, 30_000_000, "file-too-large"))).toBeUndefined();
  });
});
