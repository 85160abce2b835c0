import { expect, it } from "vitest";
import { languageName, mailAdvice, mailName, mailText } from "./mail-words.ts";

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
  ["acknowledgement", "queued", null, "Bekräftelsen står i kö"],
  ["acknowledgement", "skipped", "urgent", "Ingen bekräftelse skickad: ärendet är brådskande"],
  ["acknowledgement", "skipped", "answered-already", "Ingen bekräftelse skickad: svaret gick iväg först"],
  [
    "acknowledgement",
    "skipped",
    "address-blocked",
    "Ingen bekräftelse skickad: ett tidigare mejl till adressen kom tillbaka",
  ],
  [
    "acknowledgement",
    "skipped",
    "too-many-now",
    "Ingen bekräftelse skickad: ovanligt många bekräftelser just nu",
  ],
  ["answer", "queued", null, "Svaret står i kö"],
  ["answer", "sent", null, "Svaret är skickat"],
  ["answer", "bounced", null, "Svaret nådde inte fram"],
  ["answer", "skipped", "no-address", "Svaret skickades inte: avsändaradress saknas"],
])("the %s that is %s (%s) reads: %s", (kind, status, reason, text) => {
  expect(mailText({ kind, status, reason }).text).toBe(text);
});

it.each([
  ["acknowledgement", "delivered", null, undefined],
  ["acknowledgement", "queued", null, "Det skickas så snart det går. Du behöver inte göra något."],
  ["acknowledgement", "bounced", null, "Ring eller skriv brev."],
  ["acknowledgement", "skipped", "address-blocked", "Ring eller skriv brev."],
  ["acknowledgement", "skipped", "urgent", "Följ rutinen för brådskande ärenden."],
  ["acknowledgement", "skipped", "answered-already", undefined],
  ["acknowledgement", "uncertain", null, "Den skickas inte igen. Svaret räcker."],
  ["answer", "uncertain", null, "Skicka svaret igen, eller ring."],
  ["answer", "bounced", null, "Kontrollera adressen. Ring eller skriv brev."],
  ["answer", "complained", null, "Skicka helst inte fler mejl hit. Ring eller skriv brev."],
  ["unit-notice", "bounced", null, "Ring enheten. Är adressen fel: säg till systemförvaltaren."],
  ["unit-notice", "sent", null, undefined],
])("what to do about the %s that is %s (%s): %s", (kind, status, reason, advice) => {
  expect(mailAdvice({ kind, status, reason })).toBe(advice);
});

it("names languages and texts in Swedish, and shows what it does not know as it came", () => {
  expect(["sv", "en", "fi", "se"].map(languageName)).toEqual([
    "Svenska",
    "Engelska",
    "Finska",
    "Nordsamiska",
  ]);
  expect(["neutral", "a-later-text"].map(mailName)).toEqual([
    "Bekräftelse när ärendet är känsligt",
    "a-later-text",
  ]);
});
