import { describe, expect, test } from "vitest";
import { attach, mayPut, type StoredFile, sentContentType } from "./sent-file.ts";

const caseId = "c".repeat(32);
const sha = (n: number) => n.toString(16).padStart(64, "0");
const wanted = (n = 1, name = "beslut.pdf") => ({ sha256: sha(n), name, contentType: "application/pdf" });
const clean = (bytes = 1_000): StoredFile => ({ bytes, scan: "clean" });
const many = (count: number, bytes: number) =>
  Array.from({ length: count }, (_, n) => ({ wanted: wanted(n), stored: clean(bytes) }));

test("a file of an answer stands in it with its name, size and place, which is its content", () => {
  const found = [{ wanted: wanted(1, "../Beslut \u202Efdp.exe"), stored: clean(12) }];
  expect(attach(caseId, found)).toEqual([
    {
      name: "_Beslut fdp.exe",
      contentType: "application/pdf",
      bytes: 12,
      sha256: sha(1),
      key: `out/${caseId}/${sha(1)}`,
    },
  ]);
  expect(attach(caseId, [])).toEqual([]);
});

describe("one that may not go holds up all of them", () => {
  test.each<[string, StoredFile | undefined]>([
    ["no-such-file", undefined],
    ["not-scanned", { bytes: 1, scan: "not-scanned" }],
    ["infected", { bytes: 1, scan: "infected" }],
    ["unscannable", { bytes: 1, scan: "unscannable" }],
    ["file-too-large", clean(25_000_001)],
  ])("%s", (refused, stored) => {
    const found = [
      { wanted: wanted(1), stored: clean() },
      { wanted: wanted(2), stored },
    ];
    expect(attach(caseId, found)).toEqual({ refused });
  });
});

test.each([
  [10, 5_000_000, "goes"],
  [2, 25_000_000, "goes"],
  [11, 1, "too-many-files"],
  [3, 17_000_000, "files-too-large"],
])("%i files of %i bytes each: %s", (count, bytes, outcome) => {
  const attached = attach(caseId, many(count, bytes));
  expect("refused" in attached ? attached.refused : "goes").toBe(outcome);
});

test("the same file twice goes once", () => {
  const found = [1, 1].map((n) => ({ wanted: wanted(n), stored: clean(30_000_000 / 2) }));
  expect(attach(caseId, found)).toHaveLength(1);
});

test("a file is put only when an answer could take it", () => {
  expect(mayPut({ bytes: 25_000_000 })).toBeUndefined();
  expect(mayPut({ bytes: 25_000_001 })).toEqual({ refused: "file-too-large" });
});

test.each([
  ["application/pdf", "application/pdf"],
  [" Text/Plain ", "text/plain"],
  ["image/svg+xml", "image/svg+xml"],
  ["", "application/octet-stream"],
  ["pdf", "application/octet-stream"],
  ["text/plain; charset=utf-8", "application/octet-stream"],
  ["text/plain\r\nBcc: x@example.org", "application/octet-stream"],
  ["message/rfc822", "application/octet-stream"],
  ["multipart/mixed", "application/octet-stream"],
])("the type %j is sent as %s", (said, sent) => expect(sentContentType(said)).toBe(sent));
