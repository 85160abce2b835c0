import { describe, expect, it } from "vitest";
import {
  channelText,
  fileTypeText,
  listText,
  senderText,
  sizeText,
  subjectText,
  trustText,
} from "./words.ts";

describe("who and what", () => {
  it.each([null, "", "  "])("says that %j is no subject", (subject) => {
    expect(subjectText(subject)).toBe("(inget ämne)");
  });

  it.each([
    [{ name: "Åsa Öberg", address: "asa@example.se" }, "Åsa Öberg", "asa@example.se"],
    [{ name: null, address: "asa@example.se" }, "asa@example.se", undefined],
    [{ name: " ", address: "asa@example.se" }, "asa@example.se", undefined],
    [{ name: "Åsa Öberg", address: null }, "Åsa Öberg", undefined],
    [{ name: null, address: null }, "Okänd avsändare", undefined],
    [null, "Okänd avsändare", undefined],
  ])("names the sender %j", (sender, who, detail) => {
    expect(senderText(sender)).toEqual({ who, detail });
  });
});

describe("trust", () => {
  it.each([
    ["verified", "Avsändaren är bekräftad"],
    ["unknown", "Avsändaren är inte bekräftad"],
    ["failed", "Kan vara förfalskad"],
    ["something-new", "Avsändaren är inte bekräftad"],
  ])("says %s as %s", (trust, words) => {
    expect(trustText(trust).text).toBe(words);
  });
});

it("says the channel, and one that is not known here as it came", () => {
  expect(channelText("email").text).toBe("E-post");
  expect(channelText("pigeon").text).toBe("pigeon");
});

it.each([
  [[], ""],
  [["a"], "a"],
  [["a", "b"], "a och b"],
  [["a", "b", "c"], "a, b och c"],
])("lists %j", (parts, text) => {
  expect(listText(parts)).toBe(text);
});

describe("files", () => {
  it.each([
    ["application/pdf", "PDF"],
    ["image/jpeg", "bild"],
    ["application/vnd.openxmlformats-officedocument.wordprocessingml.document", "textdokument"],
    ["application/octet-stream", "application/octet-stream"],
  ])("says %s as %s", (contentType, words) => {
    expect(fileTypeText(contentType)).toBe(words);
  });

  it.each([
    [0, "0 byte"],
    [999, "999 byte"],
    [240_000, "240 kB"],
    [999_499, "999 kB"],
    [999_500, "1,0 MB"],
    [1_540_000, "1,5 MB"],
  ])("says %d bytes as %s", (bytes, words) => {
    expect(sizeText(bytes)).toBe(words);
  });
});
