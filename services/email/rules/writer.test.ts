import { describe, expect, test } from "vitest";
import { isToMany, machineRules, unsureRules, type WriterFacts, writerOf } from "./writer.ts";

const person: WriterFacts = {
  fields: [
    { key: "return-path", value: "<asa@example.org>" },
    { key: "content-type", value: "text/plain" },
  ],
  address: "asa@example.org",
  subject: "Plogning",
};
const withField = (key: string, value: string): WriterFacts => ({
  ...person,
  fields: [...person.fields, { key, value }],
});
const from = (address: string | null): WriterFacts => ({ ...person, address });
const about = (subject: string): WriterFacts => ({ ...person, subject });

describe("a person", () => {
  test.each([
    ["writes", person],
    ["says so by RFC 3834", withField("auto-submitted", "no")],
    ["says so with a comment", withField("auto-submitted", "No; by hand")],
    ["has a normal precedence", withField("precedence", "normal")],
    ["does not ask for silence", withField("x-auto-response-suppress", "None")],
    ["answers an answer", about("SV: Bekräftelse BJO-2026-000001")],
    ["writes of an absence", about("Frågor om frånvaro i skolan")],
    ["writes of a holiday home", about("Semester v. 29–32: vem sköter soporna?")],
    ["is called Root", from("root.karlsson@example.org")],
    ["sends an attachment", withField("content-type", "multipart/mixed; boundary=report")],
  ])("%s", (_what, facts) => {
    expect(writerOf(facts)).toBe("person");
  });
});

describe("a machine", () => {
  test.each([
    ["auto-generated", withField("auto-submitted", "auto-generated")],
    ["auto-replied with an owner", withField("auto-submitted", "auto-replied; owner-email=a@example.org")],
    ["auto-notified", withField("auto-submitted", " Auto-Notified")],
    ["an unknown kind of automatic", withField("auto-submitted", "auto-whatever")],
    ["bulk", withField("precedence", "Bulk")],
    ["junk", withField("precedence", "junk")],
    ["a list, the old way", withField("x-precedence", "list")],
    ["an automatic reply, the old way", withField("precedence", "auto_reply")],
    ["a list", withField("list-id", "<nytt.example.org>")],
    ["a newsletter", withField("list-unsubscribe", "<mailto:x@example.org>")],
    ["silence for all", withField("x-auto-response-suppress", "All")],
    ["silence for automatic replies", withField("x-auto-response-suppress", "DR, OOF, AutoReply")],
    ["an old autoresponder", withField("x-autoreply", "yes")],
    ["another one", withField("x-autorespond", "")],
    ["a loop mark", withField("x-loop", "asa@example.org")],
    ["a message class", withField("x-post-messageclass", "9; Autoresponder")],
    ["a delivery report", withField("content-type", "multipart/report; report-type=delivery-status")],
    ["nobody", from(null)],
    ["no address", from("undisclosed")],
    ["the mail server", from("MAILER-DAEMON@example.org")],
    ["the postmaster", from("postmaster@example.org")],
    ["a no-reply", from("no-reply@example.org")],
    ["a no-reply with more", from("noreply-faktura@example.org")],
    ["a do-not-reply", from("donotreply@example.org")],
    ["a Swedish no-reply", from("svara-inte-reply@example.org")],
  ])("is %s", (_what, facts) => {
    expect(writerOf(facts)).toBe("machine");
  });

  test("is whoever has an empty return path on top; one further down is the sender's own claim", () => {
    const path = (...values: string[]) => ({
      ...person,
      fields: values.map((value) => ({ key: "return-path", value })),
    });
    expect(writerOf(path("< >"))).toBe("machine");
    expect(writerOf(path("<asa@example.org>", "<>"))).toBe("person");
  });
});

describe("one cannot be sure", () => {
  test.each([
    ["an inbox rule of Exchange", withField("x-ms-exchange-inbox-rules-loop", "asa@example.org")],
    ["an absence in Swedish", about("Automatiskt svar: Plogning")],
    ["an absence behind a prefix", about("SV: Autosvar: Plogning")],
    ["a short absence", about("Frånvaro: till måndag")],
    ["an absence in English", about("Out of Office: Plogning")],
    ["an absence in Finnish", about("Automaattinen vastaus: Plogning")],
    ["a child's absence from school", about("Frånvaro Kalle 3B")],
  ])("with %s", (_what, facts) => {
    expect(writerOf(facts)).toBe("unsure");
  });

  test("is no doubt where a field says that a machine writes", () => {
    const { fields } = withField("auto-submitted", "auto-replied");
    expect(writerOf({ ...about("Frånvaro: till måndag"), fields })).toBe("machine");
  });
});

test.each([
  ["list-id", "<nytt.example.org>", true],
  ["list-unsubscribe", "<mailto:x@example.org>", true],
  ["precedence", "Bulk", true],
  ["x-precedence", "list", true],
  ["precedence", "normal", false],
  ["auto-submitted", "auto-generated", false],
])("%s: %s goes to many: %s", (key, value, toMany) => {
  expect(isToMany([{ key, value }])).toBe(toMany);
});

test("no rule takes long with a hostile megabyte", () => {
  const long = "re: ".repeat(250_000);
  const started = performance.now();
  for (const rule of Object.values({ ...machineRules, ...unsureRules }))
    rule({ fields: [{ key: "auto-submitted", value: long }], address: `${long}@x`, subject: long });
  expect(performance.now() - started).toBeLessThan(1_000);
});
