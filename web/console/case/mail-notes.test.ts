import { expect, it, test } from "vitest";
import { message } from "../test-case.ts";
import { mailNotes, natureText } from "./mail-notes.ts";

const asa = { name: "Åsa", address: "asa@example.org" };

it("has nothing to say of an ordinary mail", () => {
  expect(mailNotes(message("m"), asa)).toEqual([]);
  expect(natureText("ordinary")).toBeUndefined();
});

test.each([
  ["smime-encrypted", "warning", "Be om ett nytt mejl utan kryptering, ring eller skriv brev."],
  ["pgp-encrypted", "warning", "Krypterat: kan inte läsas här."],
  ["smime-signed", "info", "är inte kontrollerad"],
  ["something-new", "info", "something-new"],
])("says what %s means", (secured, tone, words) => {
  const [note, ...more] = mailNotes(message("m", { secured }), asa);
  expect([note?.tone, more.length]).toEqual([tone, 0]);
  expect(note?.text).toContain(words);
});

it("says where the answer goes when the mail asks for another address", () => {
  const [note] = mailNotes(message("m", { replyTo: "annan@example.net" }), asa);
  expect(note?.text).toBe(
    "Svar går till asa@example.org, inte till den svarsadress som mejlet anger: annan@example.net.",
  );
});

test.each([
  [1, "1 annan mottagare"],
  [4, "4 andra mottagare"],
])("says that %i others got the mail too", (copies, words) => {
  expect(mailNotes(message("m", { copies }), asa)[0]?.text).toContain(words);
});

it("says nothing of what we sent ourselves", () => {
  expect(mailNotes(message("m", { direction: "out", copies: 3, replyTo: "x@example.org" }), asa)).toEqual([]);
});

test.each(["thanks", "absence", "delivery-report"])("has words for %s", (nature) => {
  expect(natureText(nature)?.text).not.toContain(nature);
});
