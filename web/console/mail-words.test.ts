import { expect, it } from "vitest";
import { mailText } from "./mail-words.ts";

it.each([
  ["acknowledgement", "sent", null, "Bekräftelse skickad"],
  ["acknowledgement", "delivered", null, "Bekräftelsen har kommit fram"],
  [
    "acknowledgement",
    "skipped",
    "sender-not-verified",
    "Ingen bekräftelse skickad: avsändaren är inte bekräftad",
  ],
  ["acknowledgement", "skipped", "a-later-reason", "Ingen bekräftelse skickad: okänd orsak"],
  ["acknowledgement", "uncertain", null, "Osäkert om bekräftelsen gick iväg"],
  ["acknowledgement", "bounced", null, "Bekräftelsen nådde inte fram"],
  ["acknowledgement", "refused", null, "Bekräftelsen gick inte att skicka"],
  ["unit-notice", "delivered", null, "Notisen till enheten har kommit fram"],
  ["a-later-kind", "bounced", null, "Mejlet nådde inte fram"],
  ["answer", "sent", null, "Svaret är skickat"],
  ["answer", "bounced", null, "Svaret nådde inte fram"],
  ["answer", "skipped", "no-address", "Svaret skickades inte: avsändaradress saknas"],
])("the %s that is %s (%s) reads: %s", (kind, status, reason, text) => {
  expect(mailText({ kind, status, reason }).text).toBe(text);
});
