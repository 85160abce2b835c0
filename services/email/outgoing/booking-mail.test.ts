import { describe, expect, test } from "vitest";
import type { BookingLetter } from "#services/booking/events.ts";
import { mailTexts } from "#shared/config.ts";
import { bookingContent, bookingTextMessage, comesBack } from "./booking-mail.ts";

const letter: BookingLetter = {
  to: "asa@example.org",
  channel: "email",
  name: "Billiga lån på example.org",
  language: "sv",
  service: "Rådgivning om bygglov",
  person: "Anna Ek",
  place: "Kommunhuset",
  room: "Besöksrum 12",
  startsAt: "2026-11-26T09:00:00.000Z",
  endsAt: "2026-11-26T09:45:00.000Z",
  prepare: ["Ritning", "Legitimation"],
  ics: "",
};
const page = "https://arende.example.se/b/m/token";
const around = {
  organisation: "Björkeby kommun",
  serviceCentre: "Servicecenter",
  phone: "070-174 06 05",
  page,
};

function mail(language: string, news: "made" | "moved" | "cancelled", about = letter) {
  const texts = mailTexts()[language];
  if (texts === undefined) throw new Error(`no texts in ${language}`);
  return bookingContent(language, news, texts.booking, about, around);
}

describe("a text message about a booking", () => {
  const all = ["made", "moved", "cancelled", "requested", "approved", "declined", "reminder"] as const;
  const message = (language: string, news: (typeof all)[number]) => {
    const texts = mailTexts()[language];
    if (texts === undefined) throw new Error(`no texts in ${language}`);
    return bookingTextMessage(language, texts.booking.short[news], letter, around);
  };

  test("says when and where, and how to change it", () => {
    expect(message("sv", "made")).toBe(
      `Björkeby kommun: Bokad tid torsdag 26 november 10:00–10:45, Kommunhuset. Ändra eller avboka: ${page}`,
    );
  });

  test.each(["sv", "en", "fi"])("is whole in %s, on one line, and says neither whom nor what", (language) => {
    for (const news of all) {
      const text = message(language, news);
      expect(text).not.toMatch(/[{}\n]/);
      expect(text).not.toMatch(/bygglov|Anna|Ritning|lån/);
      // Two messages of 153 characters in GSM's alphabet hold it with the longest link.
      expect(text.length - page.length).toBeLessThan(180);
    }
  });
});

describe("a mail about a booking", () => {
  test("says when, where, what, whom and what to prepare, and how to change it", () => {
    const { subject, text } = mail("sv", "made");
    expect(subject).toBe("Din bokade tid torsdag 26 november 10:00–10:45");
    expect(text).toContain(
      [
        "När: torsdag 26 november 10:00–10:45",
        "Var: Kommunhuset, Besöksrum 12",
        "Vad det gäller: Rådgivning om bygglov",
        "Du träffar: Anna Ek",
        "Förbered dig:",
        "- Ritning",
        "- Legitimation",
      ].join("\n"),
    );
    expect(text).toContain(page);
  });

  test.each(["sv", "en", "fi"])("is whole in %s, whatever happened", (language) => {
    for (const news of ["made", "moved", "cancelled"] as const) {
      const { subject, text } = mail(language, news);
      expect(`${subject} ${text}`).not.toMatch(/[{}]/);
      expect(text.includes(page)).toBe(news !== "cancelled");
      expect(text).toContain("070-174 06 05");
    }
  });

  test("of what is called off says neither whom nor what to prepare", () => {
    expect(mail("sv", "cancelled").text).not.toMatch(/Anna|Ritning/);
  });

  test("holds no word of whoever wrote the address", () => {
    for (const news of ["made", "moved", "cancelled"] as const) {
      const { subject, text } = mail("sv", news);
      expect(`${subject} ${text}`).not.toContain("lån");
    }
  });

  test("of a secret service says when and where alone", () => {
    const secret = { ...letter, service: null, person: null, room: null, prepare: [] };
    const { text } = mail("sv", "made", secret);
    expect(text).toContain("Var: Kommunhuset\n");
    expect(text).not.toMatch(/gäller|träffar|Förbered/);
  });
});

test.each([
  ["asa@example.org", "public", false],
  ["Kommunen@example.se", "internal", true],
  ["bygglov@example.se", "internal", true],
  ["svar+abc@in.example.se", "internal", true],
  ["eva.ek@example.se", "internal", false],
  ["eva.ek@example.se", "public", true],
] as const)("a mail to %s, booked by the %s, comes back to ourselves: %s", (to, audience, back) => {
  const own = {
    domain: "example.se",
    subdomain: "in.example.se",
    mailboxes: ["kommunen@example.se", "bygglov@example.se"],
  };
  expect(comesBack(to, audience, own)).toBe(back);
});
