import { describe, expect, it } from "vitest";
import {
  acknowledgementText,
  channelText,
  fileTypeText,
  historyText,
  senderText,
  sizeText,
  statusText,
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

describe("codes", () => {
  it("are said in Swedish", () => {
    expect(statusText("open")).toBe("Öppet");
    expect(channelText("email").text).toBe("E-post");
    expect(historyText("CaseOpened")).toBe("Ärendet skapades");
    expect(historyText("MessageReceived")).toBe("Nytt meddelande kom in");
  });

  it("that are not known here do not break the page", () => {
    expect(statusText("paused")).toBe("paused");
    expect(channelText("visit").text).toBe("visit");
    expect(historyText("CaseTransferred")).toBe("Ärendet ändrades");
  });
});

describe("the acknowledgement", () => {
  it.each([
    ["sent", null, "Bekräftelse skickad"],
    ["delivered", null, "Bekräftelsen har kommit fram"],
    ["skipped", "sender-not-verified", "Ingen bekräftelse skickad: avsändaren är inte bekräftad"],
    ["skipped", "a-later-reason", "Ingen bekräftelse skickad: okänd orsak"],
    ["uncertain", null, "Osäkert om bekräftelsen gick iväg"],
    ["bounced", null, "Bekräftelsen nådde inte fram"],
    ["refused", null, "Bekräftelsen gick inte att skicka"],
  ])("that is %s (%s) reads: %s", (status, reason, text) => {
    expect(acknowledgementText(status, reason).text).toBe(text);
  });
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
